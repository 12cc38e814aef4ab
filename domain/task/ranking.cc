#include "domain/task/ranking.h"

#include <algorithm>
#include <set>

#include "domain/task/light.h"

namespace duban {
namespace {

bool covers(const RankingPeriod& period, Date day) {
    return (!period.from || *period.from <= day) && (!period.until || day <= *period.until);
}

bool covers(const RankingPeriod& period, Timestamp time) {
    return covers(period, office_date(time));
}

void count(Share& share, bool fits) {
    ++share.denominator;
    if (fits) ++share.numerator;
}

// The day on which the clock for signing in stands.
Date clock_of(const TaskState& task, const Assignment& part, Date today) {
    if (!is_held(task)) return today;
    return std::min(today, office_date(std::max(task.holds.back().from, part.given)));
}

bool is_due(const TaskState& task, const Assignment& part, Date sign_by, Date today) {
    if (part.signed_at) return true;
    return part.state == AssignmentState::waiting && clock_of(task, part, today) > sign_by;
}

void count_sign_in(UnitFigures& figures, const TaskState& task, const Assignment& part,
                   const RankingPeriod& period, Date today) {
    if (!part.sign_by || !covers(period, *part.sign_by) ||
        !is_due(task, part, *part.sign_by, today)) {
        return;
    }
    count(figures.signed_in_time, part.signed_at && office_date(*part.signed_at) <= *part.sign_by);
}

void count_part(UnitFigures& figures, const Assignment& part, Light light) {
    count(figures.objections, !part.objection.empty());
    if (part.state == AssignmentState::released) return;
    ++(part.role == UnitRole::lead ? figures.led : figures.taken_part);
    count(figures.red, light == Light::red);
    count(figures.yellow, light == Light::yellow);
}

// The revisions of a report that some node of its approval returned.
std::set<std::uint32_t> returned_revisions(const TaskRecord& task, const Report& report) {
    std::set<std::uint32_t> returned;
    for (const Approval& approval : task.state.approvals) {
        const ApprovalSubject& subject = approval.subject;
        if (subject.kind != SubjectKind::report || subject.id.no != report.no) continue;
        for (const Round& round : rounds_of(task.history, approval.no)) {
            if (round.end == NodeState::returned) returned.insert(round.revision);
        }
    }
    return returned;
}

void count_report(UnitFigures& figures, const TaskRecord& task, const Report& report,
                  const RankingPeriod& period) {
    const auto returned = returned_revisions(task, report);
    for (const SubmittedRevision& one : revisions_of(task.history, report.no)) {
        if (!covers(period, one.revision.time)) continue;
        count(figures.returned_revisions, returned.contains(one.revision.no));
    }
    if (covers(period, report.submitted)) {
        count(figures.accepted_reports, report.state == ReportState::accepted);
    }
}

UnitFigures& row_of(std::vector<UnitFigures>& rows, const UnitCode& unit) {
    const auto found = std::find_if(
        rows.begin(), rows.end(), [&](const UnitFigures& figures) { return figures.unit == unit; });
    if (found != rows.end()) return *found;
    UnitFigures& row = rows.emplace_back();
    row.unit = unit;
    return row;
}

void count_task(std::vector<UnitFigures>& rows, const TaskRecord& record,
                const RankingPeriod& period, Date today) {
    const TaskState& task = record.state;
    for (const UnitCode& unit : units_of(task)) (void)row_of(rows, unit);
    const Light light = task_light(task, today, default_light_rules()).light;
    for (const Assignment& part : task.assignments) {
        UnitFigures& figures = row_of(rows, part.unit);
        if (covers(period, part.given)) count_part(figures, part, light);
        count_sign_in(figures, task, part, period, today);
    }
    for (const Report& report : task.reports) {
        count_report(row_of(rows, report.unit), record, report, period);
    }
}

// Whether a's rate is the smaller one.
bool is_less(const Share& a, const Share& b) {
    return std::int64_t{a.numerator} * b.denominator < std::int64_t{b.numerator} * a.denominator;
}

bool is_better(const UnitFigures& a, const UnitFigures& b) {
    const auto full = [](const Share& share) {
        return share.denominator == 0 ? Share{1, 1} : share;
    };
    const auto none = [](const Share& share) {
        return share.denominator == 0 ? Share{0, 1} : share;
    };
    const Share a_signed = full(a.signed_in_time);
    const Share b_signed = full(b.signed_in_time);
    if (is_less(b_signed, a_signed)) return true;
    if (is_less(a_signed, b_signed)) return false;
    return is_less(none(a.returned_revisions), none(b.returned_revisions));
}

void sort_best_first(std::vector<UnitFigures>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].place = static_cast<std::int32_t>(i) + 1;
    std::sort(rows.begin(), rows.end(), [](const UnitFigures& a, const UnitFigures& b) {
        if (is_better(a, b)) return true;
        return !is_better(b, a) && a.place < b.place;
    });
    std::int32_t place = 1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0 && is_better(rows[i - 1], rows[i])) place = static_cast<std::int32_t>(i) + 1;
        rows[i].place = place;
    }
}

}  // namespace

std::vector<UnitFigures> rank_units(const std::vector<TaskRecord>& tasks,
                                    const RankingPeriod& period, Date today) {
    std::vector<UnitFigures> rows;
    for (const TaskRecord& task : tasks) count_task(rows, task, period, today);
    sort_best_first(rows);
    return rows;
}

}  // namespace duban
