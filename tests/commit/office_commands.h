// Commands about the first task of the office that TestNode sets up.
#pragma once

#include <optional>
#include <string>

#include "domain/base/command.h"
#include "domain/directory/directory_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"

namespace duban {

inline Command issue_task() {
    return Command(IssueTask{TaskId{PlanId("p"), 1}, Date{20900}, std::nullopt, {}, {}});
}

inline Command sign(const std::string& unit) {
    return Command(SignAssignment{TaskId{PlanId("p"), 1}, UnitCode(unit)});
}

inline Command put_unit(const std::string& code) {
    return Command(PutUnit{Unit{UnitCode(code), code, "bureau"}});
}

}  // namespace duban
