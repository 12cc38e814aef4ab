// Commands about the first task of the office that TestNode sets up.
#pragma once

#include <optional>
#include <string>

#include "domain/commands.h"

namespace duban {

inline Command issue_task() {
    return TaskCommand(IssueTask{TaskId{PlanId("p"), 1}, Date{20900}, std::nullopt, {}, {}});
}

inline Command sign(const std::string& unit) {
    return TaskCommand(SignAssignment{TaskId{PlanId("p"), 1}, UnitCode(unit)});
}

inline Command put_unit(const std::string& code) {
    return DirectoryCommand(PutUnit{Unit{UnitCode(code), code, "bureau"}});
}

}  // namespace duban
