#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/base/event_kind.ipp"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

// To be changed; nullptr when there is none.
Approval* approval_in(TaskState& task, const ApprovalId& id) {
    for (std::size_t i = 0; i < task.approvals.size(); ++i) {
        if (task.approvals[i].no == id.no) return &task.approvals.edit(i);
    }
    return nullptr;
}

// Takes the step off the open ones and keeps how it ended.
void end_step(TaskEvolution& task, Approval& approval, StepRecord record) {
    const auto same_node = [&](const auto& step) { return step.node == record.node; };
    std::erase_if(approval.open, same_node);
    std::erase_if(approval.last, same_node);
    approval.last.push_back(record);
    task.over.rounds.push_back({approval.no, ++approval.ended, std::move(record)});
}

StepRecord record_of(const std::string& node, std::uint32_t round, StepEnd end,
                     const Stamp& stamp) {
    StepRecord record;
    record.node = node;
    record.round = round;
    record.end = end;
    record.person = stamp.actor;
    record.on_behalf_of = stamp.on_behalf_of;
    record.time = stamp.time;
    return record;
}

template <class Decided>
StepRecord record_of(const Decided& event, StepEnd end, const Stamp& stamp) {
    auto record = record_of(event.node, event.round, end, stamp);
    record.opinion = event.opinion;
    record.revision = event.revision;
    record.revision_digest = event.revision_digest;
    return record;
}

}  // namespace

Approval begun_approval(const ApprovalOpened& event, const PersonId& starter) {
    Approval approval;
    approval.no = event.approval.no;
    approval.route = event.route;
    approval.route_version = event.route_version;
    approval.subject = event.subject;
    approval.report = event.report.no;
    approval.unit = event.unit;
    approval.starter = starter;
    approval.revision = event.revision;
    approval.revision_digest = event.revision_digest;
    return approval;
}

static void apply(TaskState& task, const ApprovalOpened& event, const Stamp& stamp) {
    task.approvals.push_back(begun_approval(event, stamp.actor));
    if (auto* report = report_in(task, event.report.no)) report->approval = event.approval.no;
}

static void apply(TaskEvolution& task, const ApprovalResubmitted& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    approval->state = ApprovalState::running;
    approval->revision = event.revision;
    approval->revision_digest = event.revision_digest;
    const auto filled = approval->open;
    for (const auto& step : filled) {
        auto record = record_of(step.node, step.round, StepEnd::approved, stamp);
        record.revision = event.revision;
        record.revision_digest = event.revision_digest;
        end_step(task, *approval, std::move(record));
    }
}

static void apply(TaskState& task, const StepOpened& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    approval->open.push_back(OpenStep{event.node, event.round, event.who, stamp.time, event.do_});
    if (event.do_ != NodeDo::fill) return;
    approval->state = ApprovalState::returned;
    if (auto* report = report_in(task, approval->report)) report->state = ReportState::returned;
}

static void apply(TaskEvolution& task, const StepSkipped& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto record = record_of(event.node, event.round, StepEnd::skipped, stamp);
    record.person = PersonId();
    record.on_behalf_of = PersonId();
    record.revision = approval->revision;
    record.revision_digest = approval->revision_digest;
    end_step(task, *approval, std::move(record));
}

static void apply(TaskEvolution& task, const StepApproved& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval != nullptr) end_step(task, *approval, record_of(event, StepEnd::approved, stamp));
}

static void apply(TaskEvolution& task, const StepRejected& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval != nullptr) end_step(task, *approval, record_of(event, StepEnd::rejected, stamp));
}

static void apply(TaskEvolution& task, const StepReturned& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto record = record_of(event, StepEnd::returned, stamp);
    record.return_to = event.to;
    end_step(task, *approval, std::move(record));
}

static void apply(TaskState& task, const ApprovalClosed& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    const bool passed = event.result == ApprovalResult::passed;
    approval->state = passed ? ApprovalState::passed : ApprovalState::rejected;
    approval->open.clear();
    close_report(task, approval->report, passed ? ReportState::accepted : ReportState::rejected);
}

DUBAN_APPROVAL_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
