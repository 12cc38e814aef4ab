// The list that comes with the program: a demonstration zone's 24 tasks on vocational education.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string_view>

#include "domain/plan/plan.h"

namespace duban {

// tools/cli/data/jiyuan_plan.json as it was at build time.
[[nodiscard]] std::string_view builtin_plan_text();
// The same as a document; it is correct, or the build's tests fail.
[[nodiscard]] const PlanDocument& builtin_plan();

}  // namespace duban
