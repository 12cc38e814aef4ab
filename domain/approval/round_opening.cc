#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/due.h"
#include "domain/approval/flow.h"
#include "domain/approval/round_parts.h"
#include "domain/approval/rounds.h"
#include "domain/approval/seats.h"
#include "domain/approval/signers.h"
#include "domain/approval/vetoes.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// ---- Who has approved already --------------------------------------------------------------

bool approved_here(const Walk& walk, const ApprovalNode& run, const PersonId& person) {
    return std::ranges::any_of(run.slots, [&](const Slot& slot) {
        return slot.state == SlotState::approved && slot.by == person &&
               slot.on_behalf_of.empty() && slot.revision == walk.approval().revision;
    });
}

bool is_decided_task(const Walk& walk, const Spot& spot) {
    return spot.place != no_place && spot.place != RoutePlan::start() &&
           walk.node(spot).kind == NodeKind::task;
}

// The task node that the flow passed just before, leaving out those that were skipped.
std::optional<Spot> node_before(const Walk& walk, Spot spot) {
    while (spot.place != no_place) {
        const PlaceNo prev = walk.plan()[spot.place].prev;
        if (prev == no_place) {
            spot = parent_of(walk.plan(), spot);
            continue;
        }
        spot.place = prev;
        if (walk.node(spot).kind != NodeKind::task) return std::nullopt;
        if (walk.state(spot) != NodeState::skipped) return spot;
    }
    return std::nullopt;
}

bool approved_in_pass(const Walk& walk, const PersonId& person) {
    for (const ApprovalNode& run : walk.approval().nodes) {
        const bool passed = run.state == NodeState::approved || run.state == NodeState::dissented ||
                            run.state == NodeState::open;
        if (passed && is_decided_task(walk, walk.spot_of(run.node)) &&
            approved_here(walk, run, person)) {
            return true;
        }
    }
    return false;
}

// Whether the only holder of the slot has approved this revision, where the route says so.
// `before`: the slots of the same round before it, in a node in turn.
bool is_repeated(const Walk& walk, const Spot& spot, const Slot& slot,
                 const std::vector<Slot>& before) {
    const Dedupe rule = walk.plan().route().dedupe;
    if (rule == Dedupe::none || !slot.bound.empty()) return false;
    const auto persons = live_holders(slot, excepted(walk, spot), walk.task(), walk.directory());
    if (persons.size() != 1) return false;
    ApprovalNode turn;
    turn.slots = before;
    if (rule == Dedupe::once) {
        return approved_in_pass(walk, persons.front()) ||
               approved_here(walk, turn, persons.front());
    }
    const auto spoken = std::find_if(before.rbegin(), before.rend(), [](const Slot& one) {
        return one.state != SlotState::skipped;
    });
    if (spoken != before.rend()) {
        turn.slots = {*spoken};
        return approved_here(walk, turn, persons.front());
    }
    const auto earlier = node_before(walk, spot);
    if (!earlier || !is_decided_task(walk, *earlier)) return false;
    const auto* run = walk.run(*earlier);
    return run != nullptr && is_passed(run->state) && approved_here(walk, *run, persons.front());
}

// ---- Rounds --------------------------------------------------------------------------------

bool is_asked(const Slot& slot) {
    return slot.state == SlotState::open || slot.state == SlotState::idle;
}

// One person of all who hold a slot, drawn once and for the whole round.
void draw_one(const Walk& walk, const Spot& spot, std::vector<Slot>& slots) {
    std::vector<std::pair<PersonId, UnitCode>> candidates;
    for (const Slot& slot : slots) {
        if (!is_asked(slot)) continue;
        const UnitCode unit = slot.seat ? slot.seat->unit : slot.unit;
        for (auto& person :
             live_holders(slot, excepted(walk, spot), walk.task(), walk.directory())) {
            candidates.emplace_back(std::move(person), unit);
        }
    }
    std::ranges::sort(candidates);
    const auto twice = std::ranges::unique(
        candidates, [](const auto& one, const auto& other) { return one.first == other.first; });
    candidates.erase(twice.begin(), twice.end());
    if (candidates.empty()) return;
    const auto& [person, unit] = candidates[walk.facts().chance % candidates.size()];
    Slot drawn;
    drawn.slot = "1";
    drawn.person = person;
    drawn.unit = unit;
    drawn.state = SlotState::open;
    slots = {std::move(drawn)};
}

Result<std::vector<Slot>> fresh_slots(Walk& walk, const Spot& spot) {
    auto slots = slots_meant(walk, spot);
    if (!slots) return slots;
    mark_vetoes(walk, spot, *slots);
    const bool in_turn = walk.node(spot).mode == NodeMode::seq;
    bool turn = true;
    for (std::size_t i = 0; i < slots->size(); ++i) {
        Slot& slot = (*slots)[i];
        if (auto judged = judge_slot(walk, spot, slot); !judged) return refusal(judged);
        if (slot.state != SlotState::open || (in_turn && !turn)) continue;
        const auto end = slots->begin() + static_cast<std::ptrdiff_t>(in_turn ? i : 0);
        if (is_repeated(walk, spot, slot, {slots->begin(), end})) {
            skip_slot(slot, SkipReason::dedupe);
        } else {
            turn = false;
        }
    }
    if (in_turn) put_in_turn(*slots);
    const bool draws = walk.node(spot).mode == NodeMode::random && !walk.supposes();
    if (draws) draw_one(walk, spot, *slots);
    return slots;
}

// Time was up, and whoever was asked had been silent. Whoever gave his slot away had not decided.
bool nobody_spoke(const ApprovalNode& run) {
    const auto silent = [](const Slot& slot) {
        const bool unasked = slot.state == SlotState::skipped ||
                             slot.state == SlotState::transferred ||
                             slot.state == SlotState::dropped;
        const bool ended = slot.state == SlotState::deemed || slot.state == SlotState::cancelled;
        return unasked || (ended && slot.by.empty());
    };
    return std::ranges::all_of(run.slots, silent) &&
           std::ranges::any_of(run.slots,
                               [](const Slot& slot) { return slot.state == SlotState::deemed; });
}

Status end_round(Walk& walk, const Spot& spot, NodeState end, const std::string& slot) {
    const auto back = walk.pending(spot);
    if (end == NodeState::approved && nobody_spoke(*walk.run(spot))) end = NodeState::deemed;
    walk.emit(
        RoundEnded{walk.id(), walk.address(spot), walk.run(spot)->round, false, end, slot, {}, {}});
    if (end == NodeState::rejected) return rejected(walk, spot);
    return go_on(walk, spot, back);
}

// The next whose turn it is; who has approved already is passed over.
Status open_turn(Walk& walk, const Spot& spot) {
    const auto slots = walk.run(spot)->slots;
    bool passed_over = false;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (slots[i].pos != SignerPos::none) continue;
        if (is_undecided(slots[i].state) && slots[i].state != SlotState::idle) return {};
        // A recorded refusal is done once those beside it have spoken too.
        const bool refused = slots[i].state == SlotState::rejected;
        if (refused && waits_for(*walk.run(spot), slots[i], SignerPos::with)) return {};
        if (slots[i].state != SlotState::idle) continue;
        const auto* run = walk.run(spot);
        const std::vector<Slot> before(run->slots.begin(),
                                       run->slots.begin() + static_cast<std::ptrdiff_t>(i));
        if (is_repeated(walk, spot, slots[i], before)) {
            walk.emit(SlotClosed{walk.id(), run->node, run->round, slots[i].slot,
                                 SlotState::skipped, SkipReason::dedupe});
            passed_over = true;
            continue;
        }
        Slot next = slots[i];
        next.state = SlotState::open;
        walk.emit(SlotOpened{walk.id(), run->node, run->round, std::move(next)});
        return {};
    }
    return passed_over ? settle(walk, spot, "") : Status{};
}

// The superior is asked in the same round, and decides instead of those who have not spoken.
Status open_superior(Walk& walk, const Spot& spot) {
    const auto& node = walk.node(spot);
    const auto* run = walk.run(spot);
    const auto address = run->node;
    const auto round = run->round;
    const auto slots = run->slots;
    for (const Slot& slot : slots) {
        if (!is_undecided(slot.state)) continue;
        walk.emit(SlotClosed{walk.id(), address, round, slot.slot, SlotState::cancelled, {}});
    }
    Slot superior;
    superior.slot = free_slot(slots, {});
    superior.seat = node.superior ? seat_meant(*node.superior, scope_of(walk, spot))
                                  : Seat{UnitCode(zone_unit), Post::leader};
    superior.superior = true;
    superior.state = SlotState::open;
    if (live_holders(superior, run->except, walk.task(), walk.directory()).empty()) {
        if (auto given = give_to_office(walk, node, superior); !given) return given;
    }
    walk.emit(SlotOpened{walk.id(), address, round, std::move(superior)});
    return {};
}

}  // namespace

// The first undecided slot keeps its turn, the later ones wait for theirs.
void put_in_turn(std::vector<Slot>& slots) {
    bool turn = true;
    for (Slot& slot : slots) {
        if (slot.pos != SignerPos::none || !is_undecided(slot.state)) continue;
        if (!turn) slot.state = SlotState::idle;
        turn = false;
    }
}

// With nobody left to ask, the node is passed over.
Status begin_round(Walk& walk, const Spot& spot, std::vector<Slot> slots) {
    const auto round = walk.next_round(spot);
    const auto skipped = [](const Slot& slot) { return slot.state == SlotState::skipped; };
    if (std::ranges::all_of(slots, skipped)) {
        const auto reason = slots.empty() ? SkipReason::empty : slots.front().reason;
        return skip(walk, spot, reason, std::move(slots));
    }
    const auto& node = walk.node(spot);
    // Whoever was asked because time was up has no further due.
    auto due = std::ranges::any_of(slots, &Slot::escalated) ? std::nullopt : due_of(walk, spot);
    walk.emit(RoundOpened{walk.id(), walk.address(spot), round, false, node.mode,
                          excepted(walk, spot), std::move(slots), std::move(due)});
    const auto* run = walk.run(spot);
    if (std::ranges::any_of(run->slots, is_asked)) return {};
    return settle(walk, spot, "");
}

Status open_round(Walk& walk, const Spot& spot) {
    const bool back = walk.back && walk.back->from == walk.address(spot);
    auto slots = back ? interrupted_slots(walk, spot, walk.back->slot, walk.back->by)
                      : fresh_slots(walk, spot);
    if (back) walk.back.reset();
    if (!slots) return refusal(slots);
    return begin_round(walk, spot, std::move(*slots));
}

Status open_escalated(Walk& walk, const Spot& spot) {
    const auto& node = walk.node(spot);
    const DueRule rule = node.due.value_or(DueRule{});
    const auto* run = walk.run(spot);
    Slot asked;
    asked.slot = free_slot(run->slots, {});
    const SeatSelector to = rule.to.value_or(SeatSelector{"office", Post::head});
    asked.seat = seat_meant(to, scope_of(walk, spot));
    asked.escalated = true;
    asked.stuck_at = stuck_from(walk, rule);
    asked.state = SlotState::open;
    if (live_holders(asked, run->except, walk.task(), walk.directory()).empty()) {
        if (auto given = give_to_office(walk, node, asked); !given) return given;
    }
    const std::string address = run->node;
    walk.emit(SlotOpened{walk.id(), address, run->round, std::move(asked)});
    return {};
}

void open_fill(Walk& walk, const Spot& spot) {
    const auto& unit = walk.approval().subject.unit;
    auto seats = start_seats(walk.plan(), walk.task(), unit);
    if (const auto* author = find_person(walk.directory(), walk.author())) {
        for (const auto& held : author->posts) {
            const Seat seat{held.unit, held.post};
            if (held.unit == unit && std::ranges::find(seats, seat) == seats.end()) {
                seats.push_back(seat);
            }
        }
    }
    std::vector<Slot> slots;
    for (const auto& seat : seats) {
        Slot slot;
        slot.slot = std::to_string(slots.size() + 1);
        slot.seat = seat;
        slot.state = SlotState::open;
        slots.push_back(std::move(slot));
    }
    walk.emit(RoundOpened{walk.id(),
                          walk.address(spot),
                          walk.next_round(spot),
                          true,
                          NodeMode::one,
                          {},
                          std::move(slots),
                          due_of(walk, spot)});
}

Status settle(Walk& walk, const Spot& spot, const std::string& slot) {
    const auto& node = walk.node(spot);
    const auto* run = walk.run(spot);
    if (run == nullptr || run->state != NodeState::open) return {};
    settle_signers(walk, spot);
    run = walk.run(spot);
    const auto silent_veto = [&](const Slot& one) { return may_veto(walk, spot, one); };
    switch (outcome_of(node, *run, silent_veto)) {
        case RoundOutcome::waiting:
            return node.mode == NodeMode::seq ? open_turn(walk, spot) : Status{};
        case RoundOutcome::passed:
            return end_round(walk, spot, NodeState::approved, slot);
        case RoundOutcome::dissented:
            return end_round(walk, spot, NodeState::dissented, slot);
        case RoundOutcome::refused:
            break;
    }
    const bool asked = std::ranges::any_of(run->slots, [](const Slot& one) {
        return one.superior && one.state != SlotState::cancelled;
    });
    if (node.dissent == Dissent::escalate && !asked) return open_superior(walk, spot);
    return end_round(walk, spot, NodeState::rejected, slot);
}

}  // namespace duban
