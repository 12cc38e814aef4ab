// The events of a unit's part of a task. Past tense; plain data; a change of meaning is a new
// version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/event.h"
#include "domain/task/task.h"

namespace duban {

struct AssignmentSigned {
    static constexpr EventType type{"assignment.signed", 1, Audience::task_units, EventRole::act};
    TaskId task;
    UnitCode unit;
    bool operator==(const AssignmentSigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentSigned, (), (task, unit))

struct AssignmentObjected {
    static constexpr EventType type{"assignment.objected", 1, Audience::task_units, EventRole::act};
    TaskId task;
    UnitCode unit;
    std::string reason;
    bool operator==(const AssignmentObjected&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentObjected, (), (task, unit, reason))

struct AssignmentSettled {
    static constexpr EventType type{"assignment.settled", 1, Audience::task_units, EventRole::act};
    TaskId task;
    UnitCode unit;
    Settlement outcome = Settlement::confirm;
    UnitCode to;                  // reassign only
    std::optional<Date> sign_by;  // last day for signing in; none after a release
    std::string reason;
    bool operator==(const AssignmentSettled&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentSettled, (), (task, unit, outcome, to, sign_by, reason))

struct HandlerAssigned {
    static constexpr EventType type{"assignment.handler_assigned", 1, Audience::task_units,
                                    EventRole::act};
    TaskId task;
    UnitCode unit;
    PersonId handler;
    bool operator==(const HandlerAssigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(HandlerAssigned, (), (task, unit, handler))

struct AssignmentBrokenDown {
    static constexpr EventType type{"assignment.broken_down", 1, Audience::task_units,
                                    EventRole::act};
    TaskId task;
    UnitCode unit;
    std::vector<WorkPart> parts;  // the whole break-down; replaces an earlier one
    bool operator==(const AssignmentBrokenDown&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentBrokenDown, (), (task, unit, parts))

// Each event of the family.
#define DUBAN_ASSIGNMENT_EVENTS(EVENT) \
    EVENT(AssignmentSigned)            \
    EVENT(AssignmentObjected)          \
    EVENT(AssignmentSettled)           \
    EVENT(HandlerAssigned)             \
    EVENT(AssignmentBrokenDown)

DUBAN_ASSIGNMENT_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
