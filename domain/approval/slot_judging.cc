#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "domain/approval/round_parts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// The slot goes to another seat for good.
void substitute(Slot& slot, const Seat& seat) {
    slot.seat = seat;
    slot.person = {};
    slot.unit = {};
    slot.bound = {};
}

tl::unexpected<Error> no_holder(const RouteNode& node, const Slot& slot) {
    const std::string who =
        slot.seat ? "it needs the " + describe({*slot.seat}) + ". Fill that post first."
                  : "nobody is named who is active. Name somebody first.";
    return refuse("no_holder",
                  "Nobody holds the next step, " + name_of(node) + " (" + node.id + "): " + who);
}

Status judge_empty(Walk& walk, const Spot& spot, Slot& slot) {
    const auto& node = walk.node(spot);
    switch (node.empty) {
        case OnEmpty::skip:
            skip_slot(slot, SkipReason::empty);
            return {};
        case OnEmpty::admin:
            return give_to_office(walk, node, slot);
        case OnEmpty::seat: {
            const auto stand_in = node.stand_in.value_or(SeatSelector{"office", Post::head});
            substitute(slot, seat_meant(stand_in, scope_of(walk, spot)));
            if (!live_holders(slot, {}, walk.task(), walk.directory()).empty()) return {};
            return give_to_office(walk, node, slot);
        }
        case OnEmpty::reject:
            break;
    }
    if (walk.supposes()) return {};
    if (!walk.refuses()) return give_to_office(walk, node, slot);
    return no_holder(node, slot);
}

// Above the slot's post in its unit, the next that somebody else holds; else the zone's leader.
Seat superior_of(const Walk& walk, const Slot& slot, bool head_only) {
    constexpr std::array ladder = {Post::section, Post::deputy, Post::head};
    if (slot.seat) {
        for (const Post post : ladder) {
            if (post <= slot.seat->post || (head_only && post != Post::head)) continue;
            Slot above;
            above.seat = Seat{slot.seat->unit, post};
            if (!live_holders(above, walk.author(), walk.task(), walk.directory()).empty())
                return *above.seat;
        }
    }
    return {UnitCode(zone_unit), Post::leader};
}

}  // namespace

PersonId excepted(const Walk& walk, const Spot& spot) {
    return walk.node(spot).self == OnSelf::allow ? PersonId() : walk.author();
}

SeatScope scope_of(const Walk& walk, const Spot& spot) {
    return {walk.task(), walk.approval().subject.unit, spot.unit};
}

void skip_slot(Slot& slot, SkipReason reason) {
    slot.state = SlotState::skipped;
    slot.reason = reason;
}

Status give_to_office(Walk& walk, const RouteNode& node, Slot& slot) {
    const Slot asked = slot;
    substitute(slot, settler_of(walk.task()));
    const bool stays = !walk.refuses() || walk.supposes();
    if (stays || !live_holders(slot, {}, walk.task(), walk.directory()).empty()) return {};
    return no_holder(node, asked);
}

// Whom the slot is for, once it is known who holds it.
Status judge_slot(Walk& walk, const Spot& spot, Slot& slot) {
    const auto& node = walk.node(spot);
    auto persons = live_holders(slot, {}, walk.task(), walk.directory());
    if (persons.empty()) {
        if (auto judged = judge_empty(walk, spot, slot); !judged) return judged;
        if (slot.state == SlotState::skipped) return {};
        persons = live_holders(slot, {}, walk.task(), walk.directory());
    }
    const bool own = persons == std::vector<PersonId>{walk.author()};
    if (!own || node.self == OnSelf::allow) return {};
    if (node.self == OnSelf::skip) {
        skip_slot(slot, SkipReason::self);
    } else {
        substitute(slot, superior_of(walk, slot, node.self == OnSelf::head));
        if (live_holders(slot, walk.author(), walk.task(), walk.directory()).empty()) {
            return give_to_office(walk, node, slot);
        }
    }
    return {};
}

}  // namespace duban
