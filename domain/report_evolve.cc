#include <algorithm>
#include <utility>

#include "domain/event_kind.ipp"
#include "domain/report_events.h"
#include "domain/task_changes.h"

namespace duban {
namespace {

void drop_draft(TaskState& task, const UnitCode& unit) {
    std::erase_if(task.drafts, [&](const Draft& draft) { return draft.unit == unit; });
}

}  // namespace

Report* report_in(TaskState& task, std::uint32_t no) {
    const auto found = std::find_if(task.reports.begin(), task.reports.end(),
                                    [no](const Report& report) { return report.no == no; });
    return found == task.reports.end() ? nullptr : &*found;
}

static void apply(TaskState& task, const ReportDrafted& event, const Stamp& stamp) {
    drop_draft(task, event.unit);
    task.drafts.push_back(Draft{event.unit, stamp.actor, stamp.time, event.content});
}

static void apply(TaskState& task, const ReportSubmitted& event, const Stamp& stamp) {
    drop_draft(task, event.unit);
    Report report;
    report.no = event.report.no;
    report.unit = event.unit;
    report.revisions.push_back(
        Revision{1, event.revision_digest, stamp.actor, stamp.time, event.content});
    task.reports.push_back(std::move(report));
}

static void apply(TaskState& task, const ReportRevised& event, const Stamp& stamp) {
    drop_draft(task, event.unit);
    auto* report = report_in(task, event.report.no);
    if (report == nullptr) return;
    report->state = ReportState::in_approval;
    report->revisions.push_back(
        Revision{event.revision, event.revision_digest, stamp.actor, stamp.time, event.content});
}

static void apply(TaskState& task, const ReportAccepted& event, const Stamp&) {
    auto* report = report_in(task, event.report.no);
    if (report != nullptr) report->state = ReportState::accepted;
    task.accepted.insert(task.accepted.end(), event.values.begin(), event.values.end());
}

static void apply(TaskState& task, const ReportRejected& event, const Stamp&) {
    auto* report = report_in(task, event.report.no);
    if (report != nullptr) report->state = ReportState::rejected;
}

DUBAN_REPORT_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
