// The answer to a command, made of its outcome.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "storage/log/outcome.h"

namespace duban {

// {"result":{"position","version","duplicate", and what was made}} or {"error":…}. `duplicate`: the
// outcome is given again; a refusal is given again unchanged.
[[nodiscard]] nlohmann::json command_reply(const Outcome& outcome, bool duplicate);

}  // namespace duban
