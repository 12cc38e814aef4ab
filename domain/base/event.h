// Event: something that happened, of any type, to be recorded in a stream. Opaque: who handles a
// family of events includes its header (task_events.h, assignment_events.h, report_events.h,
// approval_events.h, extension_events.h, directory_events.h, plan_events.h, route_events.h,
// calendar_events.h) and asks get_if; all others know only what an event's type says of itself.
// Shares its payload: a copy costs a reference. Thread-safety: immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/base/event_stamp.h"
#include "domain/base/ids.h"
#include "domain/base/layout.h"

namespace duban {

struct Evidence;

// Who sees an event; access.cc says what it means.
enum class Audience {
    everybody,   // who holds any post, administrators too
    business,    // who reads business data
    all_tasks,   // who sees every task, because the event numbers them
    task_units,  // the units of its task, and who sees that task for another reason
    own_unit,    // the unit that it names
};

enum class EventRole {
    act,      // somebody's act: it stands in his done box
    follows,  // follows by itself from an act of the same commit
    draft,    // kept for its author, not yet an act
};

// What the struct of an event says of itself, as its constant `type`. The name and the version are
// what is stored; a change of meaning is a new version.
struct EventType {
    std::string_view name;
    int version = 1;
    Audience audience = Audience::task_units;
    EventRole role = EventRole::act;
};

// Which state an event changes.
enum class EventFamily { directory, plan, route, task, calendar };

// What an event is about, besides its stream.
struct EventSubject {
    std::optional<SubjectId> subject;  // a report, or what else is judged
    std::optional<ApprovalId> approval;
    std::uint32_t revision = 0;                       // of the report, where it names one
    UnitCode unit;                                    // the one that it names, or empty
    const std::vector<Evidence>* evidence = nullptr;  // the files that it names; its own
};

// What is known of a type of event at run time. One object a type, so its address names it.
struct EventKind {
    EventType type;
    EventFamily family = EventFamily::task;
    LayoutGetter layout = nullptr;
    std::shared_ptr<void> (*make)() = nullptr;  // a payload of defaults, to be read into
    bool (*equal)(const void* one, const void* other) = nullptr;
    StreamId (*stream)(const void* payload) = nullptr;
    EventSubject (*subject)(const void* payload) = nullptr;
    // Changes the family's state (TaskEvolution, Directory, PlanBook, RouteBook, CalendarBook) at
    // `state`.
    void (*apply)(void* state, const void* payload, const Stamp& stamp) = nullptr;
};

// Defined where the event is applied (event_kind.ipp).
template <class E>
[[nodiscard]] const EventKind& event_kind();

class Event {
public:
    // Any event's struct, so that a list of events can be written as a list of them.
    template <class E>
        requires requires { E::type.version; }
    Event(E payload);  // NOLINT(google-explicit-constructor)
    // Requires: the payload is of that kind.
    Event(const EventKind& kind, std::shared_ptr<const void> payload)
        : kind_(&kind), payload_(std::move(payload)) {}

    [[nodiscard]] const EventKind& kind() const { return *kind_; }
    [[nodiscard]] const EventType& type() const { return kind_->type; }
    [[nodiscard]] bool of(EventFamily family) const { return kind_->family == family; }
    [[nodiscard]] const void* payload() const { return payload_.get(); }
    // The stream that it belongs to.
    [[nodiscard]] StreamId stream() const { return kind_->stream(payload_.get()); }
    [[nodiscard]] EventSubject subject() const { return kind_->subject(payload_.get()); }

    // nullptr when the event is of another type.
    template <class E>
    [[nodiscard]] const E* get_if() const {
        return kind_ == &event_kind<E>() ? static_cast<const E*>(payload_.get()) : nullptr;
    }

    bool operator==(const Event& other) const {
        return kind_ == other.kind_ && kind_->equal(payload_.get(), other.payload_.get());
    }

private:
    const EventKind* kind_;
    std::shared_ptr<const void> payload_;
};

// Every type of event that this build knows.
[[nodiscard]] std::span<const EventKind* const> all_event_kinds();
// nullptr when this build does not know the type.
[[nodiscard]] const EventKind* find_event_kind(std::string_view name, std::int64_t version);

}  // namespace duban

// That the event's kind is defined in another source: at the end of its family's header, for each
// of the family.
#define DUBAN_DECLARE_EVENT(E)                        \
    extern template const EventKind& event_kind<E>(); \
    extern template Event::Event(E);
