#include <algorithm>
#include <utility>

#include "domain/base/event_kind.ipp"
#include "domain/extension/extension_events.h"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

Extension* extension_in(TaskState& task, const SubjectId& id) {
    return change_no(task.extensions, id.no);
}

template <class Requested>
void request(TaskEvolution& task, Extension& extension, std::uint32_t no, const Requested& event,
             const Stamp& stamp) {
    add_revision(extension, Revision{no, event.revision_digest, stamp.actor, stamp.time});
    extension.content = event.content;
    task.over.extensions.push_back({extension.no, extension.newest, extension.content});
}

Assignment* part_in(TaskState& task, const UnitCode& unit) {
    for (std::size_t i = 0; i < task.assignments.size(); ++i) {
        if (task.assignments[i].unit == unit) return &task.assignments.edit(i);
    }
    return nullptr;
}

}  // namespace

void move_due(TaskEvolution& task, const SubjectId& extension, const UnitCode& unit, UnitRole role,
              Date due, Timestamp now) {
    if (role == UnitRole::lead) {
        Mandate mandate = *task.mandate;
        mandate.due = due;
        replace_mandate(task, std::move(mandate), to_string(extension), now);
        // A day that was ordered long ago may be the same that holds had made of an earlier one.
        task.due_set_at = now;
    } else if (auto* part = part_in(task, unit)) {
        part->own_due = due;
        part->own_due_set_at = now;
    }
}

static void apply(TaskEvolution& task, const ExtensionRequested& event, const Stamp& stamp) {
    Extension extension;
    extension.no = event.subject.no;
    extension.unit = event.unit;
    extension.submitted = stamp.time;
    request(task, extension, 1, event, stamp);
    task.extensions.push_back(std::move(extension));
}

static void apply(TaskEvolution& task, const ExtensionRevised& event, const Stamp& stamp) {
    auto* extension = extension_in(task, event.subject);
    if (extension == nullptr) return;
    extension->state = ReportState::in_approval;
    request(task, *extension, event.revision, event, stamp);
}

static void apply(TaskState& task, const ExtensionRepeated& event, const Stamp&) {
    if (auto* extension = extension_in(task, event.subject)) {
        extension->state = ReportState::in_approval;
    }
}

static void apply(TaskEvolution& task, const DueMoved& event, const Stamp& stamp) {
    move_due(task, event.subject, event.unit, event.role, event.to, stamp.time);
    if (auto* extension = extension_in(task, event.subject)) {
        extension->moved = DueMove{event.from, event.to, stamp.time};
    }
}

DUBAN_EXTENSION_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
