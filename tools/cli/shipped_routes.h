// The routes that come with the program: reports that the cooperating units sign, extensions, the
// closing of tasks with its check on the spot, amendments, and the issue of tasks. They are data
// like any other route (tools/cli/data/routes); an office publishes its own versions over them.
// Thread-safety: immutable.
#pragma once

#include <string_view>
#include <vector>

#include "domain/approval/route.h"

namespace duban {

// The group that judges whether a key task may be closed; its members are the office's to name.
inline constexpr const char* review_panel = "review_panel";

// As JSON text, each after those that it names.
[[nodiscard]] const std::vector<std::string_view>& shipped_route_texts();
[[nodiscard]] std::vector<Route> shipped_routes();

}  // namespace duban
