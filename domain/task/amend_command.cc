#include <utility>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"
#include "domain/task/mandate_changes.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"

namespace duban {
namespace {

Status check_amendable(const TaskState& task) {
    if (task.stage == TaskStage::done) return require_running(task, "amend it");
    if (task.stage != TaskStage::draft) return require_no_issue_asked(task, "amend it");
    return refuse("task_in_draft",
                  to_string(task.id) +
                      " was sent back and is a draft; it must be registered again, not amended.");
}

bool changes_routes(const TaskState& task, const AmendTask& command) {
    return command.routes && *command.routes != task.routes;
}

Status check_amendment(const TaskState& task, const AmendTask& command, const Mandate& next,
                       const Facts& facts) {
    return require_text(command.reason, "reason", opinion_characters_max)
        .and_then([&]() -> Status {
            if (next != *task.mandate || changes_routes(task, command)) return {};
            return refuse("unchanged",
                          "The amendment changes nothing; name at least one new value.");
        })
        .and_then([&] { return check_next(task, next, "", facts); })
        .and_then(
            [&] { return command.routes ? check_bindings(*command.routes, facts) : Status{}; });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const AmendTask& command,
                                   const Facts& facts) {
    const auto capacity = require_impartial(task, facts, "amend a task");
    if (!capacity) return refusal(capacity);
    auto next = changed(*task.mandate, command);
    auto checked =
        check_amendable(task).and_then([&] { return check_borne(task, next); }).and_then([&] {
            return check_amendment(task, command, next, facts);
        });
    if (!checked) return refusal(checked);
    const auto sign_by = sign_by_of_joining(task, next, today_of(facts));
    TaskAmended event{task.id, std::move(next), sign_by, command.reason};
    if (changes_routes(task, command)) event.routes = command.routes;
    return decision(*capacity, {std::move(event)});
}

DUBAN_DEFINE_COMMAND(AmendTask)

}  // namespace duban
