#include "domain/approval/signers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/signer_events.h"

namespace duban {
namespace {

bool is_member(const Slot& slot, std::string_view parent, std::uint32_t set) {
    const bool there = slot.state != SlotState::dropped && slot.state != SlotState::transferred &&
                       slot.state != SlotState::cancelled;
    return there && slot.set == set && slot.parent == parent;
}

// The numbers of the sets beside a slot, with where they stand.
std::vector<std::pair<std::uint32_t, SignerPos>> sets_of(const ApprovalNode& run,
                                                         std::string_view parent) {
    std::set<std::pair<std::uint32_t, SignerPos>> sets;
    for (const Slot& slot : run.slots) {
        if (slot.pos != SignerPos::none && slot.parent == parent) sets.emplace(slot.set, slot.pos);
    }
    return {sets.begin(), sets.end()};
}

NodeMode mode_of(const ApprovalNode& run, std::string_view parent, std::uint32_t set) {
    for (const Slot& slot : run.slots) {
        if (slot.pos != SignerPos::none && slot.parent == parent && slot.set == set) {
            return slot.set_mode;
        }
    }
    return NodeMode::all;
}

bool is_passed_set(const ApprovalNode& run, std::string_view parent, std::uint32_t set) {
    bool any = false;
    bool spoken = false;
    bool silent = false;
    for (const Slot& slot : run.slots) {
        if (!is_member(slot, parent, set)) continue;
        any = true;
        const bool has_said = slot.said != Said::nothing || slot.state == SlotState::kept;
        (has_said ? spoken : silent) = true;
    }
    const NodeMode mode = mode_of(run, parent, set);
    const bool first = mode == NodeMode::one || mode == NodeMode::any;
    return !any || (first ? spoken : !silent);
}

// Beside whom the set is asked now.
bool is_asked_set(const Slot& parent, SignerPos pos) {
    switch (pos) {
        case SignerPos::before:
            return parent.state == SlotState::waiting;
        case SignerPos::with:
            return parent.state != SlotState::idle && parent.state != SlotState::cancelled;
        case SignerPos::after:
            return parent.state == SlotState::passing;
        case SignerPos::none:
            break;
    }
    return false;
}

class Sets {
public:
    Sets(Walk& walk, const Spot& spot) : walk_(walk), spot_(spot) {}

    // One move, if there is one to make.
    bool move() {
        const std::vector<Slot> slots = walk_.run(spot_)->slots;
        return std::any_of(slots.rbegin(), slots.rend(),
                           [&](const Slot& slot) { return move_sets(slot) || move_parent(slot); });
    }

private:
    [[nodiscard]] const ApprovalNode& run() const { return *walk_.run(spot_); }

    bool move_sets(const Slot& parent) {
        for (const auto& [set, pos] : sets_of(run(), parent.slot)) {
            const bool lapsed = pos == SignerPos::after && parent.state == SlotState::rejected;
            if (lapsed || is_passed_set(run(), parent.slot, set)) {
                if (close_rest(parent, set)) return true;
            } else if (is_asked_set(parent, pos)) {
                if (open_next(parent, set)) return true;
            }
        }
        return false;
    }

    bool close_rest(const Slot& parent, std::uint32_t set) {
        for (const Slot& slot : run().slots) {
            if (!is_member(slot, parent.slot, set) || !is_undecided(slot.state)) continue;
            close_slot(walk_, spot_, std::string(slot.slot), SlotState::cancelled, {});
            return true;
        }
        return false;
    }

    bool open_next(const Slot& parent, std::uint32_t set) {
        const bool in_turn = mode_of(run(), parent.slot, set) == NodeMode::seq;
        for (const Slot& slot : run().slots) {
            if (!is_member(slot, parent.slot, set)) continue;
            if (slot.state == SlotState::idle) {
                settle(slot, SlotState::open, Said::nothing);
                return true;
            }
            if (in_turn && is_undecided(slot.state)) return false;
        }
        return false;
    }

    bool move_parent(const Slot& parent) {
        const bool refused = has_refusal_inside(run(), parent);
        const auto& node = walk_.node(spot_);
        const bool votes = node.mode == NodeMode::vote && node.dissent == Dissent::veto;
        if (votes && refused && is_undecided(parent.state)) {
            settle(parent, SlotState::rejected, Said::no);
            return true;
        }
        const bool waits = parent.state == SlotState::waiting && parent.delegate.empty();
        if (waits && !waits_for(run(), parent, SignerPos::before)) {
            settle(parent, SlotState::open, Said::nothing);
            return true;
        }
        if (parent.state != SlotState::passing || waits_for(run(), parent, SignerPos::with) ||
            waits_for(run(), parent, SignerPos::after)) {
            return false;
        }
        settle(parent, SlotState::approved, refused ? Said::no : Said::yes);
        return true;
    }

    void settle(const Slot& slot, SlotState state, Said said) {
        walk_.emit(SlotSettled{walk_.id(), run().node, run().round, slot.slot, state, said});
    }

    Walk& walk_;
    const Spot& spot_;
};

}  // namespace

std::string level_of(const std::string& slot) {
    const auto dot = slot.rfind('.');
    return dot == std::string::npos ? std::string() : slot.substr(0, dot);
}

std::string free_slot(const std::vector<Slot>& slots, const std::string& prefix) {
    for (std::size_t number = 1;; ++number) {
        auto name = (prefix.empty() ? "" : prefix + ".") + std::to_string(number);
        if (std::ranges::find(slots, name, &Slot::slot) == slots.end()) return name;
    }
}

bool counts_alone(const Slot& slot, NodeMode mode) {
    return slot.pos == SignerPos::none || (mode == NodeMode::vote && slot.pos == SignerPos::with);
}

bool has_refusal_inside(const ApprovalNode& run, const Slot& slot) {
    return std::ranges::any_of(run.slots, [&](const Slot& one) {
        return one.parent == slot.slot && !counts_alone(one, run.mode) && one.said == Said::no;
    });
}

bool waits_for(const ApprovalNode& run, const Slot& slot, SignerPos pos) {
    if (pos == SignerPos::with && run.mode == NodeMode::vote) return false;
    for (const auto& [set, at] : sets_of(run, slot.slot)) {
        if (at == pos && !is_passed_set(run, slot.slot, set)) return true;
    }
    return false;
}

std::vector<std::size_t> added_below(const std::vector<Slot>& slots, std::string_view slot) {
    std::set<std::string_view> names = {slot};
    std::vector<std::size_t> places;
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const bool below = slots[i].pos != SignerPos::none && names.contains(slots[i].parent);
            if (!below || !names.insert(slots[i].slot).second) continue;
            places.push_back(i);
            more = true;
        }
    }
    std::ranges::sort(places);
    return places;
}

std::size_t place_after(const std::vector<Slot>& slots, const std::string& slot) {
    const auto found = std::ranges::find(slots, slot, &Slot::slot);
    const auto own = static_cast<std::size_t>(found - slots.begin()) + 1;
    const auto below = added_below(slots, slot);
    return below.empty() ? std::min(own, slots.size()) : std::max(own, below.back() + 1);
}

void put_sets_in_order(ApprovalNode& run) {
    for (Slot& slot : run.slots) {
        const bool waits = slot.state == SlotState::open && slot.pos == SignerPos::none &&
                           waits_for(run, slot, SignerPos::before);
        if (waits) slot.state = SlotState::waiting;
    }
    // Members come after the slot that they stand beside.
    for (Slot& slot : run.slots) {
        if (slot.pos == SignerPos::none || slot.state != SlotState::open) continue;
        const auto parent = std::ranges::find(run.slots, slot.parent, &Slot::slot);
        const bool asked = parent != run.slots.end() && is_asked_set(*parent, slot.pos);
        const bool in_turn = slot.set_mode == NodeMode::seq;
        const bool turn_of_another =
            in_turn && std::ranges::any_of(run.slots, [&](const Slot& other) {
                return &other < &slot && is_member(other, slot.parent, slot.set) &&
                       is_undecided(other.state);
            });
        if (!asked || turn_of_another) {
            slot.state = SlotState::idle;
        } else if (waits_for(run, slot, SignerPos::before)) {
            slot.state = SlotState::waiting;
        }
    }
}

void settle_signers(Walk& walk, const Spot& spot) {
    if (walk.run(spot) == nullptr) return;
    Sets sets(walk, spot);
    while (sets.move()) {
    }
}

void close_slot(Walk& walk, const Spot& spot, const std::string& slot, SlotState state,
                SkipReason reason) {
    const auto* run = walk.run(spot);
    const auto slots = run->slots;
    const auto address = run->node;
    const auto round = run->round;
    for (const std::size_t at : added_below(slots, slot)) {
        if (!is_undecided(slots[at].state)) continue;
        walk.emit(SlotClosed{walk.id(), address, round, slots[at].slot, state, reason});
    }
    walk.emit(SlotClosed{walk.id(), address, round, slot, state, reason});
}

}  // namespace duban
