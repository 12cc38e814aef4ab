// Taking back what an approval did when it passed.
#include <algorithm>
#include <optional>
#include <utility>

#include "domain/amendment/amendment_change.h"
#include "domain/approval/effect_events.h"
#include "domain/approval/effects.h"
#include "domain/approval/subject.h"
#include "domain/closing/closing_events.h"

namespace duban {
namespace {

std::optional<DueRestored> due_restored(const TaskState& task, const SubjectId& id) {
    const auto* extension = find_extension(task, id.no);
    if (extension == nullptr || !extension->moved) return std::nullopt;
    const DueMove moved = *extension->moved;
    const auto restored = [&](UnitRole role, Date now) {
        // The holds since then have moved the day; they would have moved the one before too.
        const Date to = add_days(moved.from, now.days - moved.to.days);
        return DueRestored{id, extension->unit, role, now, to};
    };
    const bool tasks = task.mandate->due == moved.to && task.due_set_at == moved.at;
    const auto due = working_due(task);
    if (tasks && due) return restored(UnitRole::lead, *due);
    const auto* part = find_assignment(task, extension->unit);
    if (part == nullptr) return std::nullopt;
    const bool own = part->own_due == moved.to && part->own_due_set_at == moved.at;
    const auto own_due = own_working_due(task, *part);
    if (!own || !own_due) return std::nullopt;
    return restored(UnitRole::co, *own_due);
}

void put_mandate_back(const TaskState& task, const Approval& approval, const Facts& facts,
                      std::vector<Event>& events) {
    const auto* amendment = find_amendment(task, approval.subject.id.no);
    if (amendment == nullptr) return;
    auto undone = amendment_undone(task, *amendment, facts);
    if (!undone) {
        events.push_back(
            noted(ApprovalId{task.id, approval.no}, "not_restored", undone.error().detail));
    } else if (auto& made = *undone) {
        events.push_back(std::move(*made));
    }
}

}  // namespace

std::vector<Event> undo_of(const TaskState& task, const Approval& approval, const Facts& facts) {
    std::vector<Event> events;
    if (approval.parent) return events;
    const auto& id = approval.subject.id;
    switch (approval.subject.kind) {
        case SubjectKind::report: {
            const auto& accepted = *task.accepted;
            const bool counts = std::ranges::any_of(
                accepted, [&](const CellEntry& entry) { return entry.report == id.no; });
            if (counts) events.push_back(ValuesWithdrawn{ReportId{id.task, id.no}});
            break;
        }
        case SubjectKind::extension:
            if (auto restored = due_restored(task, id)) events.push_back(std::move(*restored));
            break;
        case SubjectKind::closing:
            if (task.stage == TaskStage::done && task.closed_by == id.no) {
                events.push_back(TaskReopened{id});
            }
            break;
        case SubjectKind::amendment:
            put_mandate_back(task, approval, facts, events);
            break;
        case SubjectKind::issue:
            break;
    }
    return events;
}

}  // namespace duban
