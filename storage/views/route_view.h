// The route view: every version of every route.
// Thread-safety: safe for concurrent use.
#pragma once

#include "domain/approval/route.h"
#include "storage/views/view.h"

namespace duban {

extern const View route_view;
[[nodiscard]] Result<RouteBook> read_routes(const Snapshot& snapshot);

}  // namespace duban
