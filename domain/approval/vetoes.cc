#include "domain/approval/vetoes.h"

#include <algorithm>

#include "domain/approval/seats.h"

namespace duban {
namespace {

std::vector<Seat> veto_seats(const Walk& walk, const Spot& spot, const VoteRule& vote) {
    return seats_meant(vote.veto, {walk.task(), walk.approval().subject.unit, spot.unit});
}

}  // namespace

bool may_veto(const Walk& walk, const Spot& spot, const PersonId& person) {
    const auto& vote = walk.node(spot).vote;
    if (!vote || person.empty()) return false;
    const bool named = std::ranges::any_of(
        vote->veto, [&](const Selector& one) { return !one.user.empty() && one.user == person; });
    return named || std::ranges::any_of(veto_seats(walk, spot, *vote), [&](const Seat& seat) {
               const auto persons = holders(walk.directory(), seat);
               return std::ranges::find(persons, person) != persons.end();
           });
}

bool may_veto(const Walk& walk, const Spot& spot, const Slot& slot) {
    if (slot.veto) return true;
    const auto persons = live_holders(slot, {}, walk.task(), walk.directory());
    return std::ranges::any_of(
        persons, [&](const PersonId& person) { return may_veto(walk, spot, person); });
}

void mark_vetoes(const Walk& walk, const Spot& spot, std::vector<Slot>& slots) {
    const auto& vote = walk.node(spot).vote;
    if (!vote) return;
    const auto seats = veto_seats(walk, spot, *vote);
    for (Slot& slot : slots) {
        const bool seat = slot.seat && std::ranges::find(seats, *slot.seat) != seats.end();
        slot.veto = seat || may_veto(walk, spot, slot.person);
    }
}

}  // namespace duban
