// Checks of a whole list of tasks: what its import and its reading from a file have in common.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>

#include "domain/plan/plan.h"
#include "domain/task/mandate.h"

namespace duban {

// Head, units and tasks. The units that the list itself names are known as well. `path` is put
// before the fields' names. Errors: invalid_argument.
[[nodiscard]] Status check_plan(const PlanDocument& document, const KnownUnit& known,
                                const std::string& path);

// What a task of the list becomes.
[[nodiscard]] Mandate mandate_of(const PlanDocument& document, const PlannedTask& task);

}  // namespace duban
