#include "domain/approval/migration.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/return_path.h"
#include "domain/approval/rounds.h"

namespace duban {
namespace {

PlaceNo place_of(const RoutePlan& plan, const std::string& address) {
    return plan.find(parse_address(address).id);
}

// ---- What differs --------------------------------------------------------------------------

// The node without what is in it.
RouteNode alone(const RouteNode& node) {
    RouteNode made = node;
    made.steps.clear();
    for (RouteBranch& branch : made.branches) branch.steps.clear();
    return made;
}

// Whether the node stands in the same list of the same blocks.
bool same_blocks(const RoutePlan& from, PlaceNo old_place, const RoutePlan& to, PlaceNo new_place) {
    while (true) {
        const Place& one = from[old_place];
        const Place& other = to[new_place];
        if ((one.parent == no_place) != (other.parent == no_place)) return false;
        if (one.parent == no_place) return true;
        const RouteNode& block = from.node(one.parent);
        const RouteNode& same = to.node(other.parent);
        if (one.branch != other.branch || block.id != same.id || block.kind != same.kind) {
            return false;
        }
        old_place = one.parent;
        new_place = other.parent;
    }
}

// The nearest node before it in its list that both versions have; "" when there is none.
std::string before_in_both(const RoutePlan& plan, PlaceNo place, const RoutePlan& other) {
    for (PlaceNo at = plan[place].prev; at != no_place; at = plan[at].prev) {
        if (other.find(plan.node(at).id) != no_place) return plan.node(at).id;
    }
    return {};
}

bool is_changed(const RoutePlan& from, PlaceNo old_place, const RoutePlan& to, PlaceNo new_place) {
    return !(alone(from.node(old_place)) == alone(to.node(new_place))) ||
           !same_blocks(from, old_place, to, new_place) ||
           before_in_both(from, old_place, to) != before_in_both(to, new_place, from);
}

std::vector<ChangedNode> changes_between(const RoutePlan& from, const RoutePlan& to) {
    std::vector<ChangedNode> changes;
    for (PlaceNo at = 0; at < to.size(); ++at) {
        const auto& id = to.node(at).id;
        const PlaceNo old = from.find(id);
        if (old == no_place) {
            changes.push_back({id, RouteChange::added});
        } else if (is_changed(from, old, to, at)) {
            changes.push_back({id, RouteChange::changed});
        }
    }
    for (PlaceNo at = 0; at < from.size(); ++at) {
        const auto& id = from.node(at).id;
        if (to.find(id) == no_place) changes.push_back({id, RouteChange::removed});
    }
    return changes;
}

// ---- What stands in the way ----------------------------------------------------------------

bool has_counterpart(const RoutePlan& from, const RoutePlan& to, const std::string& address) {
    const PlaceNo old_place = place_of(from, address);
    const PlaceNo new_place = place_of(to, address);
    if (old_place == no_place || new_place == no_place) return false;
    const bool start = old_place == RoutePlan::start();
    return start == (new_place == RoutePlan::start()) &&
           from.node(old_place).kind == to.node(new_place).kind &&
           same_blocks(from, old_place, to, new_place);
}

std::vector<BlockedNode> blocked_in(const Approval& approval, const RoutePlan& from,
                                    const RoutePlan& to) {
    std::vector<BlockedNode> blocked;
    const auto block = [&](const std::string& node, MigrationBlock reason) {
        const bool known = std::ranges::find(blocked, node, &BlockedNode::node) != blocked.end();
        if (!known) blocked.push_back({node, reason});
    };
    for (const ApprovalNode& run : approval.nodes) {
        const bool stays = run.state != NodeState::open || has_counterpart(from, to, run.node);
        if (!stays) block(run.node, MigrationBlock::open);
    }
    for (const PendingReturn& back : approval.stack) {
        const bool left = has_counterpart(from, to, back.from);
        const bool target = has_counterpart(from, to, back.to);
        if (!left) block(back.from, MigrationBlock::stack);
        if (!target) block(back.to, MigrationBlock::stack);
        // Who returned must still come after the node that he returned to.
        const bool in_order = left && target && place_of(to, back.to) < place_of(to, back.from);
        if (left && target && !in_order) block(back.from, MigrationBlock::stack);
    }
    return blocked;
}

// ---- What is passed over -------------------------------------------------------------------

class Newcomers {
public:
    Newcomers(Walk& walk, const RoutePlan& from) : walk_(walk), from_(from) {}

    void pass_over() { visit_list({RoutePlan::start(), {}}, false); }

private:
    // finished: the flow is through with the list and does not come by again.
    void visit_list(const Spot& first, bool finished) {
        const PlaceNo open = finished ? no_place : open_in(first);
        const PlaceNo back = finished ? no_place : jump_back_in(first);
        const PlaceNo last =
            open == no_place && back == no_place ? last_passed_in(first) : no_place;
        for (PlaceNo at = first.place; at != no_place; at = walk_.plan()[at].next) {
            const Spot spot{at, first.unit};
            const bool is_new = from_.find(walk_.node(spot).id) == no_place;
            const bool before_open = open != no_place && at < open;
            const bool jumped_over = back != no_place && at < back && is_new;
            const bool before_passed = last != no_place && at < last;
            visit_block(spot);
            if (finished || before_open || jumped_over || before_passed) skip_unpassed(spot);
        }
    }

    void skip_unpassed(const Spot& spot) {
        const NodeState state = walk_.state(spot);
        if (is_passed(state) || state == NodeState::open) return;
        walk_.emit(NodeSkipped{
            walk_.id(), walk_.address(spot), walk_.next_round(spot), SkipReason::migrated, {}});
    }

    // The place of the node in the list that is open; no_place when none is.
    [[nodiscard]] PlaceNo open_in(const Spot& first) const {
        PlaceNo open = no_place;
        for (PlaceNo at = first.place; at != no_place; at = walk_.plan()[at].next) {
            if (walk_.state({at, first.unit}) == NodeState::open) open = at;
        }
        return open;
    }

    // The last node of the list to which, or into which, a return comes straight back.
    [[nodiscard]] PlaceNo jump_back_in(const Spot& first) const {
        PlaceNo last = no_place;
        for (const PendingReturn& back : walk_.approval().stack) {
            if (back.then != Resume::jump) continue;
            for (Spot up = walk_.spot_of(back.from); up.place != no_place;
                 up = parent_of(walk_.plan(), up)) {
                const bool here = in_list(up, first);
                if (here && (last == no_place || up.place > last)) last = up.place;
            }
        }
        return last;
    }

    [[nodiscard]] bool in_list(const Spot& spot, const Spot& first) const {
        return spot.unit == first.unit &&
               walk_.plan()[spot.place].parent == walk_.plan()[first.place].parent &&
               walk_.plan()[spot.place].branch == walk_.plan()[first.place].branch;
    }

    [[nodiscard]] PlaceNo last_passed_in(const Spot& first) const {
        PlaceNo last = no_place;
        for (PlaceNo at = first.place; at != no_place; at = walk_.plan()[at].next) {
            if (is_passed(walk_.state({at, first.unit}))) last = at;
        }
        return last;
    }

    // Into the branches and runs that the flow has entered.
    void visit_block(const Spot& block) {
        const auto* run = walk_.run(block);
        if (run == nullptr || !is_block(walk_.node(block).kind)) return;
        const bool passed = is_passed(run->state);
        if (!passed && run->state != NodeState::open && run->state != NodeState::idle) return;
        const auto branches = run->branches;
        const auto units = run->units;
        for (const std::uint32_t branch : branches) {
            const PlaceNo first = walk_.plan().first_in(block.place, branch);
            if (first == no_place) continue;
            visit_list({first, block.unit}, passed || was_passed(block, branch));
        }
        for (const UnitRun& one : units) {
            const PlaceNo first = walk_.plan().first_in(block.place, 0);
            const bool goes_on = one.state == UnitRunState::open && first != no_place;
            if (goes_on) visit_list({first, one.unit}, false);
        }
    }

    // Whether the branch was through in the version before.
    [[nodiscard]] bool was_passed(const Spot& block, std::size_t branch) const {
        const PlaceNo old = from_.find(walk_.node(block).id);
        if (old == no_place || branch >= from_.branches(old)) return false;
        for (PlaceNo at = from_.first_in(old, branch); at != no_place; at = from_[at].next) {
            const auto* run =
                find_node(walk_.approval(), address_of(from_.node(at).id, block.unit));
            if (run == nullptr || !is_passed(run->state)) return false;
        }
        return true;
    }

    Walk& walk_;
    const RoutePlan& from_;
};

// ---- Open rounds whose rule changed --------------------------------------------------------

bool decides_alike(const RouteNode& one, const RouteNode& other) {
    return one.mode == other.mode && one.vote == other.vote && one.dissent == other.dissent &&
           one.superior == other.superior;
}

// Nobody waits for his turn in a node that is no longer one in turn.
void open_all_turns(Walk& walk, const ApprovalNode& run) {
    for (const Slot& slot : run.slots) {
        if (slot.state != SlotState::idle) continue;
        Slot next = slot;
        next.state = SlotState::open;
        walk.emit(SlotOpened{walk.id(), run.node, run.round, std::move(next)});
    }
}

}  // namespace

Migration migration_of(const Approval& approval, const RoutePlan& from, const RoutePlan& to) {
    return {from.route().ver, to.route().ver, changes_between(from, to),
            blocked_in(approval, from, to)};
}

Status settle_in(Walk& walk, const RoutePlan& from) {
    Newcomers(walk, from).pass_over();
    std::vector<std::string> changed;
    for (const ApprovalNode& run : walk.approval().nodes) {
        if (run.state != NodeState::open || run.fill || run.slots.empty()) continue;
        const PlaceNo old = place_of(from, run.node);
        const bool same =
            old == no_place || decides_alike(from.node(old), walk.node(walk.spot_of(run.node)));
        if (!same) changed.push_back(run.node);
    }
    for (const auto& address : changed) {
        const Spot spot = walk.spot_of(address);
        if (walk.closed() || walk.state(spot) != NodeState::open) continue;
        const ApprovalNode run = *walk.run(spot);
        const bool was_in_turn = from.node(place_of(from, address)).mode == NodeMode::seq;
        if (was_in_turn && walk.node(spot).mode != NodeMode::seq) open_all_turns(walk, run);
        if (auto settled = settle(walk, spot, ""); !settled) return settled;
    }
    return {};
}

}  // namespace duban
