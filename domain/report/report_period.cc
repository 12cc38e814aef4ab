#include "domain/report/report_period.h"

#include <algorithm>
#include <set>
#include <string>

namespace duban {
namespace {

// The periods that the lead has reported on.
std::set<std::string> reported_periods(const TaskState& task) {
    std::set<std::string> labels;
    for (const Report& report : task.reports) {
        const bool counts =
            report.state == ReportState::accepted || report.state == ReportState::in_approval;
        if (counts && report.unit == task.mandate->lead) labels.insert(report.period);
    }
    return labels;
}

bool is_held_throughout(const TaskState& task, const Period& period, Date today) {
    return std::any_of(task.holds.begin(), task.holds.end(), [&](const HoldPeriod& hold) {
        const Date until = hold.until ? office_date(*hold.until) : today;
        return office_date(hold.from) <= period.first && period.last <= until;
    });
}

}  // namespace

std::optional<Period> next_report_period(const TaskState& task, Date today) {
    const Mandate& mandate = *task.mandate;
    if (task.stage != TaskStage::issued || !task.issued_at || !mandate.report_period) {
        return std::nullopt;
    }
    auto period = period_of(office_date(*task.issued_at), *mandate.report_period);
    const auto reported = reported_periods(task);
    while (period &&
           (reported.contains(period->label) || is_held_throughout(task, *period, today))) {
        if (period->last >= last_date) return std::nullopt;
        period = period_of(add_days(period->last, 1), *mandate.report_period);
    }
    const auto due = working_due(task);
    if (period && due && period->first > *due) return std::nullopt;
    return period;
}

}  // namespace duban
