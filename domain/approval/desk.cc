#include "domain/approval/desk.h"

#include <algorithm>

#include "domain/approval/seats.h"

namespace duban {
namespace {

// Filling is for seats, and who has approved is asked no more.
bool may_stand_on_desk(const ApprovalNode& run, const Slot& slot) {
    return run.state == NodeState::open && !run.fill && is_undecided(slot.state) &&
           slot.state != SlotState::passing;
}

}  // namespace

std::set<PersonId> desk_persons(const Approval& approval) {
    std::set<PersonId> persons;
    if (!is_open(approval)) return persons;
    for (const ApprovalNode& run : approval.nodes) {
        for (const Slot& slot : run.slots) {
            if (!may_stand_on_desk(run, slot)) continue;
            for (const auto& person : {slot.person, slot.bound, slot.delegator, slot.delegate}) {
                if (!person.empty()) persons.insert(person);
            }
        }
    }
    return persons;
}

bool is_on_desk(const TaskState& task, const PersonId& person) {
    return std::ranges::any_of(*task.open_approvals, [&](std::uint32_t no) {
        const auto* approval = find_approval(task, no);
        return approval != nullptr && desk_persons(*approval).contains(person);
    });
}

DeskHold desk_hold(const Slot& kept, const ApprovalNode& run, const PersonId& person,
                   const TaskState& task, const Directory& directory) {
    if (!may_stand_on_desk(run, kept)) return DeskHold::none;
    const Slot slot = slot_today(kept, task, directory);
    if (slot.delegate == person) return DeskHold::lent;
    if (!slot.seat) return slot.person == person ? DeskHold::own : DeskHold::none;
    const PersonId& holder = slot.delegate.empty() ? slot.bound : slot.delegator;
    const bool his =
        holder == person && person != run.except && holds(directory, person, *slot.seat);
    return his ? DeskHold::own : DeskHold::none;
}

}  // namespace duban
