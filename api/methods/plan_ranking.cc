// plan.ranking: how the units of a plan stand, in figures that can be checked.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/render/left_out.h"
#include "api/render/names.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/task/ranking.h"
#include "storage/views/board_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<TaskRecord> record_of(const Snapshot& snapshot, const TaskId& id) {
    auto task = read_task(snapshot, id);
    if (!task) return tl::unexpected<Error>(task.error());
    auto revisions = read_revisions(snapshot, id, 0);
    if (!revisions) return tl::unexpected<Error>(revisions.error());
    auto rounds = read_rounds(snapshot, id, 0);
    if (!rounds) return tl::unexpected<Error>(rounds.error());
    revisions->rounds = std::move(rounds->rounds);
    return TaskRecord{std::move(*task), std::move(*revisions)};
}

// The plan's tasks; none when the caller sees none of them, for then he may not see the plan.
Result<std::vector<TaskRecord>> tasks_of(const QueryScope& scope, const PlanId& plan,
                                         LeftOut& left_out) {
    std::vector<TaskRecord> tasks;
    const auto rows = read_board(scope.snapshot, plan);
    if (!rows) return tl::unexpected<Error>(rows.error());
    const bool visible = std::ranges::any_of(
        *rows, [&](const BoardRow& row) { return may_see_row(scope.access, row); });
    if (!visible) return tasks;
    for (const BoardRow& row : *rows) {
        auto task = record_of(scope.snapshot, row.task);
        if (task) {
            tasks.push_back(std::move(*task));
        } else if (auto added = left_out.add(row.task, task.error()); !added) {
            return tl::unexpected<Error>(added.error());
        }
    }
    return tasks;
}

// A unit sees its own row, an auditor those of his mandate; who sees every task sees all.
bool may_see_row(const Access& access, const UnitCode& unit) {
    return may_see_task(access, {unit});
}

Result<Json> rank(const QueryScope& scope) {
    const PlanId plan = params::id<PlanId>(scope.params, "plan");
    const RankingPeriod period{params::date(scope.params, "from"),
                               params::date(scope.params, "until")};
    if (period.from && period.until && *period.until < *period.from) {
        return fail(Errc::invalid_argument, "until must not lie before from", "until");
    }
    LeftOut left_out;
    const auto tasks = tasks_of(scope, plan, left_out);
    if (!tasks) return tl::unexpected<Error>(tasks.error());
    if (tasks->empty() && left_out.empty()) {
        return fail(Errc::not_found, "there is no plan " + plan.value + "; see plan.list", "plan");
    }
    Json items = Json::array();
    for (const UnitFigures& figures : rank_units(*tasks, period, scope.today)) {
        if (!may_see_row(scope.access, figures.unit)) continue;
        Json row = to_json_value(figures);
        row["unit"] = unit_json(scope.directory, figures.unit);
        items.push_back(std::move(row));
    }
    Json json = {
        {"plan", plan.value}, {"today", to_string(scope.today)}, {"items", std::move(items)}};
    // All figures lack these tasks, so whoever sees a figure is told.
    left_out.mark(json);
    if (period.from) json["from"] = to_string(*period.from);
    if (period.until) json["until"] = to_string(*period.until);
    return json;
}

Schema figures_schema() {
    const Schema number = integer(0, 100'000);
    const Schema share = schema_of<Share>(SchemaUse::result);
    return with(
        schema_of<UnitFigures>(SchemaUse::result),
        {required("unit", shapes::unit()),
         required("place", integer(1, 100'000), "Among all units of the plan; equals share one."),
         required("led", number), required("taken_part", number),
         required("signed_in_time", share,
                  "签收及时率: of the sign-ins that were due; late and missing ones count against. "
                  "Held days are given back."),
         required("objections", share, "退签: parts objected to, of the parts given."),
         required("returned_revisions", share,
                  "退回率: revisions returned by anyone, each once, of the revisions submitted."),
         required("accepted_reports", share, "Of the reports submitted."),
         required("red", share, "Of the tasks led and taken part in, by the lights of today."),
         required("yellow", share, "As red.")});
}

}  // namespace

void add_ranking_method(Methods& methods) {
    const Schema day = form(Form::date);
    methods.push_back(query_method(
        "plan.ranking",
        "Figures of each unit of the plan, ordered by signed_in_time, the greater rate first, then "
        "by returned_revisions, the smaller rate first, then as the plan's tasks name the units. "
        "Nothing due counts as all in time. A unit sees its own row, an auditor those of his "
        "mandate.",
        object({required("plan", form(Form::plan_id)),
                optional("from", day,
                         "First day: parts count when given, sign-ins on their last day, reports "
                         "and revisions when submitted."),
                optional("until", day, "Last day.")}),
        object({required("plan", form(Form::plan_id)), optional("from", day),
                optional("until", day), required("today", day),
                required("items", list(figures_schema(), 0, 100'000)), left_out_member()}),
        rank));
}

}  // namespace duban
