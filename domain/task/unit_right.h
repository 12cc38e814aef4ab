// Who acts for which unit of a task: finds the unit when the command names none.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "domain/directory/directory.h"
#include "domain/task/task.h"

namespace duban {

// Who may do something for a unit: the holders of its seats and, if so, the named handler of its
// part.
struct UnitRule {
    std::function<std::vector<Seat>(const UnitCode&)> seats;
    bool handler = false;
};

[[nodiscard]] UnitRule posts_of_unit(std::vector<Post> posts);

// The unit for which the actor acts, and in whose right.
struct UnitRight {
    UnitCode unit;
    Capacity capacity;
};

// `unit` as the command names it; when empty, the one unit of the task for which the rule lets the
// actor act. `act` completes "Only … may ".
// Errors: forbidden; invalid_argument (unit) when several units fit.
[[nodiscard]] Result<UnitRight> require_right(const TaskState& task, const Facts& facts,
                                              const UnitCode& unit, const UnitRule& rule,
                                              const std::string& act);

// The same among `units`, of the task or not.
[[nodiscard]] Result<UnitRight> require_right(const TaskState& task, const Facts& facts,
                                              const std::vector<UnitCode>& units,
                                              const UnitRule& rule, const std::string& act);

// The unit's part of a running task. Errors: rule no_part, part_released.
[[nodiscard]] Result<const Assignment*> require_part(const TaskState& task, const UnitCode& unit);

}  // namespace duban
