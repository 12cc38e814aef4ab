#include <algorithm>
#include <utility>

#include "domain/base/event_kind.ipp"
#include "domain/report/report_events.h"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

void drop_draft(TaskState& task, const UnitCode& unit) {
    for (std::size_t i = 0; i < task.drafts.size(); ++i) {
        if (task.drafts[i].unit == unit) return task.drafts.erase(i);
    }
}

// Makes the revision the newest one.
template <class Submitted>
void submit(TaskEvolution& task, Report& report, std::uint32_t no, const Submitted& event,
            const Stamp& stamp) {
    add_revision(report, Revision{no, event.revision_digest, stamp.actor, stamp.time});
    report.content = event.content;
    report.period = event.content.period;
    task.over.revisions.push_back({report.no, report.newest, report.content});
}

}  // namespace

Report* report_in(TaskState& task, std::uint32_t no) {
    for (std::size_t i = 0; i < task.reports.size(); ++i) {
        if (task.reports[i].no == no) return &task.reports.edit(i);
    }
    return nullptr;
}

void close_report(TaskState& task, std::uint32_t no, ReportState state) {
    auto* report = report_in(task, no);
    if (report == nullptr) return;
    report->state = state;
    report->content = {};
}

static void apply(TaskState& task, const ReportDrafted& event, const Stamp& stamp) {
    drop_draft(task, event.unit);
    std::size_t before = 0;
    while (before < task.drafts.size() && task.drafts[before].unit < event.unit) ++before;
    task.drafts.insert(before, Draft{event.unit, stamp.actor, stamp.time, event.content});
}

static void apply(TaskEvolution& task, const ReportSubmitted& event, const Stamp& stamp) {
    drop_draft(task, event.unit);
    Report report;
    report.no = event.report.no;
    report.unit = event.unit;
    report.submitted = stamp.time;
    submit(task, report, 1, event, stamp);
    task.reports.push_back(std::move(report));
}

static void apply(TaskEvolution& task, const ReportRevised& event, const Stamp& stamp) {
    drop_draft(task, event.unit);
    auto* report = report_in(task, event.report.no);
    if (report == nullptr) return;
    report->state = ReportState::in_approval;
    submit(task, *report, event.revision, event, stamp);
}

static void apply(TaskState& task, const ReportRepeated& event, const Stamp&) {
    drop_draft(task, event.unit);
    if (auto* report = report_in(task, event.report.no)) report->state = ReportState::in_approval;
}

static void apply(TaskState& task, const ReportAccepted& event, const Stamp&) {
    close_report(task, event.report.no, ReportState::accepted);
    if (event.values.empty()) return;
    auto& accepted = task.accepted.edit();
    accepted.insert(accepted.end(), event.values.begin(), event.values.end());
}

static void apply(TaskState& task, const ReportRejected& event, const Stamp&) {
    close_report(task, event.report.no, ReportState::rejected);
}

static void apply(TaskEvolution& task, const ValueCorrected& event, const Stamp& stamp) {
    const auto is_meant = [&](const CellEntry& entry) {
        return entry.report == event.report.no && entry.period == event.period &&
               entry.value.indicator == event.to.indicator && entry.value.member == event.to.member;
    };
    const auto& accepted = *task.accepted;
    const auto found = std::ranges::find_if(accepted, is_meant);
    if (found == accepted.end()) return;
    const auto at = static_cast<std::size_t>(found - accepted.begin());
    task.accepted.edit()[at].value = event.to;
    task.over.corrections.push_back({++task.corrected, event.report.no, event.revision,
                                     event.period, event.from, event.to, event.reason, stamp.actor,
                                     stamp.on_behalf_of, stamp.time});
}

DUBAN_REPORT_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
