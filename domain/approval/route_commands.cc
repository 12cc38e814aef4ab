
#include "domain/approval/route_commands.h"
#include "domain/approval/route_events.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"

namespace duban {
namespace {

std::vector<Seat> publishers() {
    return {Seat{UnitCode(office_unit), Post::head}, Seat{UnitCode(zone_unit), Post::leader}};
}

// For whom, when the actor may only as a proxy.
Result<PersonId> publisher(const Facts& facts) {
    if (facts.actor.value == system_actor) return PersonId{};
    const auto capacity =
        capacity_for(facts.directory, facts.actor, publishers(), office_date(facts.now));
    if (capacity) return capacity->on_behalf_of;
    return fail(Errc::forbidden,
                "Publishing a route is for the " + describe(publishers()) + "; ask one of them.");
}

}  // namespace

static Result<Decision> decide_one(const PublishRoute& command, const Facts& facts) {
    const Route& route = command.route;
    const auto on_behalf_of = publisher(facts);
    if (!on_behalf_of) return tl::unexpected(on_behalf_of.error());
    if (auto checked = check_route(route); !checked) return tl::unexpected(checked.error());

    const Route* newest = newest_route(facts.routes, route.route);
    if (newest != nullptr && *newest == route) return Decision{};
    const std::int32_t next = newest == nullptr ? 1 : newest->ver + 1;
    if (route.ver != next) {
        return fail(Errc::invalid_argument,
                    "The next version of the route " + route.route.value + " is " +
                        std::to_string(next) + "; publish it under that number.",
                    "route.ver");
    }
    return decision_of({RoutePublished{route}}, *on_behalf_of);
}

DUBAN_DEFINE_COMMAND(PublishRoute)

}  // namespace duban
