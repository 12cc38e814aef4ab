#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/approval/approval_changes.h"
#include "domain/approval/signer_events.h"
#include "domain/approval/signers.h"
#include "domain/base/event_kind.ipp"

namespace duban {
namespace {

const PersonId& holder_in(const Stamp& stamp) {
    return stamp.on_behalf_of.empty() ? stamp.actor : stamp.on_behalf_of;
}

void end_delegation(Slot& slot) {
    slot.state = SlotState::open;
    if (slot.seat) slot.bound = slot.delegator;
    slot.delegator = {};
    slot.delegate = {};
}

// Stands for the other from there on.
Slot replacement(const Slot& old, const SlotTransferred& event, NodeMode mode) {
    Slot slot;
    slot.slot = event.made;
    slot.person = event.to;
    slot.unit = event.unit;
    if (mode == NodeMode::claim) slot.bound = event.to;
    slot.weight = old.weight;
    slot.veto = old.veto;
    slot.superior = old.superior;
    slot.escalated = old.escalated;
    slot.stuck_at = old.stuck_at;
    slot.state = old.delegate.empty() ? old.state : SlotState::open;
    slot.parent = old.parent;
    slot.pos = old.pos;
    slot.set = old.set;
    slot.set_mode = old.set_mode;
    slot.added_by = old.added_by;
    slot.reassigned = event.reassigned;
    return slot;
}

}  // namespace

static void apply(TaskState& task, const SlotTransferred& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = change_node(*approval, event.node, stamp);
    auto* old = slot_in(node, event.slot);
    if (old == nullptr) return;
    Slot made = replacement(*old, event, node.mode);
    old->state = SlotState::transferred;
    old->by = stamp.actor;
    old->on_behalf_of = stamp.on_behalf_of;
    old->opinion = event.opinion;
    old->at = stamp.time;
    old->delegator = {};
    old->delegate = {};
    node.slots.insert(std::next(node.slots.begin(), old - node.slots.data() + 1), std::move(made));
    for (Slot& slot : node.slots) {
        if (slot.pos != SignerPos::none && slot.parent == event.slot) slot.parent = event.made;
    }
}

static void apply(TaskState& task, const SlotDelegated& event, const Stamp& stamp) {
    auto* slot = slot_of(task, event, stamp);
    if (slot == nullptr) return;
    const PersonId& from = event.from.empty() ? holder_in(stamp) : event.from;
    if (slot->delegate.empty()) slot->delegator = from;
    slot->state = SlotState::waiting;
    slot->delegate = event.to;
    slot->delegation.push_back({from, event.to, event.opinion, {}, stamp.time});
}

static void apply(TaskState& task, const SlotResolved& event, const Stamp& stamp) {
    auto* slot = slot_of(task, event, stamp);
    if (slot == nullptr) return;
    if (!slot->delegation.empty()) slot->delegation.back().opinion = event.opinion;
    end_delegation(*slot);
}

static void apply(TaskState& task, const DelegationTakenBack& event, const Stamp& stamp) {
    if (auto* slot = slot_of(task, event, stamp)) end_delegation(*slot);
}

static void apply(TaskState& task, const SignersAdded& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = change_node(*approval, event.node, stamp);
    const auto place = place_after(node.slots, event.slot);
    node.slots.insert(std::next(node.slots.begin(), static_cast<std::ptrdiff_t>(place)),
                      event.signers.begin(), event.signers.end());
    auto* slot = slot_in(node, event.slot);
    if (slot != nullptr && event.pos == SignerPos::before) slot->state = SlotState::waiting;
}

static void apply(TaskState& task, const SignerDropped& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = change_node(*approval, event.node, stamp);
    for (const std::size_t at : added_below(node.slots, event.slot)) {
        if (is_undecided(node.slots[at].state)) node.slots[at].state = SlotState::dropped;
    }
    if (auto* slot = slot_in(node, event.slot)) slot->state = SlotState::dropped;
}

static void apply(TaskState& task, const SlotSettled& event, const Stamp& stamp) {
    if (auto* approval = approval_in(task, event.approval)) {
        note_round(*approval, event.node, stamp);
    }
    auto* slot = slot_of(task, event, stamp);
    if (slot == nullptr) return;
    slot->state = event.state;
    slot->said = event.said;
    if (is_undecided(event.state)) slot->reason = SkipReason::none;
}

static void apply(TaskState& task, const SlotReclaimed& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto* slot = slot_in(change_node(*approval, event.node, stamp), event.slot);
    if (slot == nullptr) return;
    if (!slot->by.empty()) {
        slot->taken_back.push_back(
            {slot->by, slot->on_behalf_of, slot->said, slot->opinion, slot->at, stamp.time});
    }
    if (event.closed) {
        std::erase_if(approval->stack, [&](const PendingReturn& one) {
            return one.from == event.node && one.slot == event.slot;
        });
        return;
    }
    if (slot->seat) slot->bound = slot->on_behalf_of.empty() ? slot->by : slot->on_behalf_of;
    slot->state = SlotState::open;
    slot->said = Said::nothing;
    slot->by = {};
    slot->on_behalf_of = {};
    slot->opinion = {};
    slot->revision = 0;
    slot->at = {};
}

static void apply(TaskState& task, const NodesRestored& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (const ApprovalNode& was : event.nodes) {
        auto& node = change_node(*approval, was.node, stamp);
        const ApprovalNode present = std::exchange(node, was);
        // Rounds are counted once, and only a block goes on in the one that it had.
        node.round = present.round;
        node.taken = present.taken;
        for (Slot& slot : node.slots) {
            const auto* known = find_slot(present, slot.slot);
            const bool more = known != nullptr && known->taken_back.size() > slot.taken_back.size();
            if (more) slot.taken_back = known->taken_back;
        }
        const bool block = !was.branches.empty() || !was.units.empty();
        const bool ended = was.state == NodeState::idle && present.state == NodeState::cancelled;
        if (ended || (was.state == NodeState::open && !block)) node.state = present.state;
    }
    for (const PendingReturn& back : event.stack) {
        // Where it was deferred meanwhile, it waits for what it waited for before.
        std::erase_if(approval->stack,
                      [&](const PendingReturn& one) { return is_same_return(one, back); });
        approval->stack.push_back(back);
    }
}

DUBAN_SIGNER_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
