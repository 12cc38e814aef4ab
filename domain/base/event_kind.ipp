// Makes the kinds of events. Included by the sources that apply a family's events; each ends with
// its family's list, for example DUBAN_REPORT_EVENTS(DUBAN_DEFINE_EVENT), after one overload of
//     static void apply(TaskState&, const ReportDrafted&, const Stamp&);
// for each event of the list.
#pragma once

#include <type_traits>

#include "domain/base/event.h"

namespace duban {

struct CalendarBook;
struct Directory;
struct PlanBook;
struct RouteBook;
struct TaskEvolution;

namespace event_kinds {

template <class State, class E>
concept Changes =
    requires(State& state, const E& event, const Stamp& stamp) { apply(state, event, stamp); };

template <class E>
struct FamilyOf {
    static_assert(Changes<TaskEvolution, E> || Changes<Directory, E> || Changes<PlanBook, E> ||
                      Changes<RouteBook, E> || Changes<CalendarBook, E>,
                  "say how the event is applied before the list of its family");
    static constexpr EventFamily family = Changes<TaskEvolution, E> ? EventFamily::task
                                          : Changes<Directory, E>   ? EventFamily::directory
                                          : Changes<PlanBook, E>    ? EventFamily::plan
                                          : Changes<RouteBook, E>   ? EventFamily::route
                                                                    : EventFamily::calendar;
    using State = std::conditional_t<
        Changes<TaskEvolution, E>, TaskEvolution,
        std::conditional_t<Changes<Directory, E>, Directory,
                           std::conditional_t<Changes<PlanBook, E>, PlanBook,
                                              std::conditional_t<Changes<RouteBook, E>, RouteBook,
                                                                 CalendarBook>>>>;
};

template <class E>
const E& as(const void* payload) {
    return *static_cast<const E*>(payload);
}

template <class E>
StreamId stream_in(const void* payload) {
    const E& event = as<E>(payload);
    if constexpr (requires { event.stream(); }) {
        return event.stream();
    } else if constexpr (requires { event.task; }) {
        return task_stream(event.task);
    } else if constexpr (requires { event.approval; }) {
        return task_stream(event.approval.task);
    } else if constexpr (requires { event.report; }) {
        return task_stream(event.report.task);
    } else {
        return task_stream(event.subject.task);
    }
}

template <class E>
EventSubject subject_in(const void* payload) {
    const E& event = as<E>(payload);
    EventSubject subject;
    if constexpr (requires { event.report; }) {
        subject.subject = SubjectId{event.report.task, 'r', event.report.no};
    }
    if constexpr (requires { subject.subject = event.subject; }) subject.subject = event.subject;
    if constexpr (requires { event.approval; }) subject.approval = event.approval;
    if constexpr (requires { event.revision + 1U; }) subject.revision = event.revision;
    // What an approval judges.
    if constexpr (requires { event.subject.id; }) {
        subject.subject = event.subject.id;
        subject.unit = event.subject.unit;
    }
    if constexpr (requires { subject.unit = event.unit; }) subject.unit = event.unit;
    if constexpr (requires { subject.evidence = &event.content.evidence; }) {
        subject.evidence = &event.content.evidence;
    }
    return subject;
}

template <class E>
constexpr EventKind make_kind() {
    using Family = FamilyOf<E>;
    EventKind kind;
    kind.type = E::type;
    kind.family = Family::family;
    kind.layout = &layout_of<E>;
    kind.make = [] { return std::shared_ptr<void>(std::make_shared<E>()); };
    kind.equal = [](const void* one, const void* other) { return as<E>(one) == as<E>(other); };
    kind.stream = &stream_in<E>;
    kind.subject = &subject_in<E>;
    kind.apply = [](void* state, const void* payload, const Stamp& stamp) {
        apply(*static_cast<typename Family::State*>(state), as<E>(payload), stamp);
    };
    return kind;
}

}  // namespace event_kinds

template <class E>
const EventKind& event_kind() {
    static constexpr EventKind kind = event_kinds::make_kind<E>();
    return kind;
}

template <class E>
    requires requires { E::type.version; }
Event::Event(E payload)
    : kind_(&event_kind<E>()), payload_(std::make_shared<const E>(std::move(payload))) {}

}  // namespace duban

// The whole family's, at the end of the source that applies it.
#define DUBAN_DEFINE_EVENT(E)                  \
    template const EventKind& event_kind<E>(); \
    template Event::Event(E);
