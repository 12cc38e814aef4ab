// react: which side effects follow from an event, as data. Timers are stored in the same commit as
// the event; the server fires them through ordinary commands of the actor `system`.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

class Event;
struct TaskState;

// sign_in: of a unit; round: of an approval's open round.
enum class TimerKind { sign_in, round };
BOOST_DESCRIBE_ENUM(TimerKind, sign_in, round)

// Names a timer: arming the same name again replaces its time.
struct Timer {
    static constexpr bool sparse = true;
    TaskId task;
    TimerKind kind = TimerKind::sign_in;
    UnitCode unit;
    Timestamp at;
    std::uint32_t approval = 0;  // its number
    std::string node = {};       // address
    std::uint32_t round = 0;
    auto operator<=>(const Timer&) const = default;
};
BOOST_DESCRIBE_STRUCT(Timer, (), (task, kind, unit, at, approval, node, round))

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
// The timer's name without its task and time: "sign_in jtj", "round a1 head 2".
[[nodiscard]] std::string name_of(const Timer& timer);
// What the actor `system` does when the timer is due.
[[nodiscard]] Command command_of(const Timer& timer);

}  // namespace duban
