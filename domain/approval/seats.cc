#include "domain/approval/seats.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/approval/subject.h"
#include "domain/directory/access.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

bool contains(const std::vector<PersonId>& persons, const PersonId& person) {
    return std::ranges::find(persons, person) != persons.end();
}

Slot seat_slot(const Seat& seat, const Selector& selector) {
    Slot slot;
    slot.seat = seat;
    slot.weight = selector.weight;
    return slot;
}

Slot person_slot(const PersonId& person, const Selector& selector) {
    Slot slot;
    slot.person = person;
    slot.weight = selector.weight;
    return slot;
}

void add_once(std::vector<Slot>& slots, Slot slot) {
    const bool known = std::ranges::any_of(slots, [&](const Slot& other) {
        return other.seat == slot.seat && other.person == slot.person;
    });
    if (known) return;
    slot.slot = std::to_string(slots.size() + 1);
    slot.state = SlotState::open;
    slots.push_back(std::move(slot));
}

bool holds_any(const Directory& directory, const PersonId& person, const std::vector<Seat>& seats) {
    return std::ranges::any_of(seats,
                               [&](const Seat& seat) { return holds(directory, person, seat); });
}

// Whom somebody picked for the node: in this command, else in the round before, of whom those count
// that may still be picked.
std::vector<PersonId> picked_for(const Walk& walk, const Spot& spot,
                                 const std::vector<Seat>& from) {
    const auto& node = walk.node(spot);
    const auto named = walk.picks().find(node.id);
    if (named != walk.picks().end()) return named->second;
    std::vector<PersonId> persons;
    const auto* run = walk.run(spot);
    if (run == nullptr) return persons;
    for (const Slot& slot : run->slots) {
        const bool by_route = std::ranges::any_of(
            node.who, [&](const Selector& one) { return one.user == slot.person; });
        const bool added = slot.pos != SignerPos::none || !slot.unit.empty();
        if (slot.person.empty() || by_route || added) continue;
        if (holds_any(walk.directory(), slot.person, from)) persons.push_back(slot.person);
    }
    return persons;
}

tl::unexpected<Error> bad_pick(const RouteNode& node, const std::string& why) {
    return refuse("pick", "For " + name_of(node) + " (" + node.id + ") " + why, "picks");
}

Status check_picks(const std::vector<PersonId>& picked, const Selector& selector,
                   const std::vector<Seat>& from, const RouteNode& node,
                   const Directory& directory) {
    if (picked.empty()) {
        return bad_pick(
            node, "somebody must be picked among the " + describe(from) + ": name them in picks.");
    }
    if (selector.max != 0 && picked.size() > selector.max) {
        return bad_pick(node, "at most " + std::to_string(selector.max) + " may be picked.");
    }
    for (const auto& person : picked) {
        if (holds_any(directory, person, from)) continue;
        return bad_pick(node,
                        person.value + " cannot be picked; pick among the " + describe(from) + ".");
    }
    return {};
}

Status add_picked(const Walk& walk, const Spot& spot, const Selector& selector,
                  const SeatScope& scope, std::vector<Slot>& slots) {
    const auto among = selector.from.value_or(SeatSelector{});
    const auto from = seats_meant(among.unit, among.post, scope);
    const auto picked = picked_for(walk, spot, from);
    const auto& node = walk.node(spot);
    // Where only time went on, nobody is there to pick: all who could be picked are asked.
    if (picked.empty() && (walk.supposes() || !walk.refuses())) {
        for (const auto& seat : from) add_once(slots, seat_slot(seat, selector));
        return {};
    }
    if (auto checked = check_picks(picked, selector, from, node, walk.directory()); !checked) {
        return checked;
    }
    for (const auto& person : picked) add_once(slots, person_slot(person, selector));
    return {};
}

// A group without members still asks: a slot that nobody holds, so that nothing passes unseen.
void add_group(const Walk& walk, const Selector& selector, std::vector<Slot>& slots) {
    const auto found = walk.directory().groups.find(selector.group);
    const bool empty = found == walk.directory().groups.end() || found->second.members.empty();
    if (empty) return add_once(slots, person_slot(PersonId(), selector));
    for (const auto& person : found->second.members) {
        add_once(slots, person_slot(person, selector));
    }
}

std::set<UnitCode> units_of_person(const Directory& directory, const PersonId& id) {
    std::set<UnitCode> units;
    if (const auto* person = find_person(directory, id)) {
        for (const HeldPost& held : person->posts) units.insert(held.unit);
    }
    return units;
}

bool meet(const std::set<UnitCode>& one, const std::set<UnitCode>& other) {
    return std::ranges::any_of(one, [&](const UnitCode& unit) { return other.contains(unit); });
}

}  // namespace

std::vector<Seat> seats_meant(const std::string& unit, Post post, const SeatScope& scope) {
    const Mandate& mandate = *scope.task.mandate;
    if (unit == "lead") return {{mandate.lead, post}};
    if (unit == "own") return {{scope.own, post}};
    if (unit == "$u") return {{scope.each, post}};
    if (unit == "coop") {
        std::vector<Seat> seats;
        for (const auto& co : mandate.co) seats.push_back({co, post});
        return seats;
    }
    const UnitCode named(unit.starts_with('#') ? unit.substr(1) : unit);
    const UnitCode office(office_unit);
    if (named == office && takes_part(mandate, office)) {
        return {{UnitCode(zone_unit), Post::leader}};
    }
    return {{named, post}};
}

Seat seat_meant(const SeatSelector& selector, const SeatScope& scope) {
    const auto seats = seats_meant(selector.unit, selector.post, scope);
    DUBAN_ASSERT(!seats.empty());
    return seats.front();
}

std::vector<Seat> seats_meant(const std::vector<Selector>& selectors, const SeatScope& scope) {
    std::vector<Seat> seats;
    for (const auto& selector : selectors) {
        if (!selector.post || selector.unit.empty()) continue;
        for (auto& seat : seats_meant(selector.unit, *selector.post, scope)) {
            if (std::ranges::find(seats, seat) == seats.end()) seats.push_back(std::move(seat));
        }
    }
    return seats;
}

Result<std::vector<Slot>> slots_meant(const Walk& walk, const Spot& spot) {
    const SeatScope scope{walk.task(), walk.approval().subject.unit, spot.unit};
    std::vector<Slot> slots;
    for (const auto& selector : walk.node(spot).who) {
        if (selector.pick != PickBy::nobody) {
            auto added = add_picked(walk, spot, selector, scope, slots);
            if (!added) return refusal(added);
        } else if (!selector.user.empty()) {
            add_once(slots, person_slot(selector.user, selector));
        } else if (!selector.group.empty()) {
            add_group(walk, selector, slots);
        } else {
            const Post post = selector.post.value_or(Post::clerk);
            for (const auto& seat : seats_meant(selector.unit, post, scope)) {
                add_once(slots, seat_slot(seat, selector));
            }
        }
    }
    return slots;
}

UnitCode unit_kept(const Slot& slot, const TaskState& task) {
    const UnitCode unit = slot.seat ? slot.seat->unit : slot.unit;
    const bool outside =
        unit.value == office_unit || unit.value == zone_unit || unit.value == audit_unit;
    return outside && !takes_part(*task.mandate, unit) ? UnitCode() : unit;
}

Slot slot_today(const Slot& slot, const TaskState& task, const Directory& directory) {
    if (slot.state != SlotState::waiting || slot.delegate.empty()) return slot;
    const auto* delegate = find_person(directory, slot.delegate);
    const auto unit = unit_kept(slot, task);
    const bool there = delegate != nullptr && delegate->active &&
                       (unit.empty() || works_in(directory, slot.delegate, unit));
    if (there) return slot;
    Slot back = slot;
    back.state = SlotState::open;
    if (back.seat) back.bound = back.delegator;
    back.delegator = {};
    back.delegate = {};
    return back;
}

std::vector<PersonId> live_holders(const Slot& kept, const PersonId& except, const TaskState& task,
                                   const Directory& directory) {
    const Slot slot = slot_today(kept, task, directory);
    if (!slot.delegate.empty()) return {slot.delegate};
    std::vector<PersonId> persons;
    if (slot.seat) {
        const bool bound =
            !slot.bound.empty() && slot.bound != except && holds(directory, slot.bound, *slot.seat);
        if (bound) return {slot.bound};
        persons = holders(directory, *slot.seat);
    } else if (slot.unit.empty() || works_in(directory, slot.person, slot.unit)) {
        persons = {slot.person};
    }
    std::erase(persons, except);
    std::erase_if(persons,
                  [&](const PersonId& person) { return !may_be_asked(directory, person); });
    return persons;
}

std::vector<PersonId> slot_holders(const Slot& slot, const PersonId& except, const TaskState& task,
                                   const Directory& directory) {
    auto persons = live_holders(slot, except, task, directory);
    if (!persons.empty()) return persons;
    persons = holders(directory, settling_seat(settler_of(task), except, directory));
    std::erase(persons, except);
    return persons;
}

Seat settling_seat(const Seat& settler, const PersonId& except, const Directory& directory) {
    auto persons = holders(directory, settler);
    std::erase(persons, except);
    return persons.empty() ? Seat{UnitCode(zone_unit), Post::leader} : settler;
}

bool can_act_now(const Slot& slot) {
    return slot.state == SlotState::open ||
           (slot.state == SlotState::waiting && !slot.delegate.empty());
}

bool may_be_proxy(const Slot& slot, const PersonId& principal, const PersonId& person,
                  const TaskState& task, const Approval& approval, const Directory& directory) {
    const auto* subject = find_subject(task, approval.subject.id);
    const bool own =
        approval.starter == person || (subject != nullptr && contains(subject->authors, person));
    if (own) return false;
    std::set<UnitCode> taking_part(task.mandate->co.begin(), task.mandate->co.end());
    taking_part.insert(task.mandate->lead);
    const auto units = units_of_person(directory, person);
    std::set<UnitCode> of_slot;
    if (slot.seat) {
        of_slot = {slot.seat->unit};
    } else if (!slot.unit.empty()) {
        of_slot = {slot.unit};
    } else {
        of_slot = units_of_person(directory, principal);
    }
    if (!meet(units, taking_part)) return true;
    return meet(of_slot, taking_part) && meet(units, of_slot);
}

std::vector<Seat> start_seats(const RoutePlan& plan, const TaskState& task, const UnitCode& unit) {
    auto seats = seats_meant(plan.route().starts, SeatScope{task, unit, {}});
    std::erase_if(seats, [&](const Seat& seat) { return seat.unit != unit; });
    return seats;
}

}  // namespace duban
