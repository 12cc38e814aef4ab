#include "domain/calendar/calendar_commands.h"

#include <algorithm>
#include <utility>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/calendar/calendar_events.h"
#include "domain/directory/directory.h"

namespace duban {
namespace {

// For whom, when the actor may only as a proxy.
Result<PersonId> calendar_publisher(const Facts& facts) {
    if (facts.actor.value == system_actor) return PersonId{};
    const std::vector<Seat> seats = {Seat{UnitCode(office_unit), Post::head},
                                     Seat{UnitCode(zone_unit), Post::leader}};
    const auto capacity = capacity_for(facts.directory, facts.actor, seats, office_date(facts.now));
    if (capacity) return capacity->on_behalf_of;
    return fail(Errc::forbidden,
                "Publishing a calendar is for the " + describe(seats) + "; ask one of them.");
}

}  // namespace

static Result<Decision> decide_one(const PublishCalendar& command, const Facts& facts) {
    const auto on_behalf_of = calendar_publisher(facts);
    if (!on_behalf_of) return tl::unexpected<Error>(on_behalf_of.error());
    if (auto checked = check_year(command.calendar, "calendar"); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    CalendarYear year = command.calendar;
    std::ranges::sort(year.off);
    std::ranges::sort(year.work);
    const auto known = facts.calendars.years.find(year.year);
    if (known != facts.calendars.years.end()) {
        year.ver = known->second.ver;
        if (known->second == year) return Decision{};
    }
    year.ver = version_of(facts.calendars) + 1;
    return decision_of({CalendarPublished{std::move(year)}}, *on_behalf_of);
}

DUBAN_DEFINE_COMMAND(PublishCalendar)

}  // namespace duban
