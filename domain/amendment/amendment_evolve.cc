#include <utility>

#include "domain/amendment/amendment_events.h"
#include "domain/base/event_kind.ipp"
#include "domain/task/mandate_changes.h"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

template <class Requested>
void put_amendment(TaskEvolution& task, Amendment& amendment, std::uint32_t no,
                   const Requested& event, const Stamp& stamp) {
    add_revision(amendment, Revision{no, event.revision_digest, stamp.actor, stamp.time});
    amendment.content = event.content;
    amendment.from = said_by(*task.mandate, event.content.changes);
    task.over.amendments.push_back(
        {amendment.no, amendment.newest, amendment.content, amendment.from});
}

template <class Made>
void put_mandate(TaskEvolution& task, const Made& event, const Stamp& stamp) {
    replace_mandate(task, event.mandate, to_string(event.subject), stamp.time);
    if (task.stage == TaskStage::issued) match_assignments(task, stamp.time, event.sign_by);
}

}  // namespace

static void apply(TaskEvolution& task, const AmendmentRequested& event, const Stamp& stamp) {
    Amendment amendment;
    amendment.no = event.subject.no;
    amendment.unit = event.unit;
    amendment.submitted = stamp.time;
    put_amendment(task, amendment, 1, event, stamp);
    task.amendments.push_back(std::move(amendment));
}

static void apply(TaskEvolution& task, const AmendmentRevised& event, const Stamp& stamp) {
    auto* amendment = change_no(task.amendments, event.subject.no);
    if (amendment == nullptr) return;
    amendment->state = ReportState::in_approval;
    put_amendment(task, *amendment, event.revision, event, stamp);
}

static void apply(TaskState& task, const AmendmentRepeated& event, const Stamp&) {
    if (auto* amendment = change_no(task.amendments, event.subject.no)) {
        amendment->state = ReportState::in_approval;
    }
}

static void apply(TaskEvolution& task, const AmendmentApplied& event, const Stamp& stamp) {
    AppliedChanges applied;
    applied.to = difference(*task.mandate, event.mandate);
    applied.from = said_by(*task.mandate, applied.to);
    if (applied.to.due) applied.from.due = working_due(task);
    applied.at = stamp.time;
    put_mandate(task, event, stamp);
    if (auto* amendment = change_no(task.amendments, event.subject.no)) {
        amendment->applied = std::move(applied);
    }
}

static void apply(TaskEvolution& task, const AmendmentUndone& event, const Stamp& stamp) {
    put_mandate(task, event, stamp);
    if (auto* amendment = change_no(task.amendments, event.subject.no)) amendment->applied.reset();
}

DUBAN_AMENDMENT_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
