// The plan view: the head data of each plan.
// Thread-safety: safe for concurrent use.
#pragma once

#include "domain/plan/plan.h"
#include "storage/views/view.h"

namespace duban {

extern const View plan_view;
[[nodiscard]] Result<PlanBook> read_plans(const Snapshot& snapshot);

}  // namespace duban
