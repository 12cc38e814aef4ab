// The events of routes. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>

#include "domain/approval/route.h"
#include "domain/base/event.h"

namespace duban {

struct RoutePublished {
    static constexpr EventType type{"route.published", 1, Audience::business, EventRole::act};
    Route route;
    [[nodiscard]] StreamId stream() const { return route_stream(route.route); }
    bool operator==(const RoutePublished&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoutePublished, (), (route))

// Each event of the family.
#define DUBAN_ROUTE_EVENTS(EVENT) EVENT(RoutePublished)

DUBAN_ROUTE_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
