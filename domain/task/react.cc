#include "domain/task/react.h"

#include <algorithm>
#include <iterator>

#include "domain/approval/time_commands.h"
#include "domain/base/layout.h"
#include "domain/task/task.h"
#include "domain/task/task_commands.h"

namespace duban {
namespace {

// Both are sorted, as timers_of makes them.
std::vector<Timer> missing_from(const std::vector<Timer>& those, const std::vector<Timer>& these) {
    std::vector<Timer> missing;
    std::set_difference(these.begin(), these.end(), those.begin(), those.end(),
                        std::back_inserter(missing));
    return missing;
}

void add_rounds(const TaskId& task, const Approval& approval, std::vector<Timer>& timers) {
    if (!is_asking(approval)) return;
    for (const ApprovalNode& node : approval.nodes) {
        if (node.state != NodeState::open || !node.due) continue;
        const auto next = next_moment(*node.due);
        if (!next) continue;
        timers.push_back(
            Timer{task, TimerKind::round, {}, *next, approval.no, node.node, node.round});
    }
}

}  // namespace

std::vector<Timer> timers_of(const TaskState& task) {
    std::vector<Timer> timers;
    if (!goes_on_in_approvals(task)) return timers;
    for (const Assignment& assignment : task.assignments) {
        const bool waits = assignment.state == AssignmentState::waiting && assignment.sign_by;
        if (task.stage != TaskStage::issued || !waits || assignment.sign_in_urged) continue;
        timers.push_back(Timer{task.id, TimerKind::sign_in, assignment.unit,
                               end_of_office_day(*assignment.sign_by)});
    }
    for (const std::uint32_t no : *task.open_approvals) {
        const auto* approval = find_approval(task, no);
        if (approval != nullptr) add_rounds(task.id, *approval, timers);
    }
    std::sort(timers.begin(), timers.end());
    return timers;
}

std::string name_of(const Timer& timer) {
    std::string name(enum_name(timer.kind));
    if (timer.kind == TimerKind::sign_in) return name + " " + timer.unit.value;
    return name + " a" + std::to_string(timer.approval) + " " + timer.node + " " +
           std::to_string(timer.round);
}

Command command_of(const Timer& timer) {
    switch (timer.kind) {
        case TimerKind::sign_in:
            // It is armed for the first moment after the last day for signing in.
            return UrgeUnsigned{timer.task, timer.unit, office_date(Timestamp{timer.at.ms - 1})};
        case TimerKind::round:
            return KeepTime{ApprovalId{timer.task, timer.approval}, timer.node, timer.round,
                            timer.at};
    }
    assertion_failed("a timer is of a known kind", __FILE__, __LINE__);
}

std::vector<Action> react(const TaskState& before, const Event& /*event*/, const TaskState& after) {
    const auto old_timers = timers_of(before);
    const auto new_timers = timers_of(after);
    std::vector<Action> actions;
    for (const Timer& timer : missing_from(new_timers, old_timers)) {
        actions.emplace_back(DisarmTimer{timer});
    }
    for (const Timer& timer : missing_from(old_timers, new_timers)) {
        actions.emplace_back(ArmTimer{timer});
    }
    return actions;
}

}  // namespace duban
