#include "storage/views/plan_view.h"

#include "domain/plan/plan_events.h"
#include "storage/codec/described_json.h"
#include "storage/rocks/row_faults.h"
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

Result<ReadablePlans> read_readable_plans(const Snapshot& snapshot) {
    ReadablePlans plans;
    const auto status = read_rows(
        snapshot, ViewId::plan, "", "",
        [&](std::string_view key, std::string_view value) -> Result<bool> {
            const PlanId id(key);
            auto plan = from_row<Plan>(value);
            if (plan) {
                plans.book.plans[id] = std::move(*plan);
            } else {
                plans.unreadable.push_back(id);
                snapshot.row_faults().tell("the row of the plan " + id.value, plan.error());
            }
            return true;
        });
    if (!status) return tl::unexpected<Error>(status.error());
    return plans;
}

Result<PlanBook> read_plans(const Snapshot& snapshot) {
    auto plans = read_readable_plans(snapshot);
    if (!plans) return tl::unexpected<Error>(plans.error());
    if (plans->unreadable.empty()) return std::move(plans->book);
    return fail(Errc::corrupt, "the row of the plan " + plans->unreadable.front().value +
                                   " cannot be read; run `duban rebuild`");
}

}  // namespace duban
