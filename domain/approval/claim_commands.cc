#include <utility>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/seats.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Status check_pool(const TaskState& task, const Standing& standing, const Facts& facts) {
    return require_not_held(task, "take on its approvals")
        .and_then([&] { return check_approval_running(task, *standing.approval); })
        .and_then([&] { return check_slot(task, standing, true, facts); })
        .and_then([&]() -> Status {
            const bool added = standing.slot->pos != SignerPos::none;
            if (standing.run->mode == NodeMode::claim && !added) return {};
            if (added) {
                return refuse("act_not_offered",
                              "Who was added to a slot is asked himself; there is nothing to claim "
                              "or to release, decide at once.");
            }
            return refuse("act_not_offered", name_of(standing.node()) +
                                                 " is not open to a pool; there is nothing to "
                                                 "claim, decide at once.");
        });
}

// Who has claimed the node and may still decide in it, at once or after others whom he asked.
const Slot* claimed(const TaskState& task, const Standing& standing, const Facts& facts) {
    for (const Slot& slot : standing.run->slots) {
        const bool asked = is_undecided(slot.state) && slot.state != SlotState::idle;
        if (slot.bound.empty() || !asked || slot.pos != SignerPos::none) continue;
        if (slot.delegator == slot.bound) return &slot;
        const auto persons = live_holders(slot, standing.run->except, task, facts.directory);
        if (persons == std::vector<PersonId>{slot.bound}) return &slot;
    }
    return nullptr;
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const ClaimSlot& command,
                                   const Facts& facts) {
    const auto standing = require_standing(task, command.approval, command.node, command.slot, true,
                                           "claim the work", facts);
    if (!standing) return refusal(standing);
    if (auto checked = check_pool(task, *standing, facts); !checked) return refusal(checked);
    if (const auto* slot = claimed(task, *standing, facts)) {
        return refuse("already_claimed",
                      "It was claimed by " + name_of(facts.directory, slot->bound) + ".", "node");
    }
    const auto& claimer = standing->on_behalf_of.empty() ? facts.actor : standing->on_behalf_of;
    return decision_of({SlotClaimed{command.approval, standing->address, standing->run->round,
                                    standing->slot->slot, claimer}},
                       standing->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const ReleaseSlot& command,
                                   const Facts& facts) {
    const auto standing = require_standing(task, command.approval, command.node, command.slot,
                                           false, "release the work", facts);
    if (!standing) return refusal(standing);
    if (auto checked = check_pool(task, *standing, facts); !checked) return refusal(checked);
    const auto& claimer = standing->on_behalf_of.empty() ? facts.actor : standing->on_behalf_of;
    if (standing->slot->bound != claimer) {
        return refuse("claim_first", "Nobody has claimed it; there is nothing to release.", "node");
    }
    return decision_of({SlotReleased{command.approval, standing->address, standing->run->round,
                                     standing->slot->slot}},
                       standing->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(ClaimSlot)
DUBAN_DEFINE_COMMAND(ReleaseSlot)

}  // namespace duban
