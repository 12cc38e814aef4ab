// The events of a task itself: mandate, stage, holds, slips. Past tense; plain data; a change of
// meaning is a new version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/event.h"
#include "domain/task/task.h"

namespace duban {

struct TaskRegistered {
    static constexpr EventType type{"task.registered", 1, Audience::task_units, EventRole::act};
    TaskId task;
    Mandate mandate;
    bool operator==(const TaskRegistered&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskRegistered, (), (task, mandate))

// 立项. `basis` tells what the decision rests on: the office's head, or an issued list.
struct TaskApproved {
    static constexpr EventType type{"task.approved", 1, Audience::task_units, EventRole::act};
    TaskId task;
    std::string opinion;
    std::string basis;
    bool operator==(const TaskApproved&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskApproved, (), (task, opinion, basis))

struct TaskReturned {
    static constexpr EventType type{"task.returned", 1, Audience::task_units, EventRole::act};
    TaskId task;
    std::string reason;
    bool operator==(const TaskReturned&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskReturned, (), (task, reason))

struct GivenPart {
    UnitCode unit;
    UnitRole role = UnitRole::lead;
    std::string duty;
    bool operator==(const GivenPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(GivenPart, (), (unit, role, duty))

struct TaskIssued {
    static constexpr EventType type{"task.issued", 1, Audience::task_units, EventRole::act};
    TaskId task;
    Date due;
    Date sign_by;
    std::optional<PeriodKind> report_period;
    std::vector<GivenPart> parts;
    bool key = false;
    std::vector<RouteBinding> routes = {};
    bool operator==(const TaskIssued&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskIssued, (), (task, due, sign_by, report_period, parts, key, routes))

// The whole new mandate; units that join get a part, units that leave are released.
struct TaskAmended {
    static constexpr EventType type{"task.amended", 1, Audience::task_units, EventRole::act};
    TaskId task;
    Mandate mandate;
    std::optional<Date> sign_by;  // for the units that join
    std::string reason;
    std::optional<std::vector<RouteBinding>> routes = std::nullopt;  // all, where they changed
    bool operator==(const TaskAmended&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskAmended, (), (task, mandate, sign_by, reason, routes))

struct TaskHeld {
    static constexpr EventType type{"task.held", 1, Audience::task_units, EventRole::act};
    TaskId task;
    std::string reason;
    bool operator==(const TaskHeld&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskHeld, (), (task, reason))

struct TaskResumed {
    static constexpr EventType type{"task.resumed", 1, Audience::task_units, EventRole::act};
    TaskId task;
    std::string opinion;
    bool operator==(const TaskResumed&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskResumed, (), (task, opinion))

struct TaskUrged {
    static constexpr EventType type{"task.urged", 1, Audience::task_units, EventRole::act};
    TaskId task;
    UrgeLevel level = UrgeLevel::blue;
    std::vector<UnitCode> units;
    std::string text;
    bool operator==(const TaskUrged&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskUrged, (), (task, level, units, text))

// Each event of the family.
#define DUBAN_TASK_EVENTS(EVENT) \
    EVENT(TaskRegistered)        \
    EVENT(TaskApproved)          \
    EVENT(TaskReturned)          \
    EVENT(TaskIssued)            \
    EVENT(TaskAmended)           \
    EVENT(TaskHeld)              \
    EVENT(TaskResumed)           \
    EVENT(TaskUrged)

DUBAN_TASK_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
