#include "domain/commands.h"

namespace duban {
namespace {

template <class One>
TaskId task_named_by(const One& command) {
    if constexpr (requires { command.task; }) {
        return command.task;
    } else if constexpr (requires { command.report; }) {
        return command.report.task;
    } else {
        return command.approval.task;
    }
}

}  // namespace

TaskId task_of(const TaskCommand& command) {
    return std::visit([](const auto& one) { return task_named_by(one); }, command);
}

}  // namespace duban
