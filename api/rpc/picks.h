// Reading the `picks` of a command: {"node": [person, …]}.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "domain/approval/picks.h"

namespace duban {

// Empty when there are none. Requires: the schema shapes::picks has passed them.
[[nodiscard]] std::vector<PickFor> picks_of(const nlohmann::json& params);

}  // namespace duban
