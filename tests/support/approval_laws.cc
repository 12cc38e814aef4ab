#include "tests/support/approval_laws.h"

#include <algorithm>

#include "domain/approval/approval_events.h"
#include "domain/approval/approval_time_events.h"
#include "domain/approval/course_events.h"
#include "domain/approval/seats.h"
#include "domain/approval/signer_events.h"
#include "domain/directory/access.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

const RoutePlan& plan_in(const GivenTask& world, const Approval& approval) {
    const auto* plan = find_route(world.routes, approval.route, approval.route_version);
    DUBAN_ASSERT(plan != nullptr);
    return *plan;
}

const RouteNode* route_node(const RoutePlan& plan, const std::string& address) {
    const PlaceNo place = plan.find(parse_address(address).id);
    return place == no_place ? nullptr : &plan.node(place);
}

// The node, round and slot of a decision; nothing when the event is none.
struct Decided {
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
};

std::optional<Decided> decided_by(const Event& event) {
    if (const auto* one = event.get_if<SlotApproved>())
        return Decided{one->approval, one->node, one->round, one->slot};
    if (const auto* one = event.get_if<SlotRejected>())
        return Decided{one->approval, one->node, one->round, one->slot};
    if (const auto* one = event.get_if<SlotReturned>())
        return Decided{one->approval, one->node, one->round, one->slot};
    return std::nullopt;
}

std::string named(std::uint32_t approval, const std::string& node) {
    return "a" + std::to_string(approval) + " " + node;
}

// Of a unit's slot: somebody of the unit, or whoever stands in for it.
bool may_decide(const LawStep& step, const ApprovalNode& run, const Slot& slot) {
    const auto& directory = step.after.directory;
    const auto& principal =
        step.decision.on_behalf_of.empty() ? step.actor : step.decision.on_behalf_of;
    if (principal != step.actor) {
        const auto principals = principals_of(directory, step.actor, step.after.today());
        if (std::ranges::find(principals, principal) == principals.end()) return false;
    }
    if (slot.reassigned || slot.pos != SignerPos::none) return true;
    const UnitCode unit = slot.seat ? slot.seat->unit : slot.unit;
    if (unit.empty() || works_in(directory, principal, unit)) return true;
    return holds(directory, principal,
                 settling_seat(settler_of(step.before), run.except, directory));
}

}  // namespace

ApprovalLaws::ApprovalLaws(const GivenTask& world) {
    const auto timers = timers_of(world.task);
    armed_.insert(timers.begin(), timers.end());
}

void ApprovalLaws::require(bool holds, const char* law, const std::string& about,
                           const char* detail) {
    if (holds || broken_) return;
    broken_ = Broken{law, about + ": " + detail};
}

std::optional<Broken> ApprovalLaws::check(const LawStep& step) {
    broken_.reset();
    check_past(step);
    check_events(step);
    check_timers(step.after, step.before);
    check_children(step.after);
    for (const Approval& approval : step.after.task.approvals) {
        if (broken_) break;
        broken_ = broken_flow(approval, plan_in(step.after, approval));
        if (!broken_) broken_ = broken_slots(approval, step.after);
        const auto* before = find_approval(step.before, approval.no);
        if (!broken_ && before != nullptr) {
            broken_ = broken_jump(*before, approval, step.decision, step.after);
        }
    }
    return broken_;
}

// What is over stays as it is, but for what is said of it later.
void ApprovalLaws::check_past(const LawStep& step) {
    const auto& now = step.after.history.rounds;
    const bool kept =
        rounds_.size() <= now.size() && std::equal(rounds_.begin(), rounds_.end(), now.begin());
    require(kept, law::closed_rounds_stay, "history", "a round that had closed is another");
    if (!kept) return;
    for (std::size_t i = rounds_.size(); i < now.size(); ++i) {
        const EndedRound& ended = now[i];
        rounds_.push_back(ended);
        const auto* approval = find_approval(step.after.task, ended.approval);
        DUBAN_ASSERT(approval != nullptr);
        const RoutePlan& plan = plan_in(step.after, *approval);
        const auto* node = route_node(plan, ended.round.node);
        if (node != nullptr && !broken_) broken_ = broken_round(ended.round, *node);
        if (node == nullptr || is_block(node->kind)) continue;
        auto& last = round_numbers_[{ended.approval, ended.round.node}];
        require(ended.round.round == ++last, law::round_numbers,
                named(ended.approval, ended.round.node), "a number is left out or comes twice");
    }
    for (const Approval& before : step.before.approvals) {
        if (is_open(before)) continue;
        const auto* after = find_approval(step.after.task, before.no);
        const bool same = after != nullptr && !is_open(*after) && after->nodes == before.nodes &&
                          after->stack == before.stack;
        require(same, law::closed_once, named(before.no, ""), "it is closed, and something moved");
    }
}

void ApprovalLaws::check_events(const LawStep& step) {
    for (const NewEvent& made : step.decision.events) {
        require(made.stream == task_stream(task_1), law::one_command, made.stream.value,
                "one command writes to one stream");
        if (const auto* closed = made.event.get_if<ApprovalClosed>()) {
            require(++closings_[closed->approval.no] == 1, law::closed_once,
                    named(closed->approval.no, ""), "it is closed a second time");
        }
        if (const auto* back = made.event.get_if<SlotReclaimed>()) {
            check_taken_back(step, {back->approval.no, back->node, back->round, back->slot});
        }
        if (const auto* resolved = made.event.get_if<SlotResolved>()) {
            const auto* before = find_approval(step.before, resolved->approval.no);
            const auto* after = find_approval(step.after.task, resolved->approval.no);
            const auto* was = find_slot(*find_node(*before, resolved->node), resolved->slot);
            const auto* now = find_slot(*find_node(*after, resolved->node), resolved->slot);
            const auto& run = *find_node(*after, resolved->node);
            const auto with = slot_holders(*now, run.except, step.after.task, step.after.directory);
            const auto* first = find_person(step.after.directory, was->delegator);
            const bool left = first == nullptr || !may_be_asked(step.after.directory, first->id) ||
                              (now->seat && !holds(step.after.directory, first->id, *now->seat));
            const bool back = now->delegate.empty() && now->delegator.empty() &&
                              (left || std::ranges::find(with, was->delegator) != with.end());
            require(back, law::delegation, named(before->no, resolved->node),
                    "the slot is not with who delegated it first");
        }
        const auto decided = decided_by(made.event);
        if (decided) {
            const auto* before = find_approval(step.before, decided->approval.no);
            const auto* run = before == nullptr ? nullptr : find_node(*before, decided->node);
            const auto* slot = run == nullptr ? nullptr : find_slot(*run, decided->slot);
            require(slot != nullptr, law::one_command, named(decided->approval.no, decided->node),
                    "a slot was decided that was not there");
            if (slot != nullptr) check_decision(step, *before, *run, *slot);
        }
        if (const auto* up = made.event.get_if<RoundTimedOut>()) {
            const auto* before = find_approval(step.before, up->approval.no);
            const auto* after = find_approval(step.after.task, up->approval.no);
            if (!up->returned || broken_ || before == nullptr) continue;
            broken_ = broken_return(*before, *after, plan_in(step.after, *after), up->node,
                                    up->returned->to);
        }
    }
}

void ApprovalLaws::check_decision(const LawStep& step, const Approval& before,
                                  const ApprovalNode& run, const Slot& slot) {
    const auto about = named(before.no, run.node + "/" + slot.slot);
    const SlotKey key{before.no, run.node, run.round, slot.slot};
    require(run.state == NodeState::open && can_act_now(slot), law::one_command, about,
            "it was decided and not open");
    require(decided_.insert(key).second, law::one_command, about, "it was decided twice");
    require(may_decide(step, run, slot), law::seats, about, "somebody else decided it");
    const auto& after = *find_approval(step.after.task, before.no);
    snapshots_.insert_or_assign(key, Snapshot{before, after});
    for (const NewEvent& made : step.decision.events) {
        const auto* returned = made.event.get_if<SlotReturned>();
        if (returned == nullptr || returned->within || broken_) continue;
        broken_ =
            broken_return(before, after, plan_in(step.after, after), returned->node, returned->to);
    }
    const auto spoken = [&](const Slot& one) {
        return one.slot == slot.slot && one.by == step.actor &&
               one.on_behalf_of == step.decision.on_behalf_of;
    };
    const auto* now = find_node(after, run.node);
    bool kept = now->round == run.round && std::ranges::any_of(now->slots, spoken);
    for (auto one = rounds_.rbegin(); one != rounds_.rend() && !kept; ++one) {
        kept = one->approval == before.no && one->round.node == run.node &&
               one->round.round == run.round && std::ranges::any_of(one->round.slots, spoken);
    }
    require(kept, law::distinguishable, about, "who decided, and for whom, is not kept");
}

// ---- What was taken back -------------------------------------------------------------------

void ApprovalLaws::check_taken_back(const LawStep& step, const SlotKey& key) {
    const auto found = snapshots_.find(key);
    decided_.erase(key);
    if (found == snapshots_.end()) return;
    const auto no = std::get<0>(key);
    const Approval& now = *find_approval(step.after.task, no);
    // With nobody left to ask there by the directory of today, it is passed over.
    const auto* own = find_node(now, std::get<1>(key));
    const auto* slot = own == nullptr ? nullptr : find_slot(*own, std::get<3>(key));
    const bool passed_over = own != nullptr && (own->state == NodeState::skipped ||
                                                (slot && slot->state == SlotState::skipped));
    if (!passed_over) {
        check_restored(now, *find_approval(step.before, no), found->second, std::get<3>(key));
    }
    snapshots_.erase(found);
}

// What the decision changed stands as it stood, in rounds of their own where they had ended, and
// what it did not change as it stood until now.
void ApprovalLaws::check_restored(const Approval& now, const Approval& unwound,
                                  const Snapshot& snapshot, const std::string& own) {
    const auto state_in = [](const Approval& approval, const std::string& node) {
        const auto* run = find_node(approval, node);
        return run == nullptr ? NodeState::idle : run->state;
    };
    for (const ApprovalNode& run : now.nodes) {
        const auto* was = find_node(snapshot.before, run.node);
        const auto* then = find_node(snapshot.after, run.node);
        const auto* until = find_node(unwound, run.node);
        const bool changed = (was == nullptr) != (then == nullptr) ||
                             (was != nullptr && then != nullptr && *was != *then);
        const auto about = named(now.no, run.node);
        if (!changed) {
            require(until != nullptr && *until == run, law::taken_back, about,
                    "the decision had not changed it, and taking it back does");
            continue;
        }
        const NodeState before = state_in(snapshot.before, run.node);
        const bool open = before == NodeState::open;
        if (open && run.state == NodeState::skipped) continue;
        require((run.state == NodeState::open) == open, law::taken_back, about,
                open ? "it was open before the decision, and is not"
                     : "it is open, and was not before the decision");
        require(is_passed(run.state) == is_passed(before), law::taken_back, about,
                "it is passed, and was not, or the reverse");
        if (is_passed(before) && was != nullptr) {
            require(
                run.slots == was->slots && run.branches == was->branches && run.units == was->units,
                law::taken_back, about, "what had been decided does not stand");
        }
        if (!open || was == nullptr) continue;
        require(run.branches == was->branches && run.units == was->units, law::taken_back, about,
                "the block stands otherwise");
        require(run.slots.size() >= was->slots.size(), law::taken_back, about, "slots are gone");
        for (const Slot& first : was->slots) {
            // What others have said in the same round since then stands.
            const auto* after = then == nullptr ? nullptr : find_slot(*then, first.slot);
            const auto* since = until == nullptr ? nullptr : find_slot(*until, first.slot);
            const bool others = first.slot != own && after != nullptr && since != nullptr &&
                                (after->state != since->state || after->said != since->said ||
                                 after->by != since->by);
            const Slot& old = others ? *since : first;
            const auto* slot = find_slot(run, old.slot);
            // Who had been passed over for what followed is asked again, or waits as before.
            const bool asked_again = others && slot != nullptr && is_undecided(slot->state) &&
                                     (since->state == SlotState::cancelled ||
                                      (slot->said == after->said && is_undecided(after->state)));
            // Who is asked is judged by the directory of today.
            const bool passed_over =
                slot != nullptr && slot->state == SlotState::skipped && is_undecided(old.state);
            const bool same = slot != nullptr && slot->said == old.said &&
                              is_undecided(slot->state) == is_undecided(old.state);
            require(same || passed_over || asked_again, law::taken_back, about + "/" + old.slot,
                    "its word is another");
        }
    }
    const bool answers = std::ranges::all_of(snapshot.before.stack, [&](const PendingReturn& one) {
        return std::ranges::find(now.stack, one) != now.stack.end() ||
               std::ranges::find(snapshot.after.stack, one) != snapshot.after.stack.end();
    });
    require(answers, law::taken_back, named(now.no, ""), "a return that waited is gone");
}

// ---- Around --------------------------------------------------------------------------------

void ApprovalLaws::check_timers(const GivenTask& world, const TaskState& before) {
    const TaskState& task = world.task;
    static const Event any = Event(ApprovalRead{});
    for (const Action& action : react(before, any, task)) {
        if (const auto* arm = std::get_if<ArmTimer>(&action)) {
            require(armed_.insert(arm->timer).second, law::timers, name_of(arm->timer),
                    "it is armed twice");
        } else {
            const auto& timer = std::get<DisarmTimer>(action).timer;
            require(armed_.erase(timer) == 1, law::timers, name_of(timer), "it was not armed");
        }
    }
    std::set<std::tuple<std::uint32_t, std::string, std::uint32_t>> wanted;
    const bool runs = goes_on_in_approvals(task);
    for (const Approval& approval : task.approvals) {
        const bool asks =
            approval.state == ApprovalState::running || approval.state == ApprovalState::returned;
        for (const ApprovalNode& node : approval.nodes) {
            if (!runs || !asks || node.state != NodeState::open || !node.due || node.due->up) {
                continue;
            }
            const bool ends = node.due->over != Over::remind || !node.due->remind.empty();
            if (ends) wanted.emplace(approval.no, node.node, node.round);
            const bool past = node.due->over != Over::remind && node.due->at < world.now;
            require(!past, law::timers, named(approval.no, node.node),
                    "its time is up, and nothing happened");
        }
    }
    for (const Timer& timer : armed_) {
        if (timer.kind != TimerKind::round) continue;
        require(wanted.erase({timer.approval, timer.node, timer.round}) == 1, law::timers,
                name_of(timer), "its round is not open with a due");
    }
    require(wanted.empty(), law::timers,
            wanted.empty() ? "" : named(std::get<0>(*wanted.begin()), std::get<1>(*wanted.begin())),
            "its round is open with a due, and has no timer");
}

void ApprovalLaws::check_children(const GivenTask& world) {
    const auto& all = world.task.approvals;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Approval& child = all[i];
        if (!child.parent || !child.parent->waits) continue;
        const auto* parent = find_approval(world.task, child.parent->approval);
        const auto* node = parent == nullptr ? nullptr : find_node(*parent, child.parent->node);
        bool newest = true;
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (all[j].parent == child.parent) newest = false;
        }
        const bool waited_for =
            newest && node != nullptr && is_open(*parent) && node->state == NodeState::open;
        require(waited_for == is_open(child), law::children, named(child.no, ""),
                "it is open and nobody waits for it, or the reverse");
    }
}

}  // namespace duban
