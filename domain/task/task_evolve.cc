#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/base/event_kind.ipp"
#include "domain/task/task_changes.h"
#include "domain/task/task_events.h"

namespace duban {
namespace {

// A hold stops the clocks: the days that it took from the time for signing in are given back. A
// part that was given during the hold has lost only the days since.
void give_back_held_days(TaskState& task, const HoldPeriod& hold, Timestamp resumed) {
    for (std::size_t i = 0; i < task.assignments.size(); ++i) {
        const Assignment& part = task.assignments[i];
        if (part.state != AssignmentState::waiting || !part.sign_by) continue;
        const Date stopped = office_date(std::max(hold.from, part.given));
        const int days = office_date(resumed).days - stopped.days;
        const Date sign_by = add_days(*part.sign_by, std::max(days, 0));
        if (days > 0) task.assignments.edit(i).sign_by = sign_by;
    }
}

}  // namespace

TaskState evolve(TaskState state, const Event& event, const Stamp& stamp, TaskHistory& history) {
    if (!event.of(EventFamily::task)) return state;
    TaskEvolution task{std::move(state), {}};
    event.kind().apply(&task, event.payload(), stamp);
    ++task.version;
    task.changed = stamp.time;
    const auto append = [](auto& list, auto& added) {
        list.insert(list.end(), std::make_move_iterator(added.begin()),
                    std::make_move_iterator(added.end()));
    };
    append(history.revisions, task.over.revisions);
    append(history.rounds, task.over.rounds);
    append(history.mandates, task.over.mandates);
    append(history.comments, task.over.comments);
    append(history.extensions, task.over.extensions);
    append(history.closings, task.over.closings);
    append(history.corrections, task.over.corrections);
    append(history.amendments, task.over.amendments);
    append(history.issuings, task.over.issuings);
    return std::move(static_cast<TaskState&>(task));
}

TaskState evolve(TaskState state, const Event& event, const Stamp& stamp) {
    TaskHistory unread;
    return evolve(std::move(state), event, stamp, unread);
}

void replace_mandate(TaskEvolution& task, Mandate mandate, const std::string& reason,
                     Timestamp now) {
    if (mandate.due != task.mandate->due) task.due_set_at = now;
    task.over.mandates.push_back(PastMandate{++task.amended, *task.mandate, now, reason});
    task.mandate = std::move(mandate);
}

static void apply(TaskState& task, const TaskRegistered& event, const Stamp& stamp) {
    task.id = event.task;
    task.stage = TaskStage::pending;
    task.mandate = event.mandate;
    task.returned_reason.clear();
    task.registered_at = stamp.time;
    task.due_set_at = stamp.time;
    task.registered_by = stamp.actor;
}

static void apply(TaskState& task, const TaskApproved&, const Stamp&) {
    task.stage = TaskStage::established;
}

static void apply(TaskState& task, const TaskReturned& event, const Stamp&) {
    task.stage = TaskStage::draft;
    task.returned_reason = event.reason;
}

static void apply(TaskState& task, const TaskIssued& event, const Stamp& stamp) {
    task.stage = TaskStage::issued;
    task.issued_at = stamp.time;
    task.due_set_at = stamp.time;
    Mandate& mandate = task.mandate.edit();
    mandate.due = event.due;
    mandate.report_period = event.report_period;
    task.key = event.key;
    task.routes = event.routes;
    task.assignments.clear();
    for (const auto& part : event.parts) {
        Assignment assignment;
        assignment.unit = part.unit;
        assignment.role = part.role;
        assignment.duty = part.duty;
        assignment.given = stamp.time;
        assignment.sign_by = event.sign_by;
        task.assignments.push_back(std::move(assignment));
    }
}

static void apply(TaskEvolution& task, const TaskAmended& event, const Stamp& stamp) {
    replace_mandate(task, event.mandate, event.reason, stamp.time);
    if (event.routes) task.routes = *event.routes;
    if (task.stage == TaskStage::issued) match_assignments(task, stamp.time, event.sign_by);
}

static void apply(TaskState& task, const TaskHeld& event, const Stamp& stamp) {
    task.holds.push_back(HoldPeriod{stamp.time, std::nullopt, event.reason});
    stop_clocks(task, stamp.time);
}

static void apply(TaskState& task, const TaskResumed&, const Stamp& stamp) {
    if (!is_held(task)) return;
    task.holds.edit(task.holds.size() - 1).until = stamp.time;
    give_back_held_days(task, task.holds.back(), stamp.time);
    start_clocks(task);
}

static void apply(TaskState& task, const TaskUrged& event, const Stamp& stamp) {
    task.urges.push_back(Urge{event.level, event.units, event.text, stamp.actor, stamp.time});
    if (stamp.actor.value != system_actor) return;
    for (std::size_t i = 0; i < task.assignments.size(); ++i) {
        const Assignment& part = task.assignments[i];
        const bool urged =
            std::find(event.units.begin(), event.units.end(), part.unit) != event.units.end();
        if (urged && part.state == AssignmentState::waiting) {
            task.assignments.edit(i).sign_in_urged = true;
        }
    }
}

DUBAN_TASK_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
