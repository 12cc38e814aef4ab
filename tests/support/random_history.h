// Random commands of the whole office on plan p of a TestNode, chosen so that many of them are
// accepted: the generator looks at the present state, then picks who does what.
// Thread-safety: one thread at a time.
#pragma once

#include <random>
#include <string>

#include "domain/base/command.h"
#include "domain/task/task.h"

namespace duban {

struct RandomCommand {
    std::string actor;
    Command command;
    std::string content;  // what the content digest is made of
};

// One command on a task in this state.
[[nodiscard]] RandomCommand random_command(std::mt19937_64& random, const TaskState& task);

}  // namespace duban
