// The events of amendments on request. Past tense; plain data; a change of meaning is a new
// version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "domain/amendment/amendment.h"
#include "domain/base/event.h"
#include "domain/task/task.h"

namespace duban {

struct AmendmentRequested {
    static constexpr EventType type{"amendment.requested", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    Digest revision_digest;
    AmendmentContent content;
    bool operator==(const AmendmentRequested&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmendmentRequested, (), (subject, unit, revision_digest, content))

struct AmendmentRevised {
    static constexpr EventType type{"amendment.revised", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    Digest revision_digest;
    AmendmentContent content;
    bool operator==(const AmendmentRevised&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmendmentRevised, (), (subject, unit, revision, revision_digest, content))

// Asked again as it was, with the reason.
struct AmendmentRepeated {
    static constexpr EventType type{"amendment.repeated", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    std::string note;
    bool operator==(const AmendmentRepeated&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmendmentRepeated, (), (subject, unit, revision, note))

// The effect amend: the whole new mandate; units that join get a part, units that leave are
// released.
struct AmendmentApplied {
    static constexpr EventType type{"amendment.applied", 1, Audience::task_units,
                                    EventRole::follows};
    SubjectId subject;
    Mandate mandate;
    std::optional<Date> sign_by;  // for the units that join
    bool operator==(const AmendmentApplied&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmendmentApplied, (), (subject, mandate, sign_by))

// What it changed and nobody has changed since is as it was before: the whole mandate then.
struct AmendmentUndone {
    static constexpr EventType type{"amendment.undone", 1, Audience::task_units,
                                    EventRole::follows};
    SubjectId subject;
    Mandate mandate;
    std::optional<Date> sign_by;  // for the units that join again
    bool operator==(const AmendmentUndone&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmendmentUndone, (), (subject, mandate, sign_by))

// Each event of the family.
#define DUBAN_AMENDMENT_EVENTS(EVENT) \
    EVENT(AmendmentRequested)         \
    EVENT(AmendmentRevised)           \
    EVENT(AmendmentRepeated)          \
    EVENT(AmendmentApplied)           \
    EVENT(AmendmentUndone)

DUBAN_AMENDMENT_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
