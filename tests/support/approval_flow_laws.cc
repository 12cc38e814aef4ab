#include <algorithm>

#include "domain/approval/approval_events.h"
#include "domain/approval/course_events.h"
#include "domain/approval/signer_events.h"
#include "tests/support/approval_laws.h"

namespace duban {
namespace {

// A node's place and, in an each, whose run it is.
struct At {
    PlaceNo place = no_place;
    UnitCode unit;
    bool operator==(const At&) const = default;
};

At at_of(const RoutePlan& plan, const std::string& address) {
    const auto parsed = parse_address(address);
    return {plan.find(parsed.id), parsed.unit};
}

At around(const RoutePlan& plan, const At& at) {
    const PlaceNo parent = plan[at.place].parent;
    if (parent == no_place) return {};
    return {parent, plan.node(parent).kind == NodeKind::each ? UnitCode() : at.unit};
}

// From the outermost block down to the node itself.
std::vector<At> way_down(const RoutePlan& plan, At at) {
    std::vector<At> way;
    for (; at.place != no_place; at = around(plan, at)) way.insert(way.begin(), at);
    return way;
}

const ApprovalNode* run_at(const Approval& approval, const RoutePlan& plan, const At& at) {
    return find_node(approval, address_of(plan.node(at.place).id, at.unit));
}

NodeState state_at(const Approval& approval, const RoutePlan& plan, const At& at) {
    const auto* run = run_at(approval, plan, at);
    return run == nullptr ? NodeState::idle : run->state;
}

std::optional<Broken> flow_broken(const std::string& node, const char* detail) {
    return Broken{law::flow, node + ": " + detail};
}

// What is open in a list, and how it stands before that.
std::optional<Broken> broken_list(const Approval& approval, const RoutePlan& plan, const At& open,
                                  const std::string& name) {
    for (PlaceNo at = plan[open.place].prev; at != no_place; at = plan[at].prev) {
        // Whoever started the parent has submitted for its child too.
        if (approval.parent && at == RoutePlan::start()) continue;
        const NodeState state = state_at(approval, plan, {at, open.unit});
        if (state == NodeState::open) return flow_broken(name, "two of one list are open");
        if (!is_passed(state)) {
            return flow_broken(name, "is open behind a node that was not passed");
        }
    }
    return std::nullopt;
}

bool list_is_through(const Approval& approval, const RoutePlan& plan, PlaceNo first,
                     const UnitCode& unit) {
    for (PlaceNo at = first; at != no_place; at = plan[at].next) {
        if (!is_passed(state_at(approval, plan, {at, unit}))) return false;
    }
    return true;
}

bool list_is_open(const Approval& approval, const RoutePlan& plan, PlaceNo first,
                  const UnitCode& unit) {
    for (PlaceNo at = first; at != no_place; at = plan[at].next) {
        if (state_at(approval, plan, {at, unit}) == NodeState::open) return true;
    }
    return false;
}

// Each list of an open block is open in one place, or through.
std::optional<Broken> broken_block(const Approval& approval, const RoutePlan& plan, const At& at,
                                   const ApprovalNode& run) {
    if (plan.node(at.place).kind == NodeKind::each) {
        const PlaceNo first = plan.first_in(at.place, 0);
        for (const UnitRun& one : run.units) {
            const bool open = list_is_open(approval, plan, first, one.unit);
            if (open != (one.state == UnitRunState::open)) {
                return flow_broken(run.node,
                                   "a unit's run is open where nothing in it is, or the "
                                   "reverse");
            }
        }
        return std::nullopt;
    }
    bool any = false;
    for (std::size_t branch = 0; branch < plan.branches(at.place); ++branch) {
        const PlaceNo first = plan.first_in(at.place, branch);
        const bool entered = std::ranges::find(run.branches, branch) != run.branches.end();
        const bool open = list_is_open(approval, plan, first, at.unit);
        any = any || open;
        if (open && !entered) return flow_broken(run.node, "a branch is open that was not entered");
        if (entered && !open && !list_is_through(approval, plan, first, at.unit)) {
            return flow_broken(run.node, "an entered branch is neither open nor through");
        }
    }
    return any ? std::nullopt : flow_broken(run.node, "is open, and nothing in it is");
}

bool holds_all(const Approval& approval, const RoutePlan& plan, const At& at) {
    for (At up = around(plan, at); up.place != no_place; up = around(plan, up)) {
        if (state_at(approval, plan, up) != NodeState::open) return false;
    }
    return true;
}

bool passes(const Event& event, const std::string& node) {
    if (const auto* ended = event.get_if<RoundEnded>()) {
        return ended->node == node && is_passed(ended->end);
    }
    const auto* skipped = event.get_if<NodeSkipped>();
    return skipped != nullptr && skipped->node == node;
}

// Whether the return goes another way than back: everything was reset, closed or taken back.
bool is_overtaken(const Decision& decision) {
    return std::ranges::any_of(decision.events, [](const NewEvent& made) {
        const Event& event = made.event;
        return event.get_if<JumpRefused>() != nullptr ||
               event.get_if<ApprovalJumped>() != nullptr ||
               event.get_if<SlotReclaimed>() != nullptr || event.get_if<GotoTaken>() != nullptr ||
               event.get_if<ApprovalMigrated>() != nullptr ||
               event.get_if<ApprovalClosed>() != nullptr;
    });
}

// Whose run in an each was cut off: the unit left the task, or the others were enough.
bool was_cut_off(const Approval& approval, const UnitCode& unit) {
    return std::ranges::any_of(approval.nodes, [&](const ApprovalNode& run) {
        return std::ranges::any_of(run.units, [&](const UnitRun& one) {
            return one.unit == unit && one.state == UnitRunState::cancelled;
        });
    });
}

// Whether it lies in a branch that a new decision of its block did not take.
bool is_off_the_way(const Approval& approval, const RoutePlan& plan, const std::string& node) {
    for (At at = at_of(plan, node); at.place != no_place; at = around(plan, at)) {
        const At up = around(plan, at);
        const auto* block = up.place == no_place ? nullptr : run_at(approval, plan, up);
        if (block == nullptr || block->branches.empty()) continue;
        const auto& taken = block->branches;
        if (std::ranges::find(taken, plan[at.place].branch) == taken.end()) return true;
    }
    return false;
}

std::optional<Broken> broken_coming_back(const PendingReturn& back, const Approval& before,
                                         const Approval& after, const Decision& decision,
                                         const GivenTask& world) {
    const auto wrong = [&](const char* detail) {
        return Broken{law::jump,
                      back.from + "/" + back.slot + " of " + back.by.value + ": " + detail};
    };
    const auto* old = find_node(before, back.from);
    if (was_cut_off(after, parse_address(back.from).unit)) return {};
    const auto* plan = find_route(world.routes, after.route, after.route_version);
    if (plan != nullptr && is_off_the_way(after, *plan, back.from)) return {};
    for (const NewEvent& made : decision.events) {
        if (const auto* skipped = made.event.get_if<NodeSkipped>()) {
            if (skipped->approval.no == before.no && skipped->node == back.from) return {};
        }
        const auto* opened = made.event.get_if<RoundOpened>();
        if (opened == nullptr || opened->approval.no != before.no || opened->node != back.from) {
            continue;
        }
        if (back.slot.empty()) return {};  // by time
        const auto slot = std::ranges::find(opened->slots, back.slot, &Slot::slot);
        if (slot == opened->slots.end()) return wrong("his slot is gone");
        const auto* was = old == nullptr ? nullptr : find_slot(*old, back.slot);
        if (was == nullptr) return wrong("his slot never was");
        const bool left = slot->state == SlotState::cancelled && slot->reason == SkipReason::left;
        if (left || slot->state == SlotState::skipped) return {};
        if (!is_undecided(slot->state)) return wrong("his slot is not asked");
        const bool his =
            slot->seat && slot->seat == was->seat && holds(world.directory, back.by, *slot->seat);
        if (his && slot->bound != back.by) return wrong("his slot is not bound to him");
        return {};
    }
    return wrong("his node did not open");
}

}  // namespace

std::optional<Broken> broken_flow(const Approval& approval, const RoutePlan& plan) {
    bool any = false;
    for (const ApprovalNode& run : approval.nodes) {
        if (run.state != NodeState::open) continue;
        any = true;
        const At at = at_of(plan, run.node);
        if (at.place == no_place) return flow_broken(run.node, "is open and not in the route");
        if (!holds_all(approval, plan, at)) {
            return flow_broken(run.node, "is open in a block that is not");
        }
        if (auto broken = broken_list(approval, plan, at, run.node)) return broken;
        if (!is_block(plan.node(at.place).kind)) continue;
        if (auto broken = broken_block(approval, plan, at, run)) return broken;
    }
    if (any != is_open(approval)) {
        return flow_broken("a" + std::to_string(approval.no),
                           any ? "is closed, and something is open" : "is open nowhere");
    }
    for (const PendingReturn& one : approval.stack) {
        const auto* target = find_node(approval, one.to);
        const bool waits = target == nullptr || !is_passed(target->state);
        if (is_open(approval) && !waits) {
            return Broken{law::jump, one.to + ": a return waits for it, and it was passed"};
        }
    }
    return std::nullopt;
}

std::optional<Broken> broken_return(const Approval& before, const Approval& after,
                                    const RoutePlan& plan, const std::string& node,
                                    const std::string& to) {
    const auto target = way_down(plan, at_of(plan, to));
    const auto from = way_down(plan, at_of(plan, node));
    const auto* reached = find_node(after, to);
    if (node == to || reached == nullptr || reached->state != NodeState::open) return std::nullopt;
    std::size_t common = 0;
    while (common < target.size() && common < from.size() && target[common] == from[common]) {
        ++common;
    }
    if (common == target.size() || common == from.size()) return std::nullopt;
    const At& first = target[common];
    const At& last = from[common];
    for (const ApprovalNode& run : after.nodes) {
        if (run.state != NodeState::open) continue;
        const At at = at_of(plan, run.node);
        const bool between = at.place >= first.place && at.place < plan[last.place].end &&
                             (first.unit.empty() || at.unit.empty() || at.unit == first.unit);
        const bool is_way = std::ranges::find(target, at) != target.end();
        const auto* old = find_node(before, run.node);
        const bool was = old != nullptr && old->state == NodeState::open && old->round == run.round;
        if (between ? !is_way : !was && !is_way) {
            return Broken{law::entered,
                          run.node + " is open after the return of " + node + " to " + to};
        }
    }
    return std::nullopt;
}

std::optional<Broken> broken_jump(const Approval& before, const Approval& after,
                                  const Decision& decision, const GivenTask& world) {
    if (before.stack.empty() || is_overtaken(decision)) return std::nullopt;
    std::set<std::string> seen;
    for (auto one = before.stack.rbegin(); one != before.stack.rend(); ++one) {
        // The newest return to a node is the one that is answered.
        if (!seen.insert(one->to).second || one->then != Resume::jump) continue;
        const bool waits = std::ranges::any_of(
            after.stack, [&](const PendingReturn& other) { return is_same_return(other, *one); });
        const bool passed = std::ranges::any_of(decision.events, [&](const NewEvent& made) {
            return passes(made.event, one->to) &&
                   made.event.subject().approval == ApprovalId{task_1, before.no};
        });
        if (waits || !passed) continue;
        if (auto broken = broken_coming_back(*one, before, after, decision, world)) return broken;
    }
    return std::nullopt;
}

}  // namespace duban
