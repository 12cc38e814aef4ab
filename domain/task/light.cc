#include "domain/task/light.h"

#include <algorithm>

#include "domain/report/report_period.h"

namespace duban {
namespace {

// Whether the office still waits for the task.
bool is_under_way(TaskStage stage) {
    switch (stage) {
        case TaskStage::issued:
            return true;
        case TaskStage::done:
        case TaskStage::absent:
        case TaskStage::draft:
        case TaskStage::pending:
        case TaskStage::established:
            return false;
    }
    return false;
}

bool is_past_due(const TaskState& task, Date today) {
    const auto due = working_due(task);
    return due && today > *due;
}

bool is_due_soon(const TaskState& task, Date today) {
    const auto due = working_due(task);
    return due && today <= *due && *due <= add_days(today, due_soon_days);
}

bool sign_in_is_late(const Assignment& assignment, Date today) {
    return assignment.state == AssignmentState::waiting && assignment.sign_by &&
           today > *assignment.sign_by;
}

bool was_signed_late(const Assignment& assignment) {
    return assignment.signed_at && assignment.sign_by &&
           office_date(*assignment.signed_at) > *assignment.sign_by;
}

bool some_indicator_is_behind(const TaskState& task, Date today) {
    const EvaluationContext context{&task.mandate->indicators, &*task.accepted, today,
                                    working_start(task), working_due(task)};
    return std::any_of(task.mandate->indicators.begin(), task.mandate->indicators.end(),
                       [&](const Indicator& indicator) {
                           return evaluate(indicator, context).current.attainment ==
                                  Attainment::behind;
                       });
}

bool applies(LightCondition condition, const TaskState& task, Date today) {
    switch (condition) {
        case LightCondition::overdue:
            return is_past_due(task, today);
        case LightCondition::sign_in_late:
            return std::any_of(
                task.assignments.begin(), task.assignments.end(),
                [&](const Assignment& assignment) { return sign_in_is_late(assignment, today); });
        case LightCondition::report_late: {
            const auto due = next_report_due(task, today);
            return due && *due < today;
        }
        case LightCondition::due_soon:
            return is_due_soon(task, today);
        case LightCondition::behind_schedule:
            return !is_past_due(task, today) && some_indicator_is_behind(task, today);
        case LightCondition::on_schedule:
            return true;
    }
    return false;
}

// The worst colour that applies; among equal ones the first rule gives the label.
void apply_rules(const TaskState& task, Date today, const std::vector<LightRule>& rules,
                 TaskLight& result) {
    for (const LightRule& rule : rules) {
        if (rule.colour > result.light && applies(rule.when, task, today)) {
            result.light = rule.colour;
            result.label = rule.label;
        }
    }
}

}  // namespace

const std::vector<LightRule>& default_light_rules() {
    static const std::vector<LightRule> rules = {
        {LightCondition::overdue, Light::red, "逾期"},
        {LightCondition::sign_in_late, Light::yellow, "签收逾期"},
        {LightCondition::report_late, Light::yellow, "反馈逾期"},
        {LightCondition::due_soon, Light::yellow, "临近到期"},
        {LightCondition::behind_schedule, Light::yellow, "落后序时"},
        {LightCondition::on_schedule, Light::green, "正常"},
    };
    return rules;
}

TaskLight task_light(const TaskState& task, Date day, const std::vector<LightRule>& rules) {
    TaskLight result;
    const Date today = task.finished.value_or(day);
    if (const auto due = working_due(task)) result.days_left = due->days - today.days;
    for (const Assignment& assignment : task.assignments) {
        if (was_signed_late(assignment)) result.signed_late.push_back(assignment.unit);
    }
    if (task.stage == TaskStage::done) {
        // Done for good, and how late it was stays.
        const bool late = is_past_due(task, today);
        result.light = late ? Light::red : Light::green;
        result.label = late ? "逾期办结" : "办结";
        return result;
    }
    if (!is_under_way(task.stage)) {
        result.label = "未交办";
        return result;
    }
    if (is_held(task)) {
        result.label = "挂起";
        return result;
    }
    for (const Assignment& assignment : task.assignments) {
        if (sign_in_is_late(assignment, today)) result.unsigned_late.push_back(assignment.unit);
    }
    apply_rules(task, today, rules, result);
    return result;
}

std::optional<Date> next_report_due(const TaskState& task, Date today) {
    const auto period = next_report_period(task, today);
    if (!period) return std::nullopt;
    return std::min(period->last, working_due(task).value_or(period->last));
}

}  // namespace duban
