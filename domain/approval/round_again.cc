// Rounds that are opened anew: as they were interrupted, or from an earlier slot on.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/approval/due.h"
#include "domain/approval/round_parts.h"
#include "domain/approval/rounds.h"
#include "domain/approval/signers.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// Whose unit left the task: it is not asked again, and counts no longer.
bool has_left(const Slot& slot) {
    return slot.state == SlotState::cancelled && slot.reason == SkipReason::left;
}

bool is_decision(SlotState state) {
    return state == SlotState::approved || state == SlotState::rejected || state == SlotState::kept;
}

// Who is asked, without what he said.
Slot asked_again(const Slot& old) {
    Slot slot;
    slot.slot = old.slot;
    slot.seat = old.seat;
    slot.person = old.person;
    slot.unit = old.unit;
    slot.bound = old.bound;
    slot.weight = old.weight;
    slot.veto = old.veto;
    slot.superior = old.superior;
    slot.parent = old.parent;
    slot.pos = old.pos;
    slot.set = old.set;
    slot.set_mode = old.set_mode;
    slot.added_by = old.added_by;
    slot.reassigned = old.reassigned;
    slot.delegation = old.delegation;
    slot.taken_back = old.taken_back;
    slot.escalated = old.escalated;
    slot.stuck_at = old.stuck_at;
    return slot;
}

// Time was up for the slot, and that counts, or somebody else was asked for it. One whose round
// time sent back is asked again.
bool stays_silent(const ApprovalNode& run, const Slot& slot) {
    if (slot.state == SlotState::deemed) return true;
    return slot.state == SlotState::timed_out &&
           (slot.said != Said::nothing || std::ranges::any_of(run.slots, &Slot::escalated));
}

// Going back in turn: from which slot on everybody is asked anew.
class InTurnAgain {
public:
    InTurnAgain(Walk& walk, const Spot& spot, const Slot& target)
        : walk_(walk), spot_(spot), run_(*walk.run(spot)), target_(target) {
        const Slot* up = &target;
        while (up != nullptr && up->pos != SignerPos::none) {
            up = find_slot(run_, up->parent);
            if (up != nullptr) above_.insert(up->slot);
        }
    }

    std::vector<Slot> slots() {
        ApprovalNode again;
        again.mode = run_.mode;
        for (const Slot& old : run_.slots) {
            if (is_dropped(old)) {
                dropped_.insert(old.slot);
                continue;
            }
            Slot slot = asked_again(old);
            slot.bound = {};
            put_state(slot, old);
            if (later_ && !is_beside(old)) dropped_.insert(old.slot);
            again.slots.push_back(std::move(slot));
        }
        put_sets_in_order(again);
        return std::move(again.slots);
    }

private:
    // Among those that come one after the other with the target.
    [[nodiscard]] bool is_beside(const Slot& old) const {
        const bool same =
            old.pos == target_.pos && old.parent == target_.parent && old.set == target_.set;
        return old.pos != SignerPos::none && !same;
    }

    // Everybody from the slot on is asked anew and has the time for it, and signers were added to
    // the round of the slot beside which they stand.
    [[nodiscard]] bool is_dropped(const Slot& old) const {
        if (old.slot == target_.slot || above_.contains(old.slot)) return false;
        if (old.escalated || old.superior) return true;
        const bool gone = old.pos != SignerPos::none && dropped_.contains(old.parent);
        return gone || (is_beside(old) && !is_decision(old.state));
    }

    void put_state(Slot& slot, const Slot& old) {
        if (old.slot == target_.slot) {
            later_ = true;
            slot.state = SlotState::open;
            if (slot.escalated) {
                slot.stuck_at = stuck_from(walk_, walk_.node(spot_).due.value_or(DueRule{}));
            }
            if (slot.seat) slot.bound = old.on_behalf_of.empty() ? old.by : old.on_behalf_of;
            return;
        }
        const bool stays = has_left(old) || old.state == SlotState::transferred ||
                           (old.state == SlotState::skipped && old.reason != SkipReason::dedupe);
        if (stays) {
            slot.state = old.state;
            slot.reason = old.reason;
        } else if (later_ && !is_beside(old)) {
            slot.state = SlotState::idle;
        } else if (is_decision(old.state)) {
            slot.state = SlotState::kept;
        } else if (above_.contains(old.slot)) {
            // Who waits for signers has not decided, or has approved and waits for those after him.
            slot.state = old.by.empty() ? SlotState::open : SlotState::passing;
        } else {
            slot.state = old.state;
            slot.reason = old.reason;
            slot.said = old.said;
            slot.at = old.at;
        }
    }

    Walk& walk_;
    const Spot& spot_;
    const ApprovalNode run_;  // as it was
    const Slot target_;
    std::set<std::string> above_;  // beside whom the target stands
    std::set<std::string> dropped_;
    bool later_ = false;
};

}  // namespace

// As the round was that was interrupted by the return: what was decided stands, who returned is
// asked again, in person, and with him whoever had not spoken.
Result<std::vector<Slot>> interrupted_slots(Walk& walk, const Spot& spot, const std::string& asked,
                                            const PersonId& person) {
    const auto* run = walk.run(spot);
    DUBAN_ASSERT(run != nullptr);
    ApprovalNode again;
    again.mode = run->mode;
    for (const Slot& old : run->slots) {
        Slot slot = asked_again(old);
        const bool own = old.slot == asked;
        const bool interrupted = old.interrupted || old.state == SlotState::timed_out;
        const bool passing = old.state == SlotState::passing || (interrupted && !old.by.empty());
        const bool was_out = old.state == SlotState::cancelled && !old.interrupted;
        if (was_out) {
            slot.state = old.state;
            slot.reason = old.reason;
        } else if (!own && is_decision(old.state)) {
            slot.state = SlotState::kept;
        } else if (stays_silent(*run, old)) {
            slot.state = old.state;
            slot.said = old.said;
            slot.at = old.at;
        } else if (old.state == SlotState::skipped) {
            skip_slot(slot, old.reason);
        } else if (old.state == SlotState::transferred || old.state == SlotState::dropped) {
            slot.state = old.state;
        } else if (!own && passing) {
            slot.state = SlotState::passing;
        } else if (!own && !old.delegate.empty()) {
            slot.delegator = old.delegator;
            slot.delegate = old.delegate;
            slot.state = SlotState::waiting;
        } else {
            slot.state = SlotState::open;
            if (slot.escalated) {
                slot.stuck_at = stuck_from(walk, walk.node(spot).due.value_or(DueRule{}));
            }
            if (own && slot.seat) slot.bound = person;
            if (auto judged = judge_slot(walk, spot, slot); !judged) return refusal(judged);
        }
        again.slots.push_back(std::move(slot));
    }
    put_sets_in_order(again);
    if (walk.node(spot).mode == NodeMode::seq) put_in_turn(again.slots);
    return std::move(again.slots);
}

Status open_again(Walk& walk, const Spot& spot, const std::string& slot, const PersonId& person) {
    auto slots = interrupted_slots(walk, spot, slot, person);
    if (!slots) return refusal(slots);
    return begin_round(walk, spot, std::move(*slots));
}

Status reopen_in_turn(Walk& walk, const Spot& spot, const std::string& from) {
    const Slot* target = find_slot(*walk.run(spot), from);
    DUBAN_ASSERT(target != nullptr);
    return begin_round(walk, spot, InTurnAgain(walk, spot, *target).slots());
}

}  // namespace duban
