#include <algorithm>
#include <utility>

#include "domain/base/event_kind.ipp"
#include "domain/closing/closing_events.h"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

Closing* closing_in(TaskState& task, const SubjectId& id) {
    return change_no(task.closings, id.no);
}

template <class Requested>
void put_closing(TaskEvolution& task, Closing& closing, std::uint32_t no, const Requested& event,
                 const Stamp& stamp) {
    add_revision(closing, Revision{no, event.revision_digest, stamp.actor, stamp.time});
    closing.content = event.content;
    task.over.closings.push_back({closing.no, closing.newest, closing.content});
}

}  // namespace

static void apply(TaskEvolution& task, const ClosingRequested& event, const Stamp& stamp) {
    Closing closing;
    closing.no = event.subject.no;
    closing.unit = event.unit;
    closing.submitted = stamp.time;
    put_closing(task, closing, 1, event, stamp);
    task.closings.push_back(std::move(closing));
}

static void apply(TaskEvolution& task, const ClosingRevised& event, const Stamp& stamp) {
    auto* closing = closing_in(task, event.subject);
    if (closing == nullptr) return;
    closing->state = ReportState::in_approval;
    put_closing(task, *closing, event.revision, event, stamp);
}

static void apply(TaskState& task, const ClosingRepeated& event, const Stamp&) {
    if (auto* closing = closing_in(task, event.subject)) closing->state = ReportState::in_approval;
}

static void apply(TaskState& task, const TaskClosed& event, const Stamp&) {
    task.stage = TaskStage::done;
    task.finished = event.finished;
    task.closed_by = event.subject.no;
}

static void apply(TaskState& task, const TaskReopened&, const Stamp&) {
    if (task.stage != TaskStage::done) return;
    task.stage = TaskStage::issued;
    task.finished.reset();
    task.closed_by = 0;
}

DUBAN_CLOSING_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
