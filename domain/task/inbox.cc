#include "domain/task/inbox.h"

#include <algorithm>
#include <tuple>

#include "domain/directory/access.h"
#include "domain/report/report_period.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Seat office_seat(Post post) {
    return Seat{UnitCode(office_unit), post};
}

Duty task_duty(DutyKind kind, const TaskState& task, std::vector<Seat> seats) {
    Duty duty;
    duty.kind = kind;
    duty.seats = std::move(seats);
    duty.unit = task.mandate->lead;
    duty.since = task.registered_at;
    return duty;
}

Duty unit_duty(DutyKind kind, const Assignment& assignment, std::vector<Seat> seats) {
    Duty duty;
    duty.kind = kind;
    duty.seats = std::move(seats);
    duty.unit = assignment.unit;
    duty.since = assignment.signed_at.value_or(assignment.given);
    return duty;
}

void add_assignment_duties(const TaskState& task, const Assignment& assignment,
                           std::vector<Duty>& duties) {
    const UnitCode& unit = assignment.unit;
    switch (assignment.state) {
        case AssignmentState::waiting:
            duties.push_back(unit_duty(DutyKind::sign_in, assignment, {Seat{unit, Post::clerk}}));
            return;
        case AssignmentState::objected:
            duties.push_back(unit_duty(DutyKind::settle_objection, assignment, {settler_of(task)}));
            return;
        case AssignmentState::signed_:
            if (!assignment.handler.empty()) return;
            duties.push_back(unit_duty(DutyKind::assign, assignment,
                                       {Seat{unit, Post::section}, Seat{unit, Post::head}}));
            return;
        case AssignmentState::working:
        case AssignmentState::released:
            return;
    }
}

bool has_report(const TaskState& task, const UnitCode& unit, bool open) {
    return std::any_of(task.reports.begin(), task.reports.end(), [&](const Report& report) {
        const bool counts = is_open(report) || (!open && report.state == ReportState::accepted);
        return report.unit == unit && counts;
    });
}

// The lead reports once, and then for every period that has no report yet.
void add_report_duty(const TaskState& task, const Assignment& lead, std::vector<Duty>& duties) {
    const bool at_work =
        lead.state == AssignmentState::signed_ || lead.state == AssignmentState::working;
    if (!at_work || has_report(task, lead.unit, true)) return;
    // No hold is open here, and only an open hold would ask for the present day.
    const auto period = next_report_period(task, Date{});
    if (!period && has_report(task, lead.unit, false)) return;
    Duty duty = unit_duty(DutyKind::report, lead, {Seat{lead.unit, Post::clerk}});
    duty.person = lead.handler;
    if (period) duty.since = std::max(duty.since, end_of_office_day(add_days(period->first, -1)));
    duties.push_back(std::move(duty));
}

void add_issued_duties(const TaskState& task, std::vector<Duty>& duties) {
    for (const Assignment& assignment : task.assignments) {
        add_assignment_duties(task, assignment, duties);
        const bool leads = assignment.role == UnitRole::lead;
        if (leads) add_report_duty(task, assignment, duties);
    }
}

// Whose seats may be handed on to whoever sees the approval.
bool is_outside_units(const UnitCode& unit) {
    return unit.value == office_unit || unit.value == zone_unit || unit.value == audit_unit;
}

Duty slot_duty(const Approval& approval, const ApprovalNode& node, const Slot& slot) {
    Duty duty;
    const bool pool = is_pooled(node, slot);
    duty.kind = node.fill ? DutyKind::revise : pool ? DutyKind::claim : DutyKind::decide;
    if (slot.seat) duty.seats = {*slot.seat};
    duty.person = slot.seat ? slot.bound : slot.person;
    duty.unit = approval.subject.unit;
    duty.home = slot.unit;
    if (!slot.delegate.empty()) {
        duty.kind = DutyKind::resolve;
        duty.back = slot.person;
        duty.person = slot.delegate;
        if (slot.seat && !is_outside_units(slot.seat->unit)) duty.home = slot.seat->unit;
    }
    duty.except = node.except;
    duty.subject = approval.subject.id;
    duty.approval = approval.no;
    duty.node = node.node;
    duty.slot = slot.slot;
    duty.round = node.round;
    duty.since = node.opened;
    return duty;
}

void sort_duties(std::vector<Duty>& duties) {
    std::sort(duties.begin(), duties.end(), [](const Duty& a, const Duty& b) {
        return std::tie(a.kind, a.unit, a.subject, a.approval, a.node, a.slot) <
               std::tie(b.kind, b.unit, b.subject, b.approval, b.node, b.slot);
    });
}

}  // namespace

std::vector<Duty> task_duties(const TaskState& task) {
    std::vector<Duty> duties;
    if (is_held(task)) return duties;
    switch (task.stage) {
        case TaskStage::absent:
        case TaskStage::draft:
        case TaskStage::done:
            break;
        case TaskStage::pending:
            duties.push_back(task_duty(DutyKind::approve_registration, task, {settler_of(task)}));
            break;
        case TaskStage::established:
            if (open_issuing(task) != nullptr) break;
            duties.push_back(task_duty(DutyKind::issue, task,
                                       {office_seat(Post::clerk), office_seat(Post::head)}));
            break;
        case TaskStage::issued:
            add_issued_duties(task, duties);
            break;
    }
    return duties;
}

std::vector<Duty> approval_duties(const Approval& approval) {
    std::vector<Duty> duties;
    if (!is_asking(approval)) return duties;
    for (const ApprovalNode& node : approval.nodes) {
        for (Duty& duty : node_duties(approval, node)) duties.push_back(std::move(duty));
    }
    return duties;
}

std::vector<Duty> node_duties(const Approval& approval, const ApprovalNode& node) {
    std::vector<Duty> duties;
    if (node.state != NodeState::open) return duties;
    for (const Slot& slot : node.slots) {
        const bool delegated = slot.state == SlotState::waiting && !slot.delegate.empty();
        if (slot.state == SlotState::open || delegated) {
            duties.push_back(slot_duty(approval, node, slot));
        }
    }
    return duties;
}

std::vector<Duty> open_duties(const TaskState& task) {
    std::vector<Duty> duties = task_duties(task);
    if (goes_on_in_approvals(task)) {
        for (const Approval& approval : task.approvals) {
            for (Duty& duty : approval_duties(approval)) duties.push_back(std::move(duty));
        }
    }
    sort_duties(duties);
    return duties;
}

bool is_with_person(const Duty& duty, const Directory& directory) {
    if (duty.person.empty() || duty.person == duty.except) return false;
    const bool of_approval = duty.approval != 0;
    if (!of_approval) return works_in(directory, duty.person, duty.unit);
    const bool of_seat = !duty.seats.empty() && duty.kind != DutyKind::resolve;
    if (of_seat) return holds(directory, duty.person, duty.seats.front());
    return may_be_asked(directory, duty.person) &&
           (duty.home.empty() || works_in(directory, duty.person, duty.home));
}

bool is_vacant(const Duty& duty, const Directory& directory) {
    if (is_with_person(duty, directory)) return false;
    const Person* back = find_person(directory, duty.back);
    if (back != nullptr && back->active) return false;
    return std::ranges::none_of(duty.seats, [&](const Seat& seat) {
        const auto persons = holders(directory, seat);
        return std::ranges::any_of(persons,
                                   [&](const PersonId& person) { return person != duty.except; });
    });
}

}  // namespace duban
