#include "domain/issuing/issue_terms.h"

#include <algorithm>
#include <utility>

#include "domain/base/decide.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

std::vector<GivenPart> parts_of(const TaskState& task, const std::vector<DutyText>& duties) {
    std::vector<GivenPart> parts{{task.mandate->lead, UnitRole::lead, ""}};
    for (const auto& unit : task.mandate->co) parts.push_back({unit, UnitRole::co, ""});
    for (auto& part : parts) {
        for (const auto& duty : duties) {
            if (duty.unit == part.unit) part.duty = duty.duty;
        }
    }
    return parts;
}

Status check_duties(const TaskState& task, const std::vector<DutyText>& duties) {
    const auto units = units_of(task);
    for (std::size_t i = 0; i < duties.size(); ++i) {
        const auto at = "duties[" + std::to_string(i) + "]";
        const auto same = [&](const DutyText& other) { return other.unit == duties[i].unit; };
        if (std::find(units.begin(), units.end(), duties[i].unit) == units.end()) {
            return fail(Errc::invalid_argument,
                        duties[i].unit.value + " takes no part in " + to_string(task.id) +
                            "; name its lead or a cooperating unit.",
                        at + ".unit");
        }
        if (std::count_if(duties.begin(), duties.end(), same) > 1) {
            return repeated_unit(duties[i].unit, at + ".unit");
        }
        auto text = limit_text(duties[i].duty, at + ".duty", opinion_characters_max);
        if (!text) return text;
    }
    return {};
}

Status check_sign_by(Date sign_by, Date today, Date due) {
    if (sign_by >= today && sign_by <= due) return {};
    return fail(Errc::invalid_argument,
                "The last day for signing in must lie between today (" + to_string(today) +
                    ") and the due day (" + to_string(due) + ").",
                "sign_by");
}

}  // namespace

Result<TaskIssued> issued_on(const TaskState& task, const IssueTerms& terms, const Facts& facts) {
    const auto due = terms.due ? terms.due : task.mandate->due;
    if (!due) {
        return fail(Errc::invalid_argument,
                    "The task has no due day yet; name one when issuing it.", "due");
    }
    const auto today = today_of(facts);
    auto dated = require_not_past(*due, today, "due");
    if (!dated) return refusal(dated);
    const auto sign_by = terms.sign_by.value_or(default_sign_by(today, due));
    auto checked = check_sign_by(sign_by, today, *due)
                       .and_then([&] { return check_duties(task, terms.duties); })
                       .and_then([&] { return check_bindings(terms.routes, facts); });
    if (!checked) return refusal(checked);
    const auto period = terms.report_period ? terms.report_period : task.mandate->report_period;
    return TaskIssued{task.id,   *due,        sign_by, period, parts_of(task, terms.duties),
                      terms.key, terms.routes};
}

}  // namespace duban
