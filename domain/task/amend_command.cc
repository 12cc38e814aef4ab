#include <algorithm>
#include <utility>

#include "domain/approval/subject.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"
#include "domain/task/mandate.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"

namespace duban {
namespace {

Mandate amended(Mandate mandate, const AmendTask& command) {
    if (command.title) mandate.title = *command.title;
    if (command.text) mandate.text = *command.text;
    if (command.document_no) mandate.document_no = *command.document_no;
    if (command.lead) mandate.lead = *command.lead;
    if (command.co) mandate.co = *command.co;
    if (command.due) mandate.due = command.due;
    if (command.report_period) mandate.report_period = command.report_period;
    if (command.indicators) mandate.indicators = *command.indicators;
    return mandate;
}

Status check_amendable(const TaskState& task) {
    if (task.stage == TaskStage::done) return require_running(task, "amend it");
    if (task.stage != TaskStage::draft) return {};
    return refuse("task_in_draft",
                  to_string(task.id) +
                      " was sent back and is a draft; it must be registered again, not amended.");
}

// An approval on its way stands on the lead and the indicators that it began with.
Status check_approvals(const TaskState& task, const Mandate& next) {
    const bool same_lead = next.lead == task.mandate->lead;
    for (const auto& unit : units_of(task)) {
        if ((same_lead && takes_part(next, unit)) || !has_open_subject(task, unit)) continue;
        return refuse("report_in_approval",
                      "Something of " + unit.value +
                          " is not decided yet in an approval; the lead and that unit can only "
                          "change once it is.");
    }
    for (const auto& report : task.reports) {
        if (!is_open(report) || next.indicators == task.mandate->indicators) continue;
        return refuse(
            "report_in_approval",
            to_string(ReportId{task.id, report.no}) + " of " + report.unit.value +
                " is not decided yet; the indicators can only change once it is accepted or "
                "rejected.");
    }
    return {};
}

// Whether the value still belongs to a cell of the indicator and is judged as it was meant.
bool keeps_value(const Indicator& before, const Indicator& after, const ReportedValue& value) {
    const auto& members = after.members;
    return after.op == before.op && after.kind == before.kind && after.period == before.period &&
           after.scope == before.scope &&
           (after.scope == ScopeKind::zone ||
            std::find(members.begin(), members.end(), value.member) != members.end());
}

Status check_values_kept(const TaskState& task, const Mandate& next) {
    for (const auto& entry : *task.accepted) {
        const auto& id = entry.value.indicator;
        const auto named = [&](const Indicator& indicator) { return indicator.id == id; };
        const auto& old = task.mandate->indicators;
        const auto before = std::find_if(old.begin(), old.end(), named);
        const auto after = std::find_if(next.indicators.begin(), next.indicators.end(), named);
        if (after != next.indicators.end() &&
            (before == old.end() || keeps_value(*before, *after, entry.value))) {
            continue;
        }
        return refuse("indicator_has_values",
                      "The indicator \"" + id +
                          "\" has accepted values: it cannot be removed, and its op, kind, "
                          "period, scope and the members with values stay; change its target, or "
                          "add an indicator under another id.",
                      "indicators");
    }
    return {};
}

// A part of a unit's work may not be due after the task.
Status check_parts_in_time(const TaskState& task, Date due) {
    for (const auto& assignment : task.assignments) {
        if (assignment.state == AssignmentState::released) continue;
        for (const auto& part : assignment.parts) {
            const Date last = std::max(due, assignment.own_due.value_or(due));
            if (!part.due || *part.due <= last) continue;
            return refuse("part_due_later",
                          assignment.unit.value + " has broken its work down, and \"" + part.title +
                              "\" is due on " + to_string(*part.due) +
                              "; name that day or a later one, or have the part moved first.",
                          "due");
        }
    }
    return {};
}

bool changes_routes(const TaskState& task, const AmendTask& command) {
    return command.routes && *command.routes != task.routes;
}

Status check_amendment(const TaskState& task, const AmendTask& command, const Mandate& next,
                       const Facts& facts) {
    const auto known = [&](const UnitCode& unit) { return facts.directory.units.contains(unit); };
    auto checked =
        require_text(command.reason, "reason", opinion_characters_max)
            .and_then([&]() -> Status {
                if (next != *task.mandate || changes_routes(task, command)) return {};
                return refuse("unchanged",
                              "The amendment changes nothing; name at least one new value.");
            })
            .and_then([&] { return check_mandate(next, known, ""); })
            .and_then(
                [&] { return command.routes ? check_bindings(*command.routes, facts) : Status{}; });
    if (!checked || !next.due || next.due == task.mandate->due) return checked;
    return require_not_past(*next.due, today_of(facts), "due").and_then([&] {
        return check_parts_in_time(task, *next.due);
    });
}

bool somebody_joins(const TaskState& task, const Mandate& next) {
    const auto has_part = [&](const UnitCode& unit) { return has_open_part(task, unit); };
    return !has_part(next.lead) || !std::all_of(next.co.begin(), next.co.end(), has_part);
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const AmendTask& command,
                                   const Facts& facts) {
    const auto capacity = require_impartial(task, facts, "amend a task");
    if (!capacity) return refusal(capacity);
    auto next = amended(*task.mandate, command);
    auto checked = check_amendable(task)
                       .and_then([&] { return check_approvals(task, next); })
                       .and_then([&] { return check_values_kept(task, next); })
                       .and_then([&] { return check_amendment(task, command, next, facts); });
    if (!checked) return refusal(checked);
    std::optional<Date> sign_by;
    if (task.stage == TaskStage::issued && somebody_joins(task, next)) {
        const bool same_due = next.due == task.mandate->due;
        sign_by = default_sign_by(today_of(facts), same_due ? working_due(task) : next.due);
    }
    TaskAmended event{task.id, std::move(next), sign_by, command.reason};
    if (changes_routes(task, command)) event.routes = command.routes;
    return decision(*capacity, {std::move(event)});
}

DUBAN_DEFINE_COMMAND(AmendTask)

}  // namespace duban
