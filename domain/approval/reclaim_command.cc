#include <algorithm>
#include <utility>
#include <vector>

#include "domain/approval/approval_events.h"
#include "domain/approval/rounds.h"
#include "domain/approval/seats.h"
#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "domain/approval/signers.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

tl::unexpected<Error> too_late(const std::string& why) {
    return refuse("too_late", why + " It cannot be taken back any more.");
}

// What the actor may mean: a slot that he delegated, or one that he decided.
struct Own {
    const ApprovalNode* run = nullptr;
    const Slot* slot = nullptr;
    bool delegated = false;
};

bool is_own_decision(const Slot& slot, const PersonId& actor) {
    const bool decided = slot.state == SlotState::approved || slot.state == SlotState::rejected ||
                         slot.state == SlotState::returned || slot.state == SlotState::passing;
    return decided && slot.by == actor;
}

// A decision whose round was opened anew by it: a return within a node in turn.
void add_replaced(const Approval& approval, const ReclaimSlot& command, const PersonId& actor,
                  Own& own) {
    for (const Undo& undo : *approval.undos) {
        const auto image = std::ranges::find(undo.before, undo.node, &ApprovalNode::node);
        const auto* present = find_node(approval, undo.node);
        const bool replaced = present != nullptr && present->round != undo.round;
        if (undo.by != actor || image == undo.before.end() || !replaced) continue;
        const bool meant = (command.node.empty() || command.node == undo.node) &&
                           (command.slot.empty() || command.slot == undo.slot);
        const Slot* slot = find_slot(*image, undo.slot);
        if (meant && slot != nullptr && (own.slot == nullptr || undo.at >= own.slot->at)) {
            own = {&*image, slot, false};
        }
    }
}

bool is_asked_there(const TaskState& task, const Approval& approval, const ReclaimSlot& command,
                    const Facts& facts) {
    return std::any_of(approval.nodes.begin(), approval.nodes.end(), [&](const ApprovalNode& run) {
        if (!command.node.empty() && run.node != command.node) return false;
        return std::ranges::any_of(run.slots, [&](const Slot& slot) {
            const auto persons = slot_holders(slot, run.except, task, facts.directory);
            return std::ranges::find(persons, facts.actor) != persons.end();
        });
    });
}

Result<Own> own_of(const TaskState& task, const Approval& approval, const ReclaimSlot& command,
                   const Facts& facts) {
    Own own;
    for (const ApprovalNode& run : approval.nodes) {
        if (!command.node.empty() && run.node != command.node) continue;
        for (const Slot& slot : run.slots) {
            if (!command.slot.empty() && slot.slot != command.slot) continue;
            const bool open = run.state == NodeState::open;
            const bool delegated = open && !own.delegated && slot.delegator == facts.actor &&
                                   slot.state == SlotState::waiting;
            const bool newer = !own.delegated && is_own_decision(slot, facts.actor) &&
                               (own.slot == nullptr || slot.at >= own.slot->at);
            if (delegated || newer) own = {&run, &slot, delegated};
        }
    }
    if (!own.delegated) add_replaced(approval, command, facts.actor, own);
    if (own.slot != nullptr) return own;
    if (is_asked_there(task, approval, command, facts)) {
        return too_late("No decision of yours stands there.");
    }
    return fail(Errc::forbidden,
                "Only who decided or delegated there may take it back, and that has not been you.");
}

bool is_touched(const ApprovalNode& run, const Slot& slot) {
    const bool has_added = !added_below(run.slots, slot.slot).empty();
    return !slot.by.empty() || !slot.delegation.empty() || has_added ||
           slot.state == SlotState::transferred || slot.state == SlotState::waiting;
}

// ---- In a node that is still open ----------------------------------------------------------

class InOpenRound {
public:
    // `noted`: what the decision changed, where nobody has decided in the node since; may be
    // nullptr.
    InOpenRound(Walk& walk, Spot spot, std::string slot, const Undo* noted)
        : walk_(walk), spot_(std::move(spot)), slot_(std::move(slot)) {
        if (noted == nullptr) return;
        is_noted_ = true;
        noted_ = noted->before;
    }

    Status take_back() {
        if (auto checked = check(); !checked) return checked;
        walk_.emit(SlotReclaimed{walk_.id(), run().node, run().round, slot_, false});
        if (is_noted_) {
            put_back();
            return {};
        }
        close_superior();
        reopen_set();
        put_added_back(slot_);
        put_turn_back();
        put_parents_back();
        return {};
    }

private:
    [[nodiscard]] const ApprovalNode& run() const { return *walk_.run(spot_); }
    [[nodiscard]] const Slot& slot(const std::string& name) const {
        const auto* found = find_slot(run(), name);
        DUBAN_ASSERT(found != nullptr);
        return *found;
    }

    [[nodiscard]] Status check() const {
        const Slot& own = slot(slot_);
        for (const Slot& one : run().slots) {
            const bool superior = one.superior && one.slot != slot_ && is_touched(run(), one);
            if (superior) return too_late("The superior has acted.");
            const bool later = run().mode == NodeMode::seq && own.pos == SignerPos::none &&
                               one.pos == SignerPos::none && &one > &own;
            if (later && is_touched(run(), one)) return too_late("The next has acted already.");
        }
        for (const std::size_t at : added_below(run().slots, slot_)) {
            const Slot& added = run().slots[at];
            if (added.pos == SignerPos::after && is_touched(run(), added)) {
                return too_late("A signer whom you added after you has acted.");
            }
        }
        // Whom those added before wait for; beside others one goes on up.
        const Slot* up = &own;
        while (up->pos == SignerPos::with || up->pos == SignerPos::after) up = &slot(up->parent);
        if (up->pos != SignerPos::before) return {};
        const Slot& adder = slot(up->parent);
        const bool acted = !adder.by.empty() || adder.state == SlotState::transferred;
        return acted ? too_late("Who waited for it has acted.") : Status{};
    }

    // The slot that was not added, from which those above lead down to this one.
    [[nodiscard]] std::string root_of(std::string name) const {
        while (slot(name).pos != SignerPos::none) name = slot(name).parent;
        return name;
    }

    void settle(const std::string& name, SlotState state) {
        walk_.emit(SlotSettled{walk_.id(), run().node, run().round, name, state, Said::nothing});
    }

    // The other slots, as the decision found them.
    void put_back() {
        const auto was = std::ranges::find(noted_, run().node, &ApprovalNode::node);
        if (was == noted_.end()) return;
        const auto slots = run().slots;
        for (const Slot& one : slots) {
            if (one.slot == slot_) continue;
            const Slot* before = find_slot(*was, one.slot);
            if (before == nullptr) {
                close_slot(walk_, spot_, one.slot, SlotState::cancelled, {});
            } else if (before->state != one.state || before->said != one.said) {
                walk_.emit(SlotSettled{walk_.id(), run().node, run().round, one.slot, before->state,
                                       before->said});
            }
        }
    }

    // A refusal that asked the superior is gone, and whoever had not spoken is asked again.
    void close_superior() {
        if (slot(root_of(slot_)).superior) return;
        const auto slots = run().slots;
        const auto superior = std::ranges::find_if(
            slots, [](const Slot& one) { return one.superior && one.state == SlotState::open; });
        if (superior == slots.end()) return;
        close_slot(walk_, spot_, superior->slot, SlotState::cancelled, {});
        const bool in_turn = run().mode == NodeMode::seq;
        for (const Slot& one : slots) {
            const bool closed = one.state == SlotState::cancelled && one.reason == SkipReason::none;
            if (closed && one.pos == SignerPos::none) {
                settle(one.slot, in_turn ? SlotState::idle : SlotState::open);
            }
        }
    }

    // Of a set that one decision ends, the others are asked again.
    void reopen_set() {
        const Slot own = slot(slot_);
        const bool first = own.set_mode == NodeMode::one || own.set_mode == NodeMode::any;
        if (own.pos == SignerPos::none || !first) return;
        const auto slots = run().slots;
        for (const Slot& one : slots) {
            const bool closed = one.pos == own.pos && one.parent == own.parent &&
                                one.set == own.set && one.state == SlotState::cancelled &&
                                one.reason == SkipReason::none;
            if (closed) settle(one.slot, SlotState::open);
        }
    }

    // Those after it wait until it is approved again.
    void put_added_back(const std::string& name) {
        const auto slots = run().slots;
        for (const Slot& one : slots) {
            if (one.pos != SignerPos::after || one.parent != name) continue;
            const bool lapsed = one.state == SlotState::cancelled && one.reason == SkipReason::none;
            if (lapsed || one.state == SlotState::open) settle(one.slot, SlotState::idle);
        }
    }

    void put_turn_back() {
        const Slot own = slot(slot_);
        const bool in_turn = own.pos == SignerPos::none ? run().mode == NodeMode::seq
                                                        : own.set_mode == NodeMode::seq;
        if (!in_turn) return;
        bool later = false;
        const auto slots = run().slots;
        for (const Slot& one : slots) {
            const bool beside =
                one.pos == own.pos && one.parent == own.parent && one.set == own.set;
            const bool opened = one.state == SlotState::open;
            const bool passed_over =
                one.state == SlotState::skipped && one.reason == SkipReason::dedupe;
            if (later && beside && (opened || passed_over)) settle(one.slot, SlotState::idle);
            later = later || one.slot == slot_;
        }
    }

    // Whoever waited for it, up to the slot that was not added, waits again.
    void put_parents_back() {
        for (Slot own = slot(slot_); own.pos != SignerPos::none; own = slot(own.parent)) {
            if (counts_alone(own, run().mode)) return;
            const Slot& parent = slot(own.parent);
            if (own.pos == SignerPos::before && parent.state == SlotState::open) {
                settle(parent.slot, SlotState::waiting);
            } else if (own.pos != SignerPos::before && parent.state == SlotState::approved) {
                settle(parent.slot, SlotState::passing);
            }
        }
    }

    Walk& walk_;
    Spot spot_;
    std::string slot_;
    bool is_noted_ = false;
    std::vector<ApprovalNode> noted_;
};

// ---- In a node that the decision ended ------------------------------------------------------

const Undo* undo_of(const Approval& approval, const Own& own, const PersonId& actor) {
    const auto& undos = *approval.undos;
    const auto found = std::ranges::find_if(undos, [&](const Undo& undo) {
        return undo.node == own.run->node && undo.round == own.run->round &&
               undo.slot == own.slot->slot && undo.by == actor;
    });
    return found == undos.end() ? nullptr : &*found;
}

bool is_block_image(const ApprovalNode& node) {
    return !node.branches.empty() || !node.units.empty();
}

std::vector<ApprovalNode> in_route_order(const Walk& walk, std::vector<ApprovalNode> nodes) {
    std::ranges::sort(nodes, {}, [&](const ApprovalNode& node) {
        return std::pair(walk.spot_of(node.node).place, node.node);
    });
    return nodes;
}

// Whether no block that holds the node was ended by another's decision.
bool joins_stand(const Walk& walk, const Spot& spot, const Undo& undo) {
    for (Spot block = parent_of(walk.plan(), spot); block.place != no_place;
         block = parent_of(walk.plan(), block)) {
        const auto address = walk.address(block);
        const bool own =
            std::ranges::find(undo.before, address, &ApprovalNode::node) != undo.before.end();
        if (!own && walk.state(block) != NodeState::open) return false;
    }
    return true;
}

// It ends when it would have ended.
void wait_again(Walk& walk, const Spot& spot, const ApprovalNode& was) {
    walk.emit(RoundOpened{
        walk.id(), was.node, walk.next_round(spot), false, was.mode, was.except, {}, was.due});
}

bool ended_sub(const Walk& walk, const Undo& undo) {
    return std::ranges::any_of(undo.before, [&](const ApprovalNode& was) {
        const Spot spot = walk.spot_of(was.node);
        return walk.node(spot).kind == NodeKind::sub && was.state == NodeState::open &&
               walk.state(spot) != NodeState::open;
    });
}

// Whether in a block that the decision opened something is open that it did not open.
bool goes_on_within(const Walk& walk, const Undo& undo) {
    return std::ranges::any_of(undo.before, [&](const ApprovalNode& was) {
        const Spot block = walk.spot_of(was.node);
        if (!is_block(walk.node(block).kind) || was.state == NodeState::open) return false;
        const auto& nodes = walk.approval().nodes;
        return std::any_of(nodes.begin(), nodes.end(), [&](const ApprovalNode& run) {
            const Spot spot = walk.spot_of(run.node);
            const bool inside = run.state == NodeState::open && spot.place != no_place &&
                                walk.plan().within(spot.place, block.place) &&
                                (block.unit.empty() || spot.unit == block.unit);
            return inside && std::ranges::find(undo.before, run.node, &ApprovalNode::node) ==
                                 undo.before.end();
        });
    });
}

Status restore(Walk& walk, const Undo& undo, const PersonId& person) {
    walk.emit(SlotReclaimed{walk.id(), undo.node, undo.round, undo.slot, true});
    auto before = in_route_order(walk, undo.before);
    for (const ApprovalNode& was : before) {
        const auto* present = find_node(walk.approval(), was.node);
        const bool opened = present != nullptr && present->state == NodeState::open &&
                            (was.state != NodeState::open || present->round != was.round);
        if (!opened) continue;
        RoundEnded ended;
        ended.approval = walk.id();
        ended.node = was.node;
        ended.round = present->round;
        ended.end = NodeState::cancelled;
        walk.emit(std::move(ended));
    }
    // A round that was ended cannot be open again: it is opened anew.
    std::vector<ApprovalNode> anew;
    for (const ApprovalNode& was : before) {
        const auto* present = find_node(walk.approval(), was.node);
        const bool ended = present == nullptr || present->state != NodeState::open;
        const bool reopens = was.state == NodeState::open && ended && !is_block_image(was);
        if (reopens && was.node != undo.node) anew.push_back(was);
    }
    if (!before.empty() || !undo.answered.empty()) {
        walk.emit(NodesRestored{walk.id(), std::move(before), undo.answered});
    }
    if (auto opened = open_again(walk, walk.spot_of(undo.node), undo.slot, person); !opened) {
        return opened;
    }
    for (const ApprovalNode& was : anew) {
        const Spot spot = walk.spot_of(was.node);
        if (walk.node(spot).kind == NodeKind::wait) {
            wait_again(walk, spot, was);
        } else if (auto opened = open_again(walk, spot, {}, {}); !opened) {
            return opened;
        }
    }
    return {};
}

Status check_time(const TaskState& task, const Approval& approval, const Own& own,
                  const RoutePlan& plan) {
    if (approval.state == ApprovalState::held) return check_approval_unheld(task, approval);
    if (!is_open(approval)) return too_late("The approval is " + words(approval.state) + ".");
    if (own.delegated || plan.route().reclaim) return {};
    return refuse("act_not_offered", "The route lets nobody take a decision back.");
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const ReclaimSlot& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto plan = plan_of(**approval, facts);
    if (!plan) return refusal(plan);
    const auto own = own_of(task, **approval, command, facts);
    if (!own) return refusal(own);
    auto checked = require_not_held(task, "take anything back in its approvals").and_then([&] {
        return check_time(task, **approval, *own, **plan);
    });
    if (!checked) return refusal(checked);
    const PersonId on_behalf_of = own->slot->on_behalf_of;
    const auto& person = on_behalf_of.empty() ? facts.actor : on_behalf_of;
    Walk walk(task, (*approval)->no, **plan, facts, own->delegated ? PersonId() : on_behalf_of);
    const Spot spot = walk.spot_of(own->run->node);
    if (own->delegated) {
        walk.emit(DelegationTakenBack{command.approval, own->run->node, own->run->round,
                                      own->slot->slot});
        return decision_of(walk.take());
    }
    Status done;
    const Undo* undo = undo_of(**approval, *own, facts.actor);
    const bool open =
        own->run == find_node(**approval, own->run->node) && own->run->state == NodeState::open;
    if (open) {
        done = InOpenRound(walk, spot, own->slot->slot, undo).take_back();
    } else if (undo != nullptr && ended_sub(walk, *undo)) {
        done = too_late("It ended a sub-route.");
    } else if (undo != nullptr && joins_stand(walk, spot, *undo) && !goes_on_within(walk, *undo)) {
        done = restore(walk, Undo(*undo), person);
    } else {
        done = too_late("What followed from it has been touched, or another's decision ended it.");
    }
    if (!done) return refusal(done);
    return decision_of(walk.take(), on_behalf_of);
}

DUBAN_DEFINE_COMMAND(ReclaimSlot)

}  // namespace duban
