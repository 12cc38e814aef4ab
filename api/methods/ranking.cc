// How the units of a plan stand beside each other.
#include <nlohmann/json.hpp>

#include "api/described_schema.ipp"
#include "api/method_params.h"
#include "api/names.h"
#include "api/registry.h"
#include "api/shapes.h"
#include "domain/ranking.h"
#include "storage/views/plan_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

// Standings are of units: who reads the tasks of a unit may read how it stands, and no other.
bool may_see_standing(const Access& access, const UnitCode& unit) {
    return sees_every_task(access) || access.units.contains(unit) || access.mandate.contains(unit);
}

Result<std::vector<TaskState>> tasks_of(const QueryScope& scope, const Plan& plan) {
    std::vector<TaskState> tasks;
    for (const std::uint32_t no : plan.tasks) {
        auto task = read_task(scope.snapshot, TaskId{plan.plan, no});
        if (!task) return tl::unexpected<Error>(task.error());
        tasks.push_back(std::move(*task));
    }
    return tasks;
}

Result<Json> rank_units(const QueryScope& scope) {
    const PlanId id = params::id<PlanId>(scope.params, "plan");
    const auto book = read_plans(scope.snapshot);
    if (!book) return tl::unexpected<Error>(book.error());
    const auto plan = book->plans.find(id);
    std::vector<TaskState> tasks;
    if (plan != book->plans.end()) {
        auto read = tasks_of(scope, plan->second);
        if (!read) return tl::unexpected<Error>(read.error());
        tasks = std::move(*read);
    }
    const RankingDays days{params::date(scope.params, "from"), params::date(scope.params, "until")};
    if (days.from && days.until && *days.from > *days.until) {
        return fail(Errc::invalid_argument, "until: the last day must not be before the first",
                    "until");
    }
    Json items = Json::array();
    for (const UnitStanding& standing : ranking(tasks, scope.today, days)) {
        if (!may_see_standing(scope.access, standing.unit)) continue;
        Json item = to_json_value(standing);
        item["unit"] = unit_json(scope.directory, standing.unit);
        items.push_back(std::move(item));
    }
    if (items.empty()) {
        return fail(Errc::not_found, "there is no plan " + id.value + "; see plan.list", "plan");
    }
    return Json{{"items", std::move(items)}};
}

}  // namespace

void add_ranking_methods(Methods& methods) {
    const Schema rate = object(
        {required("count", integer(0, integer_max)), required("of", integer(0, integer_max))});
    const Schema item =
        with(schema_of<UnitStanding>(SchemaUse::result),
             {required("unit", shapes::unit()),
              required("sign_in", rate, "Sign-ins in time, of those that were made or are late."),
              required("returned", rate, "Rounds that were returned, of submitted revisions.")});
    methods.push_back(query_method(
        "plan.ranking",
        "The units of a plan by the share of sign-ins in time, among equals by the lower share of "
        "returned revisions, among equals in the order of the list. A unit sees its own standing.",
        object({required("plan", form(Form::plan_id)), optional("from", form(Form::date)),
                optional("until", form(Form::date))}),
        object({required("items", list(item, 0, 100'000))}), rank_units));
}

}  // namespace duban
