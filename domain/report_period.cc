#include "domain/report_period.h"

#include <algorithm>

namespace duban {
namespace {

bool is_reported(const TaskState& task, const Period& period) {
    return std::any_of(task.reports.begin(), task.reports.end(), [&](const Report& report) {
        const bool counts =
            report.state == ReportState::accepted || report.state == ReportState::in_approval;
        return counts && report.unit == task.mandate.lead && !report.revisions.empty() &&
               report.revisions.back().content.period == period.label;
    });
}

bool is_held_throughout(const TaskState& task, const Period& period, Date today) {
    return std::any_of(task.holds.begin(), task.holds.end(), [&](const HoldPeriod& hold) {
        const Date until = hold.until ? office_date(*hold.until) : today;
        return office_date(hold.from) <= period.first && period.last <= until;
    });
}

}  // namespace

std::optional<Period> next_report_period(const TaskState& task, Date today) {
    const Mandate& mandate = task.mandate;
    if (task.stage != TaskStage::issued || !task.issued_at || !mandate.report_period) {
        return std::nullopt;
    }
    auto period = period_of(office_date(*task.issued_at), *mandate.report_period);
    while (period && (is_reported(task, *period) || is_held_throughout(task, *period, today))) {
        period = period_of(add_days(period->last, 1), *mandate.report_period);
    }
    const auto due = working_due(task);
    if (period && due && period->first > *due) return std::nullopt;
    return period;
}

}  // namespace duban
