#include <utility>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/issuing/issue_terms.h"
#include "domain/plan/plan.h"
#include "domain/plan/plan_events.h"
#include "domain/task/guards.h"
#include "domain/task/mandate.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"

namespace duban {
namespace {

Status check_registration(const RegisterTask& command, const Facts& facts) {
    const auto known = [&](const UnitCode& unit) { return facts.directory.units.contains(unit); };
    auto checked = check_mandate(command.mandate, known, "");
    if (!checked || !command.mandate.due) return checked;
    return require_not_past(*command.mandate.due, today_of(facts), "due");
}

Status check_new_or_draft(const TaskState& task, const RegisterTask& command, const Facts& facts) {
    if (task.stage == TaskStage::draft) return {};
    if (task.stage != TaskStage::absent) {
        return refuse("task_exists",
                      to_string(command.task) + " is already " + words(task.stage) +
                          "; use another number, or amend the task.",
                      "task");
    }
    if (facts.plans.plans.contains(command.task.plan)) return {};
    return fail(Errc::not_found,
                "There is no plan " + command.task.plan.value + "; import it first.", "task");
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const RegisterTask& command,
                                   const Facts& facts) {
    const auto capacity = require_office(facts, "register a task");
    if (!capacity) return refusal(capacity);
    auto checked = check_new_or_draft(task, command, facts).and_then([&] {
        return check_registration(command, facts);
    });
    if (!checked) return refusal(checked);
    auto made = decision(*capacity, {TaskRegistered{command.task, command.mandate}});
    if (task.stage == TaskStage::absent) {
        const Event added = PlanTaskAdded{command.task.plan, command.task.no};
        made.events.push_back(NewEvent{added.stream(), added});
    }
    return made;
}

static Result<Decision> decide_one(const TaskState& task, const ApproveTask& command,
                                   const Facts& facts) {
    const auto capacity = require_impartial(task, facts, "approve or send back a registration");
    if (!capacity) return refusal(capacity);
    if (!capacity->on_behalf_of.empty() && facts.actor == task.registered_by) {
        return fail(Errc::forbidden, "Who registered a task may not decide on it as a proxy; " +
                                         name_of(facts.directory, capacity->on_behalf_of) +
                                         " himself must.");
    }
    auto pending =
        require_stage(task, TaskStage::pending, "task_not_pending", "decide on its registration");
    if (!pending) return refusal(pending);
    if (command.decision == RegistrationVerdict::return_) {
        auto reason = require_text(command.opinion, "opinion", opinion_characters_max);
        if (!reason) return refusal(reason);
        return decision(*capacity, {TaskReturned{task.id, command.opinion}});
    }
    auto opinion = limit_text(command.opinion, "opinion", opinion_characters_max);
    if (!opinion) return refusal(opinion);
    return decision(*capacity,
                    {TaskApproved{task.id, command.opinion, to_string(capacity->seat.post)}});
}

static Result<Decision> decide_one(const TaskState& task, const IssueTask& command,
                                   const Facts& facts) {
    const auto capacity = require_office(facts, "issue a task");
    if (!capacity) return refusal(capacity);
    auto established =
        require_stage(task, TaskStage::established, "task_not_established", "issue it");
    if (!established) return refusal(established);
    if (auto unasked = require_no_issue_asked(task, "issue it at once"); !unasked) {
        return refusal(unasked);
    }
    auto issued = issued_on(task,
                            {command.due, command.sign_by, command.report_period, command.duties,
                             command.key, command.routes},
                            facts);
    if (!issued) return refusal(issued);
    return decision(*capacity, {std::move(*issued)});
}

static Result<Decision> decide_one(const TaskState& task, const HoldTask& command,
                                   const Facts& facts) {
    const auto capacity = require_desk(task, facts, "put a task on hold");
    if (!capacity) return refusal(capacity);
    auto checked = require_running(task, "put it on hold").and_then([&] {
        return require_text(command.reason, "reason", opinion_characters_max);
    });
    if (!checked) return refusal(checked);
    return decision(*capacity, {TaskHeld{task.id, command.reason}});
}

static Result<Decision> decide_one(const TaskState& task, const ResumeTask& command,
                                   const Facts& facts) {
    const auto capacity = require_impartial(task, facts, "resume a task");
    if (!capacity) return refusal(capacity);
    auto issued = require_stage(task, TaskStage::issued, "not_issued", "resume it");
    if (!issued) return refusal(issued);
    if (!is_held(task)) {
        return refuse("task_not_held", to_string(task.id) + " is not on hold; nothing to resume.");
    }
    auto opinion = limit_text(command.opinion, "opinion", opinion_characters_max);
    if (!opinion) return refusal(opinion);
    return decision(*capacity, {TaskResumed{task.id, command.opinion}});
}

DUBAN_DEFINE_COMMAND(RegisterTask)
DUBAN_DEFINE_COMMAND(ApproveTask)
DUBAN_DEFINE_COMMAND(IssueTask)
DUBAN_DEFINE_COMMAND(HoldTask)
DUBAN_DEFINE_COMMAND(ResumeTask)

}  // namespace duban
