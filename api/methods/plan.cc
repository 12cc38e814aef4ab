// Plans: importing a list, listing plans, the board of one.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "api/render/board_json.h"
#include "api/render/left_out.h"
#include "api/render/plan_json.h"
#include "api/rpc/as_of.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/shapes.h"
#include "api/schema/unicode_name.h"
#include "domain/plan/plan_commands.h"
#include "storage/log/event_reader.h"
#include "storage/views/plan_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

// Of the units that the list adds, also among themselves.
Status check_new_units(const PlanDocument& document, const Directory& directory) {
    UnitLikenesses known(directory);
    for (std::size_t i = 0; i < document.units.size(); ++i) {
        const Unit& unit = document.units[i];
        if (directory.units.contains(unit.code)) continue;
        auto unlike = known.add(unit, "plan.units[" + std::to_string(i) + "].");
        if (!unlike) return unlike;
    }
    return {};
}

Result<PreparedCommand> import_plan(const CommandScope& scope) {
    auto document = parse_plan(scope.params.at("plan"), "plan");
    if (!document) return tl::unexpected<Error>(document.error());
    if (auto unlike = check_new_units(*document, *scope.api.head.directory()); !unlike) {
        return tl::unexpected<Error>(unlike.error());
    }
    const Digest digest = plan_digest(*document);
    std::string object = document->plan.value;
    return PreparedCommand{ImportPlan{std::move(*document)}, digest, std::move(object), {}};
}

// How many tasks of the plan the caller may see; nothing when it is none, for then he may not see
// the plan either.
Result<std::optional<std::size_t>> visible_tasks(const QueryScope& scope, const Plan& plan) {
    if (sees_every_task(scope.access)) return std::optional(plan.tasks.size());
    const auto rows = read_board(scope.snapshot, plan.plan);
    if (!rows) return tl::unexpected<Error>(rows.error());
    const auto count = std::ranges::count_if(
        *rows, [&](const BoardRow& row) { return may_see_row(scope.access, row); });
    if (count == 0) return std::optional<std::size_t>();
    return std::optional(static_cast<std::size_t>(count));
}

Json plan_head_json(const Plan& plan, std::size_t tasks) {
    return {{"plan", plan.plan.value},
            {"title", plan.title},
            {"zone", plan.zone},
            {"responsibility", plan.responsibility},
            {"document_no", plan.document_no},
            {"content", plan.content.value},
            {"tasks", tasks}};
}

Schema plan_head_schema() {
    return object({required("plan", form(Form::plan_id)), required("title", text(0, 10'000)),
                   required("zone", text(0, 10'000)), required("responsibility", text(0, 10'000)),
                   required("document_no", text(0, 10'000)), required("content", text(0, 80)),
                   required("tasks", integer(0, 99'999), "Tasks that the caller may see.")});
}

Result<Json> list_plans(const QueryScope& scope) {
    const auto plans = read_readable_plans(scope.snapshot);
    if (!plans) return tl::unexpected<Error>(plans.error());
    const PlanBook* book = &plans->book;
    const PlanId after = params::id<PlanId>(scope.params, "cursor");
    const std::uint32_t limit =
        params::number(scope.params, "limit", scope.api.limits.list_limit_default);
    Json items = Json::array();
    std::string next;
    for (auto plan = book->plans.upper_bound(after); plan != book->plans.end(); ++plan) {
        const auto tasks = visible_tasks(scope, plan->second);
        if (!tasks) return tl::unexpected<Error>(tasks.error());
        if (!*tasks) continue;
        if (items.size() == limit) {
            next = items.back().at("plan");
            break;
        }
        items.push_back(plan_head_json(plan->second, **tasks));
    }
    Json json = {{"items", std::move(items)}, {"next", next}};
    if (sees_every_task(scope.access)) {
        for (const PlanId& plan : plans->unreadable) json["unreadable"].push_back(plan.value);
    }
    return json;
}

Result<Json> present_rows(const QueryScope& scope, const PlanId& plan, LeftOut& left_out) {
    const auto rows = read_board(scope.snapshot, plan);
    if (!rows) return tl::unexpected<Error>(rows.error());
    const TaskViewer viewer{scope.directory, scope.access, scope.today, nullptr, scope.now};
    Json items = Json::array();
    for (const BoardRow& row : *rows) {
        if (!may_see_row(scope.access, row)) continue;
        const auto task = read_task(scope.snapshot, row.task);
        if (task) {
            items.push_back(seen_row_json(row, *task, sight_of(*task, scope.access), viewer));
        } else if (auto added = left_out.add(row.task, task.error()); !added) {
            return tl::unexpected<Error>(added.error());
        }
    }
    return items;
}

// What the caller sees of the task today. Only a guest sees less than all.
Result<TaskSight> sight_today(const QueryScope& scope, const BoardRow& row) {
    if (may_see_task(scope.access, row.units)) return TaskSight{true, {}};
    const auto task = read_task(scope.snapshot, row.task);
    if (!task) return tl::unexpected<Error>(task.error());
    return sight_of(*task, scope.access);
}

// The tasks as they stood then. What may be seen is judged by the units of today.
Result<Json> past_rows(const QueryScope& scope, const PlanId& plan, const AsOf& at,
                       LeftOut& left_out) {
    const auto rows = read_board(scope.snapshot, plan);
    if (!rows) return tl::unexpected<Error>(rows.error());
    const TaskViewer viewer{scope.directory, scope.access, at.today, nullptr, at.now};
    Json items = Json::array();
    for (const BoardRow& row : *rows) {
        if (!may_see_row(scope.access, row)) continue;
        const auto sight = sight_today(scope, row);
        const auto past = sight.and_then(
            [&](const auto&) { return task_as_of(scope.snapshot, row.task, at.position); });
        if (!past) {
            auto added = left_out.add(row.task, past.error());
            if (!added) return tl::unexpected<Error>(added.error());
        } else if (past->state.stage != TaskStage::absent) {
            items.push_back(seen_row_json(board_row(past->state), past->state, *sight, viewer));
        }
    }
    return items;
}

Result<Json> board(const QueryScope& scope) {
    const PlanId id = params::id<PlanId>(scope.params, "plan");
    const auto plans = read_readable_plans(scope.snapshot);
    if (!plans) return tl::unexpected<Error>(plans.error());
    if (std::ranges::find(plans->unreadable, id) != plans->unreadable.end()) {
        return fail(Errc::corrupt, "what is stored of the plan " + id.value +
                                       " cannot be read; the operator has to run `duban rebuild`");
    }
    const PlanBook* book = &plans->book;
    const auto plan = book->plans.find(id);
    auto tasks = plan == book->plans.end() ? Result<std::optional<std::size_t>>()
                                           : visible_tasks(scope, plan->second);
    if (!tasks) return tl::unexpected<Error>(tasks.error());
    if (!*tasks) {
        return fail(Errc::not_found, "there is no plan " + id.value + "; see plan.list", "plan");
    }
    const auto at = read_as_of(scope);
    if (!at) return tl::unexpected<Error>(at.error());
    LeftOut left_out;
    auto items = *at ? past_rows(scope, id, **at, left_out) : present_rows(scope, id, left_out);
    if (!items) return tl::unexpected<Error>(items.error());
    const std::size_t shown = *at ? items->size() : **tasks;
    Json json = {{"plan", plan_head_json(plan->second, shown)}, {"items", std::move(*items)}};
    left_out.mark(json);
    if (*at) json["at"] = std::to_string((*at)->position.value);
    return json;
}

}  // namespace

void add_plan_methods(Methods& methods) {
    methods.push_back(
        command_method("plan.import",
                       "Registers and establishes every task of a list; the same list again "
                       "changes nothing.",
                       object({required("plan", plan_schema())}), import_plan));
    methods.push_back(query_method(
        "plan.list", "The plans with a task that the caller may see.",
        object({optional("limit", shapes::limit()), optional("cursor", shapes::cursor())}),
        with(
            shapes::page(plan_head_schema()),
            {optional("unreadable", list(form(Form::plan_id), 0, 100'000),
                      "Plans that are left out because what is stored of them cannot be read; told "
                      "to those who see every task.")}),
        list_plans));
    methods.push_back(query_method(
        "plan.board",
        "One row per task of the plan that the caller may see. With `at`: as it stood then, with "
        "the lights of that day; names and rights are those of today.",
        object({required("plan", form(Form::plan_id)), optional("at", shapes::at())}),
        object({required("plan", plan_head_schema()),
                required("items", list(board_row_schema(), 0, 100'000)), left_out_member(),
                optional("at", form(Form::position))}),
        board));
}

}  // namespace duban
