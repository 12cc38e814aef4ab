#include "storage/views/plan_view.h"

#include "domain/plan/plan_events.h"
#include "storage/codec/described_json.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

void project_plan(const Change& change, ViewGeneration generation, ViewChanges& out) {
    PlanId id;
    if (const auto* imported = change.record.event.get_if<PlanImported>()) id = imported->plan;
    if (const auto* added = change.record.event.get_if<PlanTaskAdded>()) id = added->plan;
    const auto plan = change.plans.plans.find(id);
    if (plan == change.plans.plans.end()) return;
    out.push_back(view_row(ViewId::plan, generation, id.value, to_row(plan->second)));
}

}  // namespace

const View plan_view = {ViewId::plan, "plan", 1, &project_plan};

Result<PlanBook> read_plans(const Snapshot& snapshot) {
    PlanBook book;
    const auto status =
        read_rows(snapshot, ViewId::plan, "", "",
                  [&](std::string_view key, std::string_view value) -> Result<bool> {
                      auto plan = from_row<Plan>(value);
                      if (!plan) return tl::unexpected<Error>(plan.error());
                      book.plans[PlanId(key)] = std::move(*plan);
                      return true;
                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return book;
}

}  // namespace duban
