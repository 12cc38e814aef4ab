#include <utility>

#include "domain/base/event_kind.ipp"
#include "domain/issuing/issuing_events.h"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

template <class Requested>
void put_issuing(TaskEvolution& task, Issuing& issuing, std::uint32_t no, const Requested& event,
                 const Stamp& stamp) {
    add_revision(issuing, Revision{no, event.revision_digest, stamp.actor, stamp.time});
    issuing.content = event.content;
    task.over.issuings.push_back({issuing.no, issuing.newest, issuing.content});
}

}  // namespace

static void apply(TaskEvolution& task, const IssuingRequested& event, const Stamp& stamp) {
    Issuing issuing;
    issuing.no = event.subject.no;
    issuing.unit = event.unit;
    issuing.submitted = stamp.time;
    put_issuing(task, issuing, 1, event, stamp);
    task.issuings.push_back(std::move(issuing));
}

static void apply(TaskEvolution& task, const IssuingRevised& event, const Stamp& stamp) {
    auto* issuing = change_no(task.issuings, event.subject.no);
    if (issuing == nullptr) return;
    issuing->state = ReportState::in_approval;
    put_issuing(task, *issuing, event.revision, event, stamp);
}

static void apply(TaskState& task, const IssuingRepeated& event, const Stamp&) {
    if (auto* issuing = change_no(task.issuings, event.subject.no)) {
        issuing->state = ReportState::in_approval;
    }
}

DUBAN_ISSUING_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
