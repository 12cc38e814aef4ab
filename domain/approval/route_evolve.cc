#include "domain/approval/route_events.h"
#include "domain/base/event_kind.ipp"

namespace duban {

RouteBook evolve(RouteBook state, const Event& event, const Stamp& stamp) {
    if (!event.of(EventFamily::route)) return state;
    event.kind().apply(&state, event.payload(), stamp);
    return state;
}

static void apply(RouteBook& state, const RoutePublished& event, const Stamp& /*stamp*/) {
    state.routes[{event.route.route, event.route.ver}] = event.route;
}

DUBAN_ROUTE_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
