#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/assignment_events.h"
#include "domain/event_kind.ipp"
#include "domain/task_changes.h"

namespace duban {
namespace {

Assignment* part_of(TaskState& task, const UnitCode& unit) {
    const auto found =
        std::find_if(task.assignments.begin(), task.assignments.end(),
                     [&](const Assignment& assignment) { return assignment.unit == unit; });
    return found == task.assignments.end() ? nullptr : &*found;
}

bool has_open_part(TaskState& task, const UnitCode& unit) {
    const auto* part = part_of(task, unit);
    return part != nullptr && part->state != AssignmentState::released;
}

// A fresh part; of an earlier part of the same unit only the objection stays on view.
Assignment& give_part(TaskState& task, const UnitCode& unit, Timestamp now,
                      std::optional<Date> sign_by) {
    Assignment fresh;
    fresh.unit = unit;
    fresh.given = now;
    fresh.sign_by = sign_by;
    auto* part = part_of(task, unit);
    if (part == nullptr) return task.assignments.emplace_back(std::move(fresh));
    fresh.objection = std::move(part->objection);
    *part = std::move(fresh);
    return *part;
}

bool in_mandate(const Mandate& mandate, const UnitCode& unit) {
    return unit == mandate.lead ||
           std::find(mandate.co.begin(), mandate.co.end(), unit) != mandate.co.end();
}

// The lead, the cooperating units in the mandate's order, then all that are released.
std::vector<Assignment> ordered(std::vector<Assignment> parts, const Mandate& mandate) {
    std::vector<UnitCode> order{mandate.lead};
    order.insert(order.end(), mandate.co.begin(), mandate.co.end());
    std::vector<Assignment> sorted;
    sorted.reserve(parts.size());
    for (const auto& unit : order) {
        const auto part = std::find_if(parts.begin(), parts.end(),
                                       [&](const Assignment& one) { return one.unit == unit; });
        if (part == parts.end()) continue;
        sorted.push_back(std::move(*part));
        parts.erase(part);
    }
    std::move(parts.begin(), parts.end(), std::back_inserter(sorted));
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

void reassign(TaskState& task, Assignment& objected, const AssignmentSettled& event,
              const Stamp& stamp) {
    const std::string duty = objected.duty;
    objected.state = AssignmentState::released;
    replace_mandate(task, with_unit_replaced(task.mandate, event.unit, event.to), event.reason,
                    stamp.time);
    give_part(task, event.to, stamp.time, event.sign_by).duty = duty;
    match_assignments(task, stamp.time, event.sign_by);
}

}  // namespace

void match_assignments(TaskState& task, Timestamp now, std::optional<Date> sign_by) {
    std::vector<UnitCode> wanted = task.mandate.co;
    wanted.push_back(task.mandate.lead);
    for (const auto& unit : wanted) {
        if (!has_open_part(task, unit)) give_part(task, unit, now, sign_by);
    }
    for (auto& assignment : task.assignments) {
        if (!in_mandate(task.mandate, assignment.unit)) {
            assignment.state = AssignmentState::released;
        } else {
            assignment.role = assignment.unit == task.mandate.lead ? UnitRole::lead : UnitRole::co;
        }
    }
    task.assignments = ordered(std::move(task.assignments), task.mandate);
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

static void apply(TaskState& task, const AssignmentSettled& event, const Stamp& stamp) {
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
            replace_mandate(task, with_unit_removed(task.mandate, event.unit), event.reason,
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
