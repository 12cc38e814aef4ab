// The commands about a unit's part of a task. An empty unit means the one unit of the task in
// which the actor holds a post. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <string>
#include <vector>

#include "domain/base/command.h"
#include "domain/task/task.h"

namespace duban {

struct SignAssignment {
    TaskId task;
    UnitCode unit;
};
DUBAN_DECLARE_COMMAND(SignAssignment)

struct ObjectAssignment {
    TaskId task;
    UnitCode unit;
    std::string reason;
};
DUBAN_DECLARE_COMMAND(ObjectAssignment)

struct SettleObjection {
    TaskId task;
    UnitCode unit;
    Settlement outcome = Settlement::confirm;
    UnitCode to;
    std::string reason;
};
DUBAN_DECLARE_COMMAND(SettleObjection)

struct AssignHandler {
    TaskId task;
    UnitCode unit;
    PersonId handler;
};
DUBAN_DECLARE_COMMAND(AssignHandler)

struct BreakDown {
    TaskId task;
    UnitCode unit;
    std::vector<WorkPart> parts;
};
DUBAN_DECLARE_COMMAND(BreakDown)

}  // namespace duban
