#include <algorithm>

#include "domain/approval/seats.h"
#include "domain/approval/sight.h"
#include "domain/approval/signers.h"
#include "domain/directory/access.h"
#include "tests/support/approval_laws.h"

namespace duban {
namespace {

Broken of_slot(const char* law, const std::string& node, const Slot& slot, const char* detail) {
    return Broken{law, node + "/" + slot.slot + ": " + detail};
}

std::optional<Broken> broken_holders(const Approval& approval, const ApprovalNode& run,
                                     const Slot& slot, const GivenTask& world) {
    const auto persons = slot_holders(slot, run.except, world.task, world.directory);
    if (persons.empty()) return of_slot(law::live_holder, run.node, slot, "nobody holds it");
    for (const PersonId& person : persons) {
        const auto* known = find_person(world.directory, person);
        if (known == nullptr || !known->active) {
            return of_slot(law::live_holder, run.node, slot, "who holds it is not active");
        }
        const auto access = access_of(world.directory, person, world.today());
        if (!sight_of(world.task, access).sees_approval(approval.no)) {
            return of_slot(law::live_holder, run.node, slot, "who holds it does not see it");
        }
    }
    return std::nullopt;
}

bool waits_behind_another(const ApprovalNode& run, const Slot& slot) {
    const auto acts = [](const Slot& one) { return can_act_now(one); };
    if (slot.state == SlotState::idle) {
        return std::ranges::any_of(
            run.slots, [&](const Slot& one) { return one.slot != slot.slot && acts(one); });
    }
    const auto below = added_below(run.slots, slot.slot);
    return std::ranges::any_of(below, [&](std::size_t at) { return acts(run.slots[at]); });
}

bool is_chain(const Slot& slot) {
    if (slot.delegate.empty()) return slot.delegator.empty();
    return !slot.delegator.empty() && !slot.delegation.empty() &&
           slot.delegation.back().to == slot.delegate;
}

// What every slot of a round says of how it came to its word.
std::optional<Broken> broken_word(const std::string& node, const std::vector<Slot>& slots,
                                  const Slot& slot) {
    // Where somebody else was asked because time was up, it has decided nothing.
    const bool silent = slot.state == SlotState::deemed ||
                        (slot.state == SlotState::timed_out && slot.said != Said::nothing);
    if (silent && !slot.by.empty()) {
        return of_slot(law::distinguishable, node, slot, "time decided it, and somebody did");
    }
    const bool spoken = slot.state == SlotState::rejected || slot.state == SlotState::returned ||
                        slot.state == SlotState::approved;
    // A refusal of one who was added makes the vote of who added him one.
    const bool refused = slot.state == SlotState::rejected || slot.said == Said::no;
    const bool follows =
        refused && slot.by.empty() && std::ranges::any_of(slots, [&](const Slot& one) {
            return one.parent == slot.slot && one.said == Said::no;
        });
    if (spoken && !follows && (slot.by.empty() || slot.by.value == system_actor)) {
        return of_slot(law::distinguishable, node, slot, "somebody decided it, and nobody did");
    }
    if (slot.state == SlotState::kept && slot.by.empty() && !follows) {
        return of_slot(law::distinguishable, node, slot, "it is kept, and nobody had decided it");
    }
    const bool counts = spoken && slot.state != SlotState::returned;
    if ((counts || slot.state == SlotState::kept) && slot.said == Said::nothing) {
        return of_slot(law::distinguishable, node, slot, "it was decided, and does not count");
    }
    const bool undecided = is_undecided(slot.state) && slot.state != SlotState::passing;
    if (undecided && slot.said != Said::nothing) {
        return of_slot(law::distinguishable, node, slot, "it counts, and was not decided");
    }
    return std::nullopt;
}

struct Votes {
    std::uint32_t yes = 0;
    std::uint32_t open = 0;
    std::uint32_t base = 0;
    bool vetoed = false;
    bool veto_open = false;
};

// Of a vote without added signers, in which nobody was asked in place of others.
std::optional<Votes> votes_of(const Round& round, const RouteNode& node) {
    Votes votes;
    for (const Slot& slot : round.slots) {
        const bool replaced = slot.superior || slot.escalated || slot.pos != SignerPos::none ||
                              slot.state == SlotState::timed_out;
        if (replaced) return std::nullopt;
        const bool left = slot.state == SlotState::cancelled && slot.reason != SkipReason::none;
        const bool out = slot.state == SlotState::skipped && slot.reason != SkipReason::dedupe;
        if (left || out || slot.state == SlotState::transferred) continue;
        const std::uint32_t weight =
            node.vote->by == VoteBy::weight ? std::max(slot.weight, 1U) : 1;
        const bool yes = slot.said == Said::yes || slot.state == SlotState::skipped;
        votes.base += weight;
        votes.yes += yes ? weight : 0;
        const bool open = !yes && slot.said == Said::nothing;
        votes.open += open ? weight : 0;
        votes.vetoed = votes.vetoed || (slot.veto && slot.said == Said::no);
        votes.veto_open = votes.veto_open || (slot.veto && open);
    }
    return votes;
}

// "a/b" or ">a/b" of the base, or a count.
bool is_reached(const std::string& pass, std::uint32_t yes, std::uint32_t base) {
    const bool more = pass.front() == '>';
    const std::string text = more ? pass.substr(1) : pass;
    const auto slash = text.find('/');
    const double need = std::stod(text);
    if (slash == std::string::npos) return yes >= need;
    const double share = need / std::stod(text.substr(slash + 1));
    const double part = base == 0 ? 0 : static_cast<double>(yes) / base;
    constexpr double little = 1e-9;
    return more ? part > share + little : part >= share - little;
}

// Whatever those would have said who had not spoken, the end is the same.
std::optional<Broken> broken_vote(const Round& round, const RouteNode& node) {
    const bool decided = round.end == NodeState::approved || round.end == NodeState::dissented ||
                         round.end == NodeState::rejected;
    if (node.mode != NodeMode::vote || !node.vote || !decided) return std::nullopt;
    const auto votes = votes_of(round, node);
    if (!votes || votes->base == 0) return std::nullopt;
    const auto& pass = node.vote->pass;
    const bool at_least =
        is_reached(pass, votes->yes, votes->base) && !votes->vetoed && !votes->veto_open;
    const bool at_most = is_reached(pass, votes->yes + votes->open, votes->base) && !votes->vetoed;
    const bool passed = round.end == NodeState::approved;
    if (passed ? at_least : !at_most) return std::nullopt;
    return Broken{law::early_votes, round.node + ": it ended otherwise than the full count could"};
}

}  // namespace

std::optional<Broken> broken_slots(const Approval& approval, const GivenTask& world) {
    if (!is_open(approval)) return std::nullopt;
    for (const ApprovalNode& run : approval.nodes) {
        for (const Slot& slot : run.slots) {
            if (auto broken = broken_word(run.node, run.slots, slot)) return broken;
            if (!is_undecided(slot.state)) continue;
            if (run.state != NodeState::open) {
                return of_slot(law::live_holder, run.node, slot, "is asked in a closed round");
            }
            if (!is_chain(slot)) {
                return of_slot(law::delegation, run.node, slot, "its chain does not hold together");
            }
            if (can_act_now(slot)) {
                if (auto broken = broken_holders(approval, run, slot, world)) return broken;
            } else if (!waits_behind_another(run, slot)) {
                return of_slot(law::live_holder, run.node, slot, "waits for nobody");
            }
        }
    }
    return std::nullopt;
}

std::optional<Broken> broken_round(const Round& round, const RouteNode& node) {
    for (const Slot& slot : round.slots) {
        if (is_undecided(slot.state)) {
            return of_slot(law::closed_rounds_stay, round.node, slot, "is asked in a closed round");
        }
        if (auto broken = broken_word(round.node, round.slots, slot)) return broken;
    }
    const bool silence = std::ranges::any_of(
        round.slots, [](const Slot& slot) { return slot.state == SlotState::deemed; });
    if (round.end == NodeState::deemed && !silence) {
        return Broken{law::distinguishable, round.node + ": deemed, and nobody was silent"};
    }
    return broken_vote(round, node);
}

}  // namespace duban
