#include <algorithm>
#include <utility>

#include "domain/approval/effect_events.h"
#include "domain/base/event_kind.ipp"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

Approval* approval_of(TaskState& task, const ApprovalId& id) {
    for (std::size_t i = 0; i < task.approvals.size(); ++i) {
        if (task.approvals[i].no == id.no) return &task.approvals.edit(i);
    }
    return nullptr;
}

}  // namespace

static void apply(TaskState& task, const EffectRecorded& event, const Stamp&) {
    if (auto* approval = approval_of(task, event.approval)) {
        approval->effects.push_back(event.effect);
    }
}

static void apply(TaskState& task, const ApprovalRevoked& event, const Stamp&) {
    auto* approval = approval_of(task, event.approval);
    if (approval == nullptr) return;
    approval->state = ApprovalState::revoked;
    if (!approval->parent) close_subject(task, approval->subject.id, ReportState::revoked);
}

static void apply(TaskState& task, const ValuesWithdrawn& event, const Stamp&) {
    std::erase_if(task.accepted.edit(),
                  [&](const CellEntry& entry) { return entry.report == event.report.no; });
}

static void apply(TaskEvolution& task, const DueRestored& event, const Stamp& stamp) {
    move_due(task, event.subject, event.unit, event.role, event.to, stamp.time);
    for (std::size_t i = 0; i < task.extensions.size(); ++i) {
        if (task.extensions[i].no == event.subject.no) task.extensions.edit(i).moved.reset();
    }
}

DUBAN_EFFECT_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
