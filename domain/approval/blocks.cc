#include "domain/approval/blocks.h"

#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/flow.h"
#include "domain/approval/returns.h"
#include "domain/approval/rounds.h"
#include "domain/approval/route_check.h"
#include "domain/approval/route_values.h"
#include "domain/approval/signers.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

std::vector<std::uint32_t> branches_to_enter(const Walk& walk, const RouteNode& node) {
    std::vector<std::uint32_t> chosen;
    std::optional<std::uint32_t> otherwise;
    const auto values = values_of(walk);
    for (std::uint32_t i = 0; i < node.branches.size(); ++i) {
        const auto& branch = node.branches[i];
        if (branch.default_) otherwise = i;
        const bool taken =
            node.kind == NodeKind::par || (branch.when && holds(*branch.when, values));
        if (!taken) continue;
        chosen.push_back(i);
        if (node.kind == NodeKind::choose) break;
    }
    if (chosen.empty() && otherwise) chosen.push_back(*otherwise);
    return chosen;
}

// Those with an open part in the task, in its order.
std::vector<UnitCode> units_to_run(const Walk& walk, const RouteNode& node) {
    const Mandate& mandate = *walk.task().mandate;
    std::vector<UnitCode> units;
    if (node.in == EachIn::units) units.push_back(mandate.lead);
    units.insert(units.end(), mandate.co.begin(), mandate.co.end());
    std::erase_if(units, [&](const UnitCode& unit) { return !has_open_part(walk.task(), unit); });
    return units;
}

// Where the list stands: its first node that was not passed.
Status enter_list(Walk& walk, const Spot& block, std::size_t branch, const UnitCode& unit) {
    PlaceNo at = walk.plan().first_in(block.place, branch);
    while (at != no_place && is_passed(walk.state({at, unit}))) at = walk.plan()[at].next;
    if (at == no_place || walk.state({at, unit}) == NodeState::open) return {};
    return enter(walk, {at, unit});
}

bool is_in_progress(const Walk& walk, const Spot& block, std::uint32_t round) {
    const auto* run = walk.run(block);
    return !walk.closed() && run != nullptr && run->state == NodeState::open && run->round == round;
}

UnitRunState run_of(const ApprovalNode& run, const UnitCode& unit) {
    const auto found = std::ranges::find(run.units, unit, &UnitRun::unit);
    return found == run.units.end() ? UnitRunState::cancelled : found->state;
}

Status finish_block(Walk& walk, const Spot& block, NodeState end) {
    const auto back = walk.pending(block);
    end_block(walk, block, end);
    return go_on(walk, block, back);
}

Status check_branches(Walk& walk, const Spot& block) {
    const auto* run = walk.run(block);
    if (run == nullptr || run->state != NodeState::open) return {};
    const bool done = std::ranges::all_of(run->branches, [&](std::uint32_t branch) {
        return list_is_passed(walk, block, branch, block.unit);
    });
    return done ? finish_block(walk, block, NodeState::approved) : Status{};
}

void change_run(Walk& walk, const Spot& each, const UnitCode& unit, UnitRunState state) {
    walk.emit(UnitRunChanged{walk.id(), walk.address(each), unit, state});
}

void cancel_runs(Walk& walk, const Spot& each) {
    const auto units = walk.run(each)->units;
    for (const UnitRun& one : units) {
        if (one.state != UnitRunState::open) continue;
        cancel_open(walk, each.place + 1, walk.plan()[each.place].end, one.unit);
        change_run(walk, each, one.unit, UnitRunState::cancelled);
    }
}

struct RunCount {
    std::uint32_t all = 0;  // without those that were cancelled
    std::uint32_t open = 0;
    std::uint32_t consented = 0;
    std::uint32_t failed = 0;
};

RunCount count(const ApprovalNode& run) {
    RunCount counts;
    for (const UnitRun& one : run.units) {
        if (one.state == UnitRunState::cancelled) continue;
        ++counts.all;
        counts.open += one.state == UnitRunState::open ? 1 : 0;
        counts.consented += one.state == UnitRunState::consented ? 1 : 0;
        counts.failed += one.state == UnitRunState::failed ? 1 : 0;
    }
    return counts;
}

Status end_each(Walk& walk, const Spot& each) {
    cancel_runs(walk, each);
    return finish_block(walk, each, end_of_each(*walk.run(each)));
}

// A share of the units, or one of them.
Status check_share(Walk& walk, const Spot& each, const RunCount& counts,
                   const Threshold& threshold) {
    if (reaches(threshold, counts.consented, counts.all)) return end_each(walk, each);
    if (reaches(threshold, counts.consented + counts.open, counts.all)) return {};
    if (walk.node(each).dissent != Dissent::record) return reject_approval(walk);
    return counts.open == 0 ? end_each(walk, each) : Status{};
}

Status check_runs(Walk& walk, const Spot& each) {
    const auto* run = walk.run(each);
    if (run == nullptr || run->state != NodeState::open) return {};
    const auto& node = walk.node(each);
    const auto counts = count(*run);
    if (counts.all == 0) return end_each(walk, each);
    if (node.need == "any") return check_share(walk, each, counts, Threshold{1, 0, false});
    if (node.need.empty() || node.need == "all") {
        if (counts.failed > 0) return reject_approval(walk);
        return counts.open == 0 ? end_each(walk, each) : Status{};
    }
    const auto threshold = parse_threshold(node.need);
    DUBAN_ASSERT(threshold);
    return check_share(walk, each, counts, *threshold);
}

Status enter_runs(Walk& walk, const Spot& each, std::uint32_t round) {
    const auto units = walk.run(each)->units;
    for (const UnitRun& one : units) {
        if (!is_in_progress(walk, each, round)) return {};
        if (run_of(*walk.run(each), one.unit) != UnitRunState::open) continue;
        if (auto entered = enter_list(walk, each, 0, one.unit); !entered) return entered;
        if (!is_in_progress(walk, each, round)) return {};
        if (list_is_passed(walk, each, 0, one.unit) &&
            run_of(*walk.run(each), one.unit) == UnitRunState::open) {
            if (auto ended = end_list(walk, each, one.unit); !ended) return ended;
        }
    }
    return is_in_progress(walk, each, round) ? check_runs(walk, each) : Status{};
}

Status enter_branches(Walk& walk, const Spot& block, std::uint32_t round) {
    const auto branches = walk.run(block)->branches;
    for (const std::uint32_t branch : branches) {
        if (!is_in_progress(walk, block, round)) return {};
        if (auto entered = enter_list(walk, block, branch, block.unit); !entered) return entered;
    }
    return is_in_progress(walk, block, round) ? check_branches(walk, block) : Status{};
}

}  // namespace

Status enter_block(Walk& walk, const Spot& block) {
    const auto& node = walk.node(block);
    const bool each = node.kind == NodeKind::each;
    const auto* run = walk.run(block);
    BlockEntered entered;
    entered.approval = walk.id();
    entered.node = walk.address(block);
    entered.resumed = run != nullptr && (!run->branches.empty() || !run->units.empty());
    entered.round = run == nullptr ? 1 : run->round + (entered.resumed ? 0 : 1);
    if (!entered.resumed && each) {
        entered.units = units_to_run(walk, node);
        if (entered.units.empty()) return skip(walk, block, SkipReason::empty);
    } else if (!entered.resumed) {
        entered.branches = branches_to_enter(walk, node);
    }
    const auto round = entered.round;
    walk.emit(std::move(entered));
    return each ? enter_runs(walk, block, round) : enter_branches(walk, block, round);
}

bool list_is_passed(const Walk& walk, const Spot& block, std::size_t branch, const UnitCode& unit) {
    for (PlaceNo at = walk.plan().first_in(block.place, branch); at != no_place;
         at = walk.plan()[at].next) {
        if (!is_passed(walk.state({at, unit}))) return false;
    }
    return true;
}

PlaceNo next_unpassed(const Walk& walk, const Spot& spot) {
    PlaceNo at = walk.plan()[spot.place].next;
    while (at != no_place && is_passed(walk.state({at, spot.unit}))) at = walk.plan()[at].next;
    return at;
}

Status end_list(Walk& walk, const Spot& block, const UnitCode& unit) {
    if (walk.node(block).kind != NodeKind::each) return check_branches(walk, block);
    const bool refused = has_refusal(walk, block, unit);
    change_run(walk, block, unit, refused ? UnitRunState::dissented : UnitRunState::consented);
    return check_runs(walk, block);
}

Status fail_run(Walk& walk, const Spot& each, const UnitCode& unit) {
    cancel_open(walk, each.place + 1, walk.plan()[each.place].end, unit);
    const bool recorded = walk.node(each).dissent == Dissent::record;
    change_run(walk, each, unit, recorded ? UnitRunState::dissented : UnitRunState::failed);
    return check_runs(walk, each);
}

void end_block(Walk& walk, const Spot& block, NodeState end) {
    const auto round = walk.run(block)->round;
    walk.emit(RoundEnded{walk.id(), walk.address(block), round, false, end, {}, {}, {}});
}

NodeState end_of_each(const ApprovalNode& run) {
    const bool consent = std::ranges::all_of(run.units, [](const UnitRun& one) {
        return one.state == UnitRunState::consented || one.state == UnitRunState::cancelled;
    });
    return consent ? NodeState::approved : NodeState::dissented;
}

bool has_refusal(const Walk& walk, const Spot& each, const UnitCode& unit) {
    const auto& nodes = walk.approval().nodes;
    return std::any_of(nodes.begin(), nodes.end(), [&](const ApprovalNode& run) {
        const Spot spot = walk.spot_of(run.node);
        if (spot.unit != unit || !walk.plan().within(spot.place, each.place)) return false;
        return run.state == NodeState::dissented || run.state == NodeState::rejected;
    });
}

bool has_silence(const Walk& walk, const Spot& each, const UnitCode& unit) {
    const auto& nodes = walk.approval().nodes;
    return std::any_of(nodes.begin(), nodes.end(), [&](const ApprovalNode& run) {
        const Spot spot = walk.spot_of(run.node);
        if (spot.unit != unit || !walk.plan().within(spot.place, each.place)) return false;
        return std::ranges::count(run.slots, SlotState::deemed, &Slot::state) > 0;
    });
}

Status drop_unit(Walk& walk, const UnitCode& unit) {
    std::vector<Spot> eaches;
    std::vector<Spot> tasks;
    for (const ApprovalNode& run : walk.approval().nodes) {
        const Spot spot = walk.spot_of(run.node);
        if (spot.place == no_place) continue;  // the route has it no longer
        // A block that a return left waits with its units, and goes on without this one.
        if (!run.units.empty()) eaches.push_back(spot);
        if (run.state != NodeState::open || run.fill) continue;
        if (spot.unit != unit && !run.slots.empty()) tasks.push_back(spot);
    }
    for (const Spot& each : eaches) {
        if (walk.closed()) return {};
        if (run_of(*walk.run(each), unit) != UnitRunState::open) continue;
        cancel_open(walk, each.place + 1, walk.plan()[each.place].end, unit);
        change_run(walk, each, unit, UnitRunState::cancelled);
        if (auto checked = check_runs(walk, each); !checked) return checked;
    }
    for (const Spot& spot : tasks) {
        if (walk.closed()) return {};
        const auto* run = walk.run(spot);
        if (run->state != NodeState::open) continue;
        const auto slots = run->slots;
        bool left = false;
        for (const Slot& slot : slots) {
            const bool its = (slot.seat && slot.seat->unit == unit) || slot.unit == unit;
            const Slot* present = find_slot(*run, slot.slot);
            if (!its || present == nullptr || !is_undecided(present->state)) continue;
            const bool claimed = run->mode == NodeMode::claim && !present->bound.empty();
            if (claimed) walk.emit(SlotReleased{walk.id(), run->node, run->round, slot.slot});
            close_slot(walk, spot, slot.slot, SlotState::cancelled, SkipReason::left);
            run = walk.run(spot);
            left = true;
        }
        if (!left) continue;
        if (auto settled = settle(walk, spot, ""); !settled) return settled;
    }
    return {};
}

}  // namespace duban
