// The commands about plans. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include "domain/base/command.h"
#include "domain/plan/plan.h"

namespace duban {

struct ImportPlan {
    PlanDocument document;
    [[nodiscard]] StreamId stream() const { return plan_stream(document.plan); }
};
DUBAN_DECLARE_COMMAND(ImportPlan)

}  // namespace duban
