#include <utility>

#include "domain/approval/approval_changes.h"
#include "domain/approval/course_events.h"
#include "domain/base/event_kind.ipp"
#include "domain/report/report.h"
#include "domain/task/task_changes.h"

namespace duban {

static void apply(TaskState&, const ApprovalWithdrawn&, const Stamp&) {}

static void apply(TaskState&, const ApprovalEnded&, const Stamp&) {}

static void apply(TaskState& task, const ApprovalVoided& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr || is_open(*approval)) return;
    approval->state = ApprovalState::voided;
    if (auto* subject = subject_in(task, approval->subject.id)) {
        subject->state = ReportState::voided;
    }
}

static void apply(TaskState& task, const ApprovalJumped& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    approval->stack.clear();
    approval->undos = {};
}

static void apply(TaskState&, const ApprovalUrged&, const Stamp&) {}

static void apply(TaskEvolution& task, const ApprovalCommented& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    ApprovalComment comment;
    comment.by = stamp.actor;
    comment.on_behalf_of = stamp.on_behalf_of;
    comment.text = event.text;
    comment.to = event.to;
    comment.at = stamp.time;
    task.over.comments.push_back({approval->no, ++approval->comments, std::move(comment)});
}

DUBAN_COURSE_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
