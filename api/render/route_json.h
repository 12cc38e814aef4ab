// The form in which clients write routes, and the form in which they are kept: conditions are lists
// such as ["gt", "task.coop_count", 0] there and structs here, and `empty` may hold a seat.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/schema/schema.h"
#include "domain/approval/route.h"

namespace duban {

// Errors: invalid_argument with the path of what is wrong, from "route" on.
[[nodiscard]] Result<Route> route_from_json(nlohmann::json json);
[[nodiscard]] nlohmann::json route_to_json(const Route& route);

// Of what route_from_json takes: what can be said of it before it is read.
[[nodiscard]] Schema route_params_schema();
[[nodiscard]] Schema route_result_schema();

}  // namespace duban
