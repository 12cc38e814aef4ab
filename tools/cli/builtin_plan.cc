#include "tools/cli/builtin_plan.h"

#include "tools/cli/import/plan_file.h"

namespace duban {

const PlanDocument& builtin_plan() {
    static const PlanDocument plan = [] {
        Result<PlanDocument> parsed = parse_plan_text(builtin_plan_text(), PlanNaming{}, {});
        DUBAN_ASSERT(parsed.has_value());
        return std::move(*parsed);
    }();
    return plan;
}

}  // namespace duban
