// react: which side effects follow from an event, as data. Timers are stored in the same commit as
// the event; the server fires them through ordinary commands of the actor `system`.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <variant>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

class Event;
struct TaskState;

enum class TimerKind { sign_in };
BOOST_DESCRIBE_ENUM(TimerKind, sign_in)

// Names a timer: arming the same name again replaces its time.
struct Timer {
    TaskId task;
    TimerKind kind = TimerKind::sign_in;
    UnitCode unit;
    Timestamp at;
    auto operator<=>(const Timer&) const = default;
};
BOOST_DESCRIBE_STRUCT(Timer, (), (task, kind, unit, at))

struct ArmTimer {
    Timer timer;
    bool operator==(const ArmTimer&) const = default;
};
// Names the very timer (with its time) that an earlier ArmTimer armed.
struct DisarmTimer {
    Timer timer;
    bool operator==(const DisarmTimer&) const = default;
};
using Action = std::variant<ArmTimer, DisarmTimer>;

// The actions that lead from the timers of `before` to those of `after`.
[[nodiscard]] std::vector<Action> react(const TaskState& before, const Event& event,
                                        const TaskState& after);
// The timers that a task in this state has armed.
[[nodiscard]] std::vector<Timer> timers_of(const TaskState& task);
// What the actor `system` does when the timer is due.
[[nodiscard]] Command command_of(const Timer& timer);

}  // namespace duban
