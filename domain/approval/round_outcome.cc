#include <algorithm>

#include "domain/approval/rounds.h"
#include "domain/approval/route_check.h"
#include "domain/approval/signers.h"

namespace duban {
namespace {

// What a slot says of the round. nothing: not yet, or no longer asked.
struct Voices {
    std::uint32_t yes = 0;
    std::uint32_t no = 0;
    std::uint32_t open = 0;  // not yet spoken
    std::uint32_t base = 0;  // all that count
    bool vetoed = false;
    bool veto_open = false;  // a slot that may veto has not spoken
};

// A slot that leaves the count: nobody was to be asked for it, or it is asked no longer.
bool is_out(const Slot& slot) {
    return slot.state == SlotState::cancelled || slot.state == SlotState::transferred ||
           slot.state == SlotState::dropped ||
           (slot.state == SlotState::skipped && slot.reason != SkipReason::dedupe);
}

// A refusal is done once those who were added with it have spoken too.
Said own_word(const RouteNode& node, const ApprovalNode& run, const Slot& slot) {
    const bool waits = slot.said == Said::no && node.dissent != Dissent::veto &&
                       slot.state == SlotState::rejected && waits_for(run, slot, SignerPos::with);
    return waits ? Said::nothing : slot.said;
}

// Whoever was asked because time was up speaks for those who were silent.
Said said_instead(const RouteNode& node, const ApprovalNode& run) {
    for (const Slot& slot : run.slots) {
        if (!slot.escalated || is_out(slot)) continue;
        const Said said = own_word(node, run, slot);
        if (said != Said::nothing) return said;
    }
    return Said::nothing;
}

Said said_by(const RouteNode& node, const ApprovalNode& run, const Slot& slot, Said instead) {
    if (slot.state == SlotState::skipped) return Said::yes;
    const bool spoken_for = slot.state == SlotState::timed_out && slot.said == Said::nothing;
    return spoken_for ? instead : own_word(node, run, slot);
}

// With a veto the refusal of any signer decides, whoever added him; in a vote it makes the vote of
// who added him a refusal.
bool is_vetoed_inside(const RouteNode& node, const ApprovalNode& run) {
    if (node.dissent != Dissent::veto || node.mode == NodeMode::vote) return false;
    return std::ranges::any_of(run.slots, [&](const Slot& slot) {
        return !counts_alone(slot, node.mode) && !is_out(slot) && slot.said == Said::no;
    });
}

Voices count(const RouteNode& node, const ApprovalNode& run, const SilentVeto& silent_veto) {
    Voices voices;
    const Said instead = said_instead(node, run);
    for (const Slot& slot : run.slots) {
        if (is_out(slot) || slot.superior || slot.escalated) continue;
        if (!counts_alone(slot, node.mode)) continue;
        const bool weighed = node.vote && node.vote->by == VoteBy::weight;
        const std::uint32_t weight = weighed ? std::max(slot.weight, 1U) : 1;
        const Said said = said_by(node, run, slot, instead);
        voices.base += weight;
        voices.yes += said == Said::yes ? weight : 0;
        voices.no += said == Said::no ? weight : 0;
        voices.open += said == Said::nothing ? weight : 0;
        voices.vetoed = voices.vetoed || (slot.veto && said == Said::no);
        voices.veto_open = voices.veto_open || (said == Said::nothing && silent_veto(slot));
    }
    return voices;
}

RoundOutcome refusal_of(const RouteNode& node) {
    return node.dissent == Dissent::record ? RoundOutcome::dissented : RoundOutcome::refused;
}

RoundOutcome vote_outcome(const RouteNode& node, const Voices& voices) {
    const VoteRule rule = node.vote.value_or(VoteRule{});
    const auto threshold = parse_threshold(rule.pass);
    DUBAN_ASSERT(threshold);
    if (rule.settle == Settle::all && voices.open > 0) return RoundOutcome::waiting;
    if (voices.base == 0) return RoundOutcome::passed;
    if (voices.vetoed) return refusal_of(node);
    if (reaches(*threshold, voices.yes, voices.base) && !voices.veto_open) {
        return RoundOutcome::passed;
    }
    const bool reachable = reaches(*threshold, voices.yes + voices.open, voices.base);
    return reachable ? RoundOutcome::waiting : refusal_of(node);
}

// One after the other, or all at once.
RoundOutcome every_outcome(const RouteNode& node, const Voices& voices) {
    const bool decides = node.dissent == Dissent::veto ||
                         (node.dissent == Dissent::escalate && node.mode == NodeMode::seq);
    if (voices.no > 0 && decides) return RoundOutcome::refused;
    if (voices.open > 0) return RoundOutcome::waiting;
    return voices.no > 0 ? refusal_of(node) : RoundOutcome::passed;
}

}  // namespace

RoundOutcome outcome_of(const RouteNode& node, const ApprovalNode& run,
                        const SilentVeto& silent_veto) {
    const auto superior = std::ranges::find_if(
        run.slots, [](const Slot& slot) { return slot.superior && !is_out(slot); });
    if (superior != run.slots.end()) {
        const Said said = said_by(node, run, *superior, said_instead(node, run));
        if (said == Said::nothing) return RoundOutcome::waiting;
        return said == Said::yes ? RoundOutcome::dissented : RoundOutcome::refused;
    }
    if (is_vetoed_inside(node, run)) return RoundOutcome::refused;
    const auto voices = count(node, run, silent_veto);
    switch (node.mode) {
        case NodeMode::all:
        case NodeMode::seq:
            return every_outcome(node, voices);
        case NodeMode::vote:
            return vote_outcome(node, voices);
        case NodeMode::one:
        case NodeMode::any:
        case NodeMode::claim:
        case NodeMode::random:
            break;
    }
    if (voices.no > 0) return refusal_of(node);
    return voices.yes > 0 || voices.open == 0 ? RoundOutcome::passed : RoundOutcome::waiting;
}

}  // namespace duban
