
#include "domain/approval/route_commands.h"
#include "domain/approval/route_check.h"
#include "domain/approval/route_events.h"
#include "domain/approval/route_plan.h"
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
    const auto on_behalf_of = publisher(facts);
    if (!on_behalf_of) return tl::unexpected(on_behalf_of.error());
    if (auto checked = check_route(command.route, {facts.directory, &facts.routes}); !checked) {
        return tl::unexpected(checked.error());
    }
    const RoutePlan* newest = newest_route(facts.routes, command.route.route);
    const std::int32_t next = newest == nullptr ? 1 : newest->route().ver + 1;
    Route route = command.route;
    if (route.ver == 0) route.ver = next;
    if (newest != nullptr && newest->route() == route) return Decision{};
    if (route.ver != next) {
        return fail(Errc::invalid_argument,
                    "The next version of the route " + route.route.value + " is " +
                        std::to_string(next) + "; publish it under that number.",
                    "route.ver");
    }
    return decision_of({RoutePublished{std::move(route)}}, *on_behalf_of);
}

DUBAN_DEFINE_COMMAND(PublishRoute)

}  // namespace duban
