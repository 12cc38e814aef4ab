// The route view: every version of every route.
// Thread-safety: safe for concurrent use.
#pragma once

#include "domain/approval/route.h"
#include "storage/views/view.h"

namespace duban {

extern const View route_view;
// What decisions stand on: all versions or none. Errors: corrupt, storage_failed.
[[nodiscard]] Result<RouteBook> read_routes(const Snapshot& snapshot);
// For showing: without the versions that cannot be read, which are told to RowFaults.
// Errors: storage_failed.
[[nodiscard]] Result<RouteBook> read_readable_routes(const Snapshot& snapshot);

}  // namespace duban
