#include "domain/approval/route_events.h"
#include "domain/base/event_kind.ipp"

namespace duban {

RouteBook evolve(RouteBook state, const Event& event, const Stamp& stamp) {
    if (!event.of(EventFamily::route)) return state;
    event.kind().apply(&state, event.payload(), stamp);
    return state;
}

static void apply(RouteBook& state, const RoutePublished& event, const Stamp& /*stamp*/) {
    add_route(state, event.route);
}

DUBAN_ROUTE_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
