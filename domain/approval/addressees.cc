#include "domain/approval/addressees.h"

#include <algorithm>

#include "domain/approval/sight.h"

namespace duban {
namespace {

void add_guests(const TaskState& task, const Event& event, std::vector<Party>& guests) {
    for (PartySight& one : outside_parties(task)) {
        if (std::ranges::find(guests, one.party) != guests.end()) continue;
        const TaskSight sight{false, std::move(one.approvals)};
        if (shows_event(sight, event)) guests.push_back(std::move(one.party));
    }
}

// Whether nobody gained or lost sight by the event.
bool asks_the_same_parties(const TaskState& before, const TaskState& after) {
    return before.approvals.is(after.approvals) && before.assignments.is(after.assignments) &&
           before.mandate.is(after.mandate);
}

}  // namespace

Addressees addressees_of(const TaskState& before, const TaskState& after, const Event& event) {
    Addressees to;
    to.units = units_of(after);
    // Whom the event takes out of the task is told so.
    for (const UnitCode& unit : units_of(before)) {
        if (std::ranges::find(to.units, unit) == to.units.end()) to.units.push_back(unit);
    }
    if (event.type().audience != Audience::task_units) return to;
    add_guests(after, event, to.guests);
    if (!asks_the_same_parties(before, after)) add_guests(before, event, to.guests);
    std::erase_if(to.guests, [&](const Party& party) {
        return std::ranges::find(to.units, party.unit) != to.units.end();
    });
    return to;
}

bool may_see_event(const Access& access, const Event& event, const Addressees& to) {
    if (may_see_event(access, event, to.units)) return true;
    return event.type().audience == Audience::task_units &&
           std::ranges::any_of(to.guests, [&](const Party& party) { return is_of(access, party); });
}

}  // namespace duban
