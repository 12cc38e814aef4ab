// The plan view: the head data of each plan.
// Thread-safety: safe for concurrent use.
#pragma once

#include <vector>

#include "domain/plan/plan.h"
#include "storage/views/view.h"

namespace duban {

extern const View plan_view;
// What decisions stand on: all plans or none. Errors: corrupt, storage_failed.
[[nodiscard]] Result<PlanBook> read_plans(const Snapshot& snapshot);

// For showing: a plan that cannot be read is named and told to RowFaults. Errors: storage_failed.
struct ReadablePlans {
    PlanBook book;
    std::vector<PlanId> unreadable;
};
[[nodiscard]] Result<ReadablePlans> read_readable_plans(const Snapshot& snapshot);

}  // namespace duban
