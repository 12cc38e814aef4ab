// Checks of a mandate: what a registration, an amendment and an imported list have in common.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <functional>
#include <string>

#include "domain/base/limits.h"
#include "domain/task/task.h"

namespace duban {

using KnownUnit = std::function<bool(const UnitCode&)>;

// Title, units and indicators; not the due day, which only matters when it is set.
// `path` is put before the fields' names. Errors: invalid_argument.
[[nodiscard]] Status check_mandate(const Mandate& mandate, const KnownUnit& known,
                                   const std::string& path);

}  // namespace duban
