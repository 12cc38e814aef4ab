#include "domain/amendment/amendment_change.h"

#include <string>
#include <utility>

#include "domain/approval/subject.h"
#include "domain/base/working_days.h"
#include "domain/task/guards.h"
#include "domain/task/mandate_changes.h"

namespace duban {
namespace {

Status check_not_moved_on(const TaskState& task, const SubjectId& id, const Amendment& amendment) {
    const auto moved = moved_on(*task.mandate, amendment.from, amendment.content.changes);
    if (moved.empty()) return {};
    return refuse("mandate_changed",
                  "The task's mandate was changed after " + to_string(id) + " was asked for (" +
                      moved +
                      "), and this would undo that; return it to be asked for in view of what "
                      "stands, or reject it.",
                  "changes");
}

// The day of before with the days of the holds since, which would have moved it too.
MandateChanges restored_from(const TaskState& task, const AppliedChanges& applied) {
    auto from = applied.from;
    const auto due = working_due(task);
    if (from.due && applied.to.due && due) {
        from.due = add_days(*from.due, due->days - applied.to.due->days);
    }
    return from;
}

}  // namespace

Result<std::optional<AmendmentApplied>> amendment_applied(const TaskState& task,
                                                          const Amendment& amendment,
                                                          const Facts& facts) {
    std::optional<AmendmentApplied> applied;
    auto next = changed(*task.mandate, amendment.content.changes);
    if (next == *task.mandate) return applied;
    const auto id = subject_id(task.id, SubjectKind::amendment, amendment.no);
    auto checked = check_not_moved_on(task, id, amendment)
                       .and_then([&] { return check_borne(task, next, id); })
                       .and_then([&] { return check_next(task, next, "changes.", facts); });
    if (!checked) return refusal(checked);
    const auto sign_by = sign_by_of_joining(task, next, today_of(facts));
    applied = AmendmentApplied{id, std::move(next), sign_by};
    return applied;
}

Result<std::optional<AmendmentUndone>> amendment_undone(const TaskState& task,
                                                        const Amendment& amendment,
                                                        const Facts& facts) {
    std::optional<AmendmentUndone> undone;
    if (!amendment.applied) return undone;
    const auto& to = amendment.applied->to;
    auto before = put_back(*task.mandate, restored_from(task, *amendment.applied), to);
    if (before == *task.mandate) return undone;
    const auto id = subject_id(task.id, SubjectKind::amendment, amendment.no);
    auto checked = require_running(task, "put its mandate back")
                       .and_then([&] { return check_borne(task, before, id); })
                       .and_then([&] { return check_form(task, before, "", facts); });
    if (!checked) return refusal(checked);
    const auto sign_by = sign_by_of_joining(task, before, today_of(facts));
    undone = AmendmentUndone{id, std::move(before), sign_by};
    return undone;
}

std::int32_t workdays_asked(const TaskState& task, const Amendment& amendment) {
    const auto& asked = amendment.content.changes.due;
    const auto due = working_due(task);
    return asked && due ? working_days_between(*due, *asked) : 0;
}

}  // namespace duban
