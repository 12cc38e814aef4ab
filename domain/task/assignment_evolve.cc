#include <algorithm>
#include <utility>

#include "domain/base/event_kind.ipp"
#include "domain/task/assignment_events.h"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

// To be changed; nullptr when the unit has none.
Assignment* part_of(TaskState& task, const UnitCode& unit) {
    for (std::size_t i = 0; i < task.assignments.size(); ++i) {
        if (task.assignments[i].unit == unit) return &task.assignments.edit(i);
    }
    return nullptr;
}

// A fresh part; of an earlier part of the same unit only the objection stays on view.
void give_part(TaskState& task, const UnitCode& unit, Timestamp now, std::optional<Date> sign_by,
               const std::string& duty = {}) {
    Assignment fresh;
    fresh.unit = unit;
    fresh.given = now;
    fresh.sign_by = sign_by;
    fresh.duty = duty;
    auto* part = part_of(task, unit);
    if (part == nullptr) {
        task.assignments.push_back(std::move(fresh));
    } else {
        fresh.objection = std::move(part->objection);
        *part = std::move(fresh);
    }
}

// The lead, the cooperating units in the mandate's order, then all that are released.
Parts<Assignment> ordered(const Parts<Assignment>& parts, const Mandate& mandate) {
    std::vector<UnitCode> order{mandate.lead};
    order.insert(order.end(), mandate.co.begin(), mandate.co.end());
    Parts<Assignment> sorted;
    for (const auto& unit : order) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].unit == unit) sorted.push_back(parts.part(i));
        }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!takes_part(mandate, parts[i].unit)) sorted.push_back(parts.part(i));
    }
    return sorted;
}

Mandate with_unit_replaced(Mandate mandate, const UnitCode& unit, const UnitCode& to) {
    if (mandate.lead == unit) mandate.lead = to;
    std::replace(mandate.co.begin(), mandate.co.end(), unit, to);
    for (auto& indicator : mandate.indicators) {
        if (indicator.owner == unit) indicator.owner = to;
    }
    return mandate;
}

Mandate with_unit_removed(Mandate mandate, const UnitCode& unit) {
    std::erase(mandate.co, unit);
    for (auto& indicator : mandate.indicators) {
        if (indicator.owner == unit) indicator.owner = UnitCode();
    }
    return mandate;
}

void reassign(TaskEvolution& task, Assignment& objected, const AssignmentSettled& event,
              const Stamp& stamp) {
    const std::string duty = objected.duty;
    objected.state = AssignmentState::released;
    replace_mandate(task, with_unit_replaced(*task.mandate, event.unit, event.to), event.reason,
                    stamp.time);
    give_part(task, event.to, stamp.time, event.sign_by, duty);
    match_assignments(task, stamp.time, event.sign_by);
}

}  // namespace

void match_assignments(TaskState& task, Timestamp now, std::optional<Date> sign_by) {
    const Mandate& mandate = *task.mandate;
    std::vector<UnitCode> wanted = mandate.co;
    wanted.push_back(mandate.lead);
    for (const auto& unit : wanted) {
        if (!has_open_part(task, unit)) give_part(task, unit, now, sign_by);
    }
    for (std::size_t i = 0; i < task.assignments.size(); ++i) {
        Assignment part = task.assignments[i];
        if (!takes_part(mandate, part.unit)) {
            part.state = AssignmentState::released;
        } else {
            part.role = part.unit == mandate.lead ? UnitRole::lead : UnitRole::co;
        }
        if (part != task.assignments[i]) task.assignments.edit(i) = std::move(part);
    }
    task.assignments = ordered(task.assignments, mandate);
}

static void apply(TaskState& task, const AssignmentSigned& event, const Stamp& stamp) {
    auto* part = part_of(task, event.unit);
    if (part == nullptr) return;
    part->state = AssignmentState::signed_;
    part->signed_at = stamp.time;
    part->signed_by = stamp.actor;
}

static void apply(TaskState& task, const AssignmentObjected& event, const Stamp&) {
    auto* part = part_of(task, event.unit);
    if (part == nullptr) return;
    part->state = AssignmentState::objected;
    part->objection = event.reason;
}

static void apply(TaskEvolution& task, const AssignmentSettled& event, const Stamp& stamp) {
    auto* part = part_of(task, event.unit);
    if (part == nullptr) return;
    switch (event.outcome) {
        case Settlement::confirm:
            part->state = AssignmentState::waiting;
            part->sign_by = event.sign_by;
            part->sign_in_urged = false;
            break;
        case Settlement::reassign:
            reassign(task, *part, event, stamp);
            break;
        case Settlement::release:
            part->state = AssignmentState::released;
            replace_mandate(task, with_unit_removed(*task.mandate, event.unit), event.reason,
                            stamp.time);
            match_assignments(task, stamp.time, event.sign_by);
            break;
    }
}

static void apply(TaskState& task, const HandlerAssigned& event, const Stamp&) {
    auto* part = part_of(task, event.unit);
    if (part == nullptr) return;
    part->handler = event.handler;
    part->state = AssignmentState::working;
}

static void apply(TaskState& task, const AssignmentBrokenDown& event, const Stamp&) {
    auto* part = part_of(task, event.unit);
    if (part == nullptr) return;
    part->parts = event.parts;
    part->state = AssignmentState::working;
}

DUBAN_ASSIGNMENT_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
