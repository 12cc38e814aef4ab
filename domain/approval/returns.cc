#include "domain/approval/returns.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/blocks.h"
#include "domain/approval/flow.h"
#include "domain/approval/return_path.h"
#include "domain/approval/rounds.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// What a return puts back, gathered before it is written in one event.
struct Resets {
    std::vector<std::string> nodes;
    std::vector<std::string> suspended;
};

bool has_lists(const ApprovalNode& run) {
    return !run.branches.empty() || !run.units.empty();
}

// Whether the flow had got there and left something that a new pass must not find.
bool was_reached(const ApprovalNode& run) {
    return is_passed(run.state) || run.state == NodeState::open ||
           run.state == NodeState::rejected || has_lists(run);
}

void add_range(const Walk& walk, PlaceNo first, PlaceNo last, const UnitCode& unit,
               Resets& resets) {
    for (const ApprovalNode& run : walk.approval().nodes) {
        const Spot spot = walk.spot_of(run.node);
        if (spot.place < first || spot.place >= last || !was_reached(run)) continue;
        // Outside the run, within an each that is reset as a whole, every unit is meant.
        const bool meant = unit.empty() || spot.unit.empty() || spot.unit == unit;
        if (meant) resets.nodes.push_back(run.node);
    }
}

void add_tree(const Walk& walk, const Spot& spot, Resets& resets) {
    add_range(walk, spot.place, walk.plan()[spot.place].end, spot.unit, resets);
}

void suspend(const Walk& walk, const Spot& block, Resets& resets) {
    const auto* run = walk.run(block);
    if (run != nullptr && has_lists(*run)) resets.suspended.push_back(run->node);
}

// In the block itself: of one in an each, in the run of its unit.
bool lies_within(const Walk& walk, const Spot& spot, const Spot& block) {
    return walk.plan().within(spot.place, block.place) &&
           (block.unit.empty() || spot.unit == block.unit);
}

// Blocks that stay in progress inside what is kept wait as their outer one does.
void suspend_open_within(const Walk& walk, const Spot& block, Resets& resets) {
    for (const ApprovalNode& run : walk.approval().nodes) {
        const Spot spot = walk.spot_of(run.node);
        const bool cut_off = run.state == NodeState::cancelled && has_lists(run);
        if (lies_within(walk, spot, block) && cut_off) {
            resets.suspended.push_back(run.node);
        }
    }
}

void add_list(const Walk& walk, const Spot& first, PlaceNo until, Resets& resets) {
    for (PlaceNo at = first.place; at != no_place && at != until; at = walk.plan()[at].next) {
        add_tree(walk, {at, first.unit}, resets);
    }
}

// The other branches of a block, or the runs of the other units.
void add_siblings(const Walk& walk, const Spot& block, const Spot& own, Resets& resets) {
    for (const ApprovalNode& run : walk.approval().nodes) {
        const Spot spot = walk.spot_of(run.node);
        if (!lies_within(walk, spot, block) || !was_reached(run)) continue;
        bool is_own = spot.unit == own.unit;
        if (walk.node(block).kind != NodeKind::each) {
            Spot up = spot;
            while (parent_of(walk.plan(), up) != block) up = parent_of(walk.plan(), up);
            is_own = walk.plan()[up.place].branch == walk.plan()[own.place].branch;
        }
        if (!is_own) resets.nodes.push_back(run.node);
    }
}

void reopen_sibling_runs(Walk& walk, const Spot& each, const UnitCode& own) {
    const auto* run = walk.run(each);
    if (run == nullptr) return;
    const auto address = run->node;
    const auto units = run->units;
    for (const UnitRun& one : units) {
        const bool ended = one.state == UnitRunState::consented ||
                           one.state == UnitRunState::dissented ||
                           one.state == UnitRunState::failed;
        if (one.unit == own || !ended) continue;
        walk.emit(UnitRunChanged{walk.id(), address, one.unit, UnitRunState::open});
    }
}

// The blocks that the return leaves, from the outermost to the one that holds the returner.
// `way`: those blocks, then the returner.
void leave_blocks(Walk& walk, const std::vector<Spot>& way, Resume then, Branches branches,
                  Resets& resets) {
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
        const Spot& block = way[i];
        const Spot& own = way[i + 1];
        const NodeKind kind = walk.node(block).kind;
        const bool rerun = then == Resume::rerun;
        if (rerun && (kind == NodeKind::choose || branches == Branches::cancel)) {
            add_tree(walk, block, resets);
            return;
        }
        if (branches == Branches::cancel) {
            add_siblings(walk, block, own, resets);
            if (kind == NodeKind::each) reopen_sibling_runs(walk, block, own.unit);
        } else {
            suspend_open_within(walk, block, resets);
        }
        if (rerun && kind == NodeKind::inc) {
            resets.nodes.push_back(walk.address(block));
        } else {
            suspend(walk, block, resets);
        }
        if (!rerun) continue;
        const PlaceNo first = walk.plan().first_in(block.place, walk.plan()[own.place].branch);
        add_list(walk, {first, own.unit}, no_place, resets);
        return;
    }
}

// What lies between the two in their common list goes through again.
void reset_between(const Walk& walk, const Spot& target, const Spot& from, Branches branches,
                   Resets& resets) {
    for (PlaceNo at = walk.plan()[target.place].next; at != from.place && at != no_place;
         at = walk.plan()[at].next) {
        const Spot spot{at, target.unit};
        const NodeKind kind = walk.node(spot).kind;
        const bool stands = branches == Branches::keep && is_block(kind) &&
                            kind != NodeKind::choose && walk.state(spot) != NodeState::skipped;
        if (!stands) {
            add_tree(walk, spot, resets);
        } else if (kind == NodeKind::inc) {
            resets.nodes.push_back(walk.address(spot));
        } else {
            suspend(walk, spot, resets);
        }
    }
}

void write(Walk& walk, Resets resets) {
    const auto once = [](std::vector<std::string>& names) {
        std::set<std::string> seen;
        std::erase_if(names, [&](const std::string& name) { return !seen.insert(name).second; });
    };
    once(resets.nodes);
    once(resets.suspended);
    std::erase_if(resets.suspended, [&](const std::string& name) {
        return std::ranges::find(resets.nodes, name) != resets.nodes.end();
    });
    if (resets.nodes.empty() && resets.suspended.empty()) return;
    walk.emit(NodesReset{walk.id(), std::move(resets.nodes), std::move(resets.suspended)});
}

// The finished blocks that hold the target are in progress again, in its branch or run alone.
void reopen_blocks(Walk& walk, const std::vector<Spot>& way) {
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
        const Spot& block = way[i];
        const auto* run = walk.run(block);
        DUBAN_ASSERT(run != nullptr);
        BlockEntered entered;
        entered.approval = walk.id();
        entered.node = run->node;
        entered.round = run->round;
        entered.resumed = true;
        walk.emit(std::move(entered));
        if (walk.node(block).kind != NodeKind::each) continue;
        walk.emit(
            UnitRunChanged{walk.id(), walk.address(block), way[i + 1].unit, UnitRunState::open});
    }
}

bool is_through(const Walk& walk, const Spot& block, const Spot& own) {
    const auto& run = *walk.run(block);
    if (walk.node(block).kind == NodeKind::each) {
        return std::ranges::all_of(run.units, [&](const UnitRun& one) {
            return one.unit == own.unit || one.state != UnitRunState::open;
        });
    }
    return std::ranges::all_of(run.branches, [&](std::uint32_t branch) {
        return list_is_passed(walk, block, branch, block.unit);
    });
}

// Ends the blocks that were opened for the target alone, without going on behind them, from the
// innermost outwards. In one where others are still asked the return waits for its end, and the
// flow goes on there.
Result<bool> close_blocks(Walk& walk, const std::vector<Spot>& way, PendingReturn back) {
    for (std::size_t i = way.size() - 1; i > 0; --i) {
        const Spot& block = way[i - 1];
        const Spot& own = way[i];
        const PlaceNo behind = next_unpassed(walk, own);
        if (behind != no_place || !is_through(walk, block, own)) {
            back.to = walk.address(block);
            walk.emit(ReturnDeferred{walk.id(), std::move(back)});
            const auto gone_on = behind == no_place ? end_list(walk, block, own.unit)
                                                    : enter(walk, {behind, own.unit});
            if (!gone_on) return refusal(gone_on);
            return false;
        }
        if (walk.node(block).kind != NodeKind::each) {
            end_block(walk, block, NodeState::approved);
            continue;
        }
        const bool refused = has_refusal(walk, block, own.unit);
        walk.emit(UnitRunChanged{walk.id(), walk.address(block), own.unit,
                                 refused ? UnitRunState::dissented : UnitRunState::consented});
        end_block(walk, block, end_of_each(*walk.run(block)));
    }
    return true;
}

Status carry_back_within(Walk& walk, const Spot& from, const std::string& slot,
                         const ReturnTarget& target) {
    walk.emit(RoundEnded{walk.id(),
                         walk.address(from),
                         walk.run(from)->round,
                         false,
                         NodeState::returned,
                         slot,
                         {},
                         {}});
    return reopen_in_turn(walk, from, target.slot);
}

// What lies between the two was put back by a return further: it is asked again first.
Status go_through(Walk& walk, const Spot& first, PlaceNo until, PendingReturn back) {
    Spot last = first;
    for (PlaceNo at = first.place; at < until; at = next_unpassed(walk, last)) last.place = at;
    back.to = walk.address(last);
    walk.emit(ReturnDeferred{walk.id(), std::move(back)});
    return enter(walk, first);
}

}  // namespace

Status carry_back(Walk& walk, const Spot& from, const std::string& slot,
                  const ReturnTarget& target) {
    if (target.within()) return carry_back_within(walk, from, slot, target);
    const auto returned = walk.run(from)->returned;
    DUBAN_ASSERT(returned);
    const auto path = path_between(walk, target.spot, from);
    DUBAN_ASSERT(path);
    walk.emit(RoundEnded{walk.id(),
                         walk.address(from),
                         walk.run(from)->round,
                         false,
                         NodeState::returned,
                         slot,
                         {},
                         {}});
    const Spot& first = path->target_way.front();
    const Spot& last = path->from_way.front();
    cancel_open(walk, last.place, walk.plan()[last.place].end, last.unit);
    Resets resets;
    leave_blocks(walk, path->from_way, returned->then, returned->branches, resets);
    if (returned->then == Resume::rerun) {
        reset_between(walk, first, last, returned->branches, resets);
        // After the target, in each list down to it.
        for (std::size_t i = 1; i < path->target_way.size(); ++i) {
            const Spot& step = path->target_way[i];
            add_list(walk, {walk.plan()[step.place].next, step.unit}, no_place, resets);
        }
    }
    add_tree(walk, target.spot, resets);
    write(walk, std::move(resets));
    reopen_blocks(walk, path->target_way);
    if (target.spot.place != RoutePlan::start()) return open_round(walk, target.spot);
    open_fill(walk, target.spot);
    return {};
}

Status jump_back(Walk& walk, const Spot& target, const PendingReturn& back) {
    const Spot from = walk.spot_of(back.from);
    const auto path = from.place == no_place ? std::nullopt : path_between(walk, target, from);
    // What the returner stood in is not on the way any more: everything behind is asked again.
    if (!path) return go_on(walk, target, std::nullopt);
    const auto closed = close_blocks(walk, path->target_way, back);
    if (!closed || !*closed) return closed ? Status{} : refusal(closed);
    const Spot& first = path->target_way.front();
    const PlaceNo last = path->from_way.front().place;
    if (const PlaceNo behind = next_unpassed(walk, first); behind < last) {
        return go_through(walk, {behind, first.unit}, last, back);
    }
    walk.back = back;
    auto entered = enter(walk, path->from_way.front());
    walk.back.reset();
    return entered;
}

void reset_range(Walk& walk, PlaceNo first, PlaceNo last, const UnitCode& unit) {
    Resets resets;
    add_range(walk, first, last, unit, resets);
    write(walk, std::move(resets));
}

namespace {

bool stands(const Slot& slot) {
    return slot.state == SlotState::approved || slot.state == SlotState::rejected ||
           slot.state == SlotState::kept;
}

// Those whose decisions the way back leaves standing, in the order of the route. Without the
// author, who knows what he wrote.
std::vector<PersonId> standing(const Walk& walk, const PendingReturn& back) {
    struct Found {
        PlaceNo place;
        std::size_t order;
        PersonId person;
    };
    std::vector<Found> found;
    for (const ApprovalNode& run : walk.approval().nodes) {
        const Spot spot = walk.spot_of(run.node);
        const bool interrupted = back.then == Resume::jump && run.node == back.from;
        if (spot.place == RoutePlan::start() || (!is_passed(run.state) && !interrupted)) continue;
        for (const Slot& slot : run.slots) {
            if (!stands(slot) || slot.by == walk.author()) continue;
            found.push_back({spot.place, found.size(), slot.by});
        }
    }
    std::ranges::sort(found, {}, [](const Found& one) { return std::pair(one.place, one.order); });
    std::vector<PersonId> persons;
    for (Found& one : found) {
        if (std::ranges::find(persons, one.person) == persons.end()) {
            persons.push_back(std::move(one.person));
        }
    }
    return persons;
}

void send_differences(Walk& walk, const PendingReturn& back) {
    const bool leaves = back.then == Resume::jump || back.branches == Branches::keep;
    if (!leaves) return;
    auto persons = standing(walk, back);
    if (persons.empty()) return;
    const auto reason = back.then == Resume::jump ? CopyReason::jump : CopyReason::keep;
    walk.emit(CopiesSent{walk.id(), std::move(persons), reason, back.from,
                         RevisionRange{back.revision, walk.approval().revision}});
}

bool goes_short(const PendingReturn& one) {
    return one.then == Resume::jump || one.branches == Branches::keep;
}

}  // namespace

Status pass_start(Walk& walk, bool changed, bool material, const std::string& note) {
    const Spot start{RoutePlan::start(), {}};
    const bool voids = material && std::ranges::any_of(walk.approval().stack, goes_short);
    if (voids) {
        walk.emit(JumpRefused{walk.id(), JumpRefusal::material});
        reset_range(walk, RoutePlan::start() + 1, walk.plan().size(), {});
    }
    const auto back = walk.pending(start);
    const auto* run = walk.run(start);
    DUBAN_ASSERT(run != nullptr);
    walk.emit(
        RoundEnded{walk.id(), run->node, run->round, true, NodeState::approved, {}, {}, note});
    if (back && changed && !voids) send_differences(walk, *back);
    return go_on(walk, start, back);
}

}  // namespace duban
