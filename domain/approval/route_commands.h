// The commands about routes. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include "domain/approval/route.h"
#include "domain/base/command.h"

namespace duban {

struct PublishRoute {
    Route route;
    [[nodiscard]] StreamId stream() const { return route_stream(route.route); }
};
DUBAN_DECLARE_COMMAND(PublishRoute)

}  // namespace duban
