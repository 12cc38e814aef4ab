// The events of extensions. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

#include "domain/base/event.h"
#include "domain/extension/extension.h"
#include "domain/task/task.h"

namespace duban {

struct ExtensionRequested {
    static constexpr EventType type{"extension.requested", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    Digest revision_digest;
    ExtensionContent content;
    bool operator==(const ExtensionRequested&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExtensionRequested, (), (subject, unit, revision_digest, content))

struct ExtensionRevised {
    static constexpr EventType type{"extension.revised", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    Digest revision_digest;
    ExtensionContent content;
    bool operator==(const ExtensionRevised&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExtensionRevised, (), (subject, unit, revision, revision_digest, content))

// Asked again as it was, with the reason.
struct ExtensionRepeated {
    static constexpr EventType type{"extension.repeated", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    std::string note;
    bool operator==(const ExtensionRepeated&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExtensionRepeated, (), (subject, unit, revision, note))

// The effect set_due. lead: the task's day; co: the day of the unit's own part. `from` is the day
// that counted.
struct DueMoved {
    static constexpr EventType type{"extension.due_moved", 1, Audience::task_units,
                                    EventRole::follows};
    SubjectId subject;
    UnitCode unit;
    UnitRole role = UnitRole::lead;
    Date from;
    Date to;
    bool operator==(const DueMoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(DueMoved, (), (subject, unit, role, from, to))

// Each event of the family.
#define DUBAN_EXTENSION_EVENTS(EVENT) \
    EVENT(ExtensionRequested)         \
    EVENT(ExtensionRevised)           \
    EVENT(ExtensionRepeated)          \
    EVENT(DueMoved)

DUBAN_EXTENSION_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
