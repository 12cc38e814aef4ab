// Looking ahead: what the accepted totals become if a report is accepted.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/sight.h"
#include "domain/approval/submission.h"
#include "domain/report/report_content.h"
#include "domain/report/report_preview.h"
#include "domain/task/guards.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

// What is looked at: a report under way, or what a unit may submit.
struct Previewed {
    std::uint32_t report = 0;  // 0: not submitted yet
    UnitCode unit;
    ReportContent content;
    const RoutePlan* plan = nullptr;
};

Result<TaskState> previewed_task(const QueryScope& scope) {
    const bool of_report = scope.params.contains("report");
    if (of_report == scope.params.contains("task")) {
        return fail(Errc::invalid_argument,
                    "Name the task, for what is not submitted yet, or the report that is under "
                    "way; one of them.",
                    "task");
    }
    const TaskId id = of_report ? params::report(scope.params).task : params::task(scope.params);
    auto task = read_task(scope.snapshot, id);
    if (!task) return tl::unexpected<Error>(task.error());
    // A guest sees no values but those of his report.
    if (task->stage != TaskStage::absent && sight_of(*task, scope.access).all) return task;
    const char* field = of_report ? "report" : "task";
    return fail(Errc::not_found, std::string("there is no such ") + field, field);
}

Result<Previewed> report_under_way(const QueryScope& scope, const TaskState& task,
                                   const RouteBook& routes) {
    const ReportId id = params::report(scope.params);
    const Report* report = find_report(task, id.no);
    if (report == nullptr) {
        return fail(Errc::not_found, "there is no report " + to_string(id), "report");
    }
    const Approval* approval = find_approval(task, report->approval);
    if (!is_open(*report) || approval == nullptr) {
        return refuse("report_not_open",
                      to_string(id) + " is " + std::string(enum_name(report->state)) +
                          "; what becomes of totals is only shown before.",
                      "report");
    }
    Previewed previewed{id.no, report->unit, *report->content, nullptr};
    previewed.plan = find_route(routes, approval->route, approval->route_version);
    if (previewed.plan == nullptr) return fail(Errc::corrupt, "the view lacks a route");
    return previewed;
}

Result<UnitCode> previewed_unit(const QueryScope& scope, const TaskState& task) {
    auto unit = params::id<UnitCode>(scope.params, "unit");
    if (!unit.empty()) return unit;
    std::vector<UnitCode> own;
    for (const UnitCode& one : units_of(task)) {
        if (scope.access.homes.contains(one)) own.push_back(one);
    }
    if (own.size() == 1) return own.front();
    return fail(Errc::invalid_argument, "Name the unit that would submit the report.", "unit");
}

Result<Previewed> unsubmitted(const QueryScope& scope, const TaskState& task,
                              const RouteBook& routes) {
    const auto plan = route_for(task, SubjectKind::report, routes);
    if (!plan) return tl::unexpected<Error>(plan.error());
    const auto unit = previewed_unit(scope, task);
    if (!unit) return tl::unexpected<Error>(unit.error());
    Previewed previewed{0, *unit, {}, *plan};
    const Draft* draft = may_see_draft(scope.access, *unit) ? find_draft(task, *unit) : nullptr;
    if (draft != nullptr) previewed.content = draft->content;
    const bool given = scope.params.contains("values") || scope.params.contains("period");
    if (draft != nullptr || given) return previewed;
    return fail(Errc::not_found,
                "you see no draft of " + unit->value + "; give its period and values", "values");
}

Status take_given(const QueryScope& scope, ReportContent& content) {
    if (scope.params.contains("period")) content.period = params::text(scope.params, "period");
    const auto values = scope.params.find("values");
    if (values == scope.params.end()) return {};
    auto read = read_described<std::vector<ReportedValue>>(*values, "values");
    if (!read) return tl::unexpected<Error>(read.error());
    content.values = std::move(*read);
    return {};
}

Json previewed_entries(const TaskState& task, const std::vector<CellEntry>& entries) {
    Json list = Json::array();
    for (const CellEntry& entry : entries) {
        list.push_back({{"report", to_string(ReportId{task.id, entry.report})},
                        {"period", entry.reported},
                        {"value", to_json_value(entry.value)}});
    }
    return list;
}

Schema previewed_entries_schema() {
    return list(object({required("report", form(Form::report_id)),
                        required("period", text(0, 32), "For which it was."),
                        required("value", schema_of<ReportedValue>(SchemaUse::result))}),
                0, described_list_max);
}

Json value_preview_json(const TaskState& task, const ValuePreview& value) {
    Json json = {{"indicator", value.entry.value.indicator},
                 {"period", value.entry.period},
                 {"value", to_json_value(value.entry.value)},
                 {"counts", value.counts},
                 {"replaces", previewed_entries(task, value.replaces)},
                 {"joins", previewed_entries(task, value.joins)},
                 {"overlaps", previewed_entries(task, value.overlaps)}};
    if (!value.entry.value.member.empty()) json["member"] = value.entry.value.member;
    if (!value.before.empty()) json["before"] = value.before;
    if (!value.after.empty()) json["after"] = value.after;
    return json;
}

Json indicator_preview_json(const TaskState& task, const IndicatorPreview& preview) {
    Json json = {{"indicator", preview.indicator},
                 {"before", cell_json(preview.before)},
                 {"after", cell_json(preview.after)}};
    for (const Indicator& indicator : task.mandate->indicators) {
        if (indicator.id != preview.indicator) continue;
        json["name"] = indicator.name;
        json["measure"] = indicator.unit;
        json["target"] = indicator.target;
    }
    return json;
}

Result<Json> preview_report(const QueryScope& scope) {
    const auto task = previewed_task(scope);
    if (!task) return tl::unexpected<Error>(task.error());
    const auto routes = read_readable_routes(scope.snapshot);
    if (!routes) return tl::unexpected<Error>(routes.error());
    auto previewed = scope.params.contains("report") ? report_under_way(scope, *task, *routes)
                                                     : unsubmitted(scope, *task, *routes);
    if (!previewed) return tl::unexpected<Error>(previewed.error());
    ReportContent& content = previewed->content;
    auto checked =
        take_given(scope, content)
            .and_then([&] { return check_values(content, *task->mandate, previewed->unit); })
            .and_then([&] { return check_period_free(*task, previewed->unit, content.period); });
    if (!checked) return tl::unexpected<Error>(checked.error());
    auto cells = cells_of(content, *task->mandate, previewed->report);
    if (!cells) return tl::unexpected<Error>(cells.error());
    const EffectSpec* accepting = accepting_effect(*previewed->plan);
    if (accepting == nullptr) cells->clear();
    for (CellEntry& cell : *cells) cell.join = accepting->join;
    const ReportPreview ahead = preview_of(*task, *cells, scope.today);
    Json values = Json::array();
    for (const auto& value : ahead.values) values.push_back(value_preview_json(*task, value));
    Json indicators = Json::array();
    for (const auto& one : ahead.indicators) {
        indicators.push_back(indicator_preview_json(*task, one));
    }
    Json json = {
        {"task", to_string(task->id)},
        {"unit", unit_json(scope.directory, previewed->unit)},
        {"period", content.period},
        {"accepts", accepting != nullptr},
        {"values", std::move(values)},
        {"indicators", std::move(indicators)},
        {"progress",
         {{"before", progress_json(ahead.before)}, {"after", progress_json(ahead.after)}}}};
    if (previewed->report != 0) {
        json["report"] = to_string(ReportId{task->id, previewed->report});
    }
    if (accepting != nullptr && accepting->join) {
        json["join"] = std::string(enum_name(*accepting->join));
    }
    return json;
}

Schema preview_result() {
    const Schema amount = text(0, 10'000);
    const Schema value = object(
        {required("indicator", text(0, 100)), optional("member", text(0, 1000)),
         required("period", text(0, 32), "Of the cell."),
         required("value", schema_of<ReportedValue>(SchemaUse::result)),
         optional("before", amount, "What the cell amounts to; nothing without data."),
         optional("after", amount),
         required("counts", boolean(),
                  "Not so where a state of a later period stands already: the report comes late."),
         required("replaces", previewed_entries_schema(), "Accepted values that it replaces."),
         required("joins", previewed_entries_schema(), "Accepted values that go on counting."),
         required("overlaps", previewed_entries_schema(),
                  "Of these, the ones of periods that share days with the report's.")});
    const Schema indicator =
        object({required("indicator", text(0, 100)), required("name", text(0, 10'000)),
                required("measure", text(0, 100)), required("target", list(amount, 0, 2)),
                required("before", cell_schema(), "Its newest cell with data."),
                required("after", cell_schema())});
    return object(
        {required("task", form(Form::task_id)), optional("report", form(Form::report_id)),
         required("unit", shapes::unit()), required("period", text(0, 32)),
         required("accepts", boolean(), "Whether the route accepts values at all."),
         optional("join", enum_schema<Join>(), "What the route says; else each indicator does."),
         required("values", list(value, 0, values_max)),
         required("indicators", list(indicator, 0, 1000),
                  "Those whose total is reported, or changes."),
         required("progress", object({required("before", progress_schema()),
                                      required("after", progress_schema())}))});
}

}  // namespace

void add_report_preview(Methods& methods) {
    methods.push_back(query_method(
        "report.preview",
        "What the accepted values become if a report is accepted: of the unit's draft, of the "
        "given values, or of a report that is under way. Refuses the values that report.submit "
        "would refuse.",
        object({optional("task", form(Form::task_id), "For what is not submitted yet."),
                optional("unit", form(Form::unit_code), "That would submit it."),
                optional("report", form(Form::report_id), "Under way: with its newest values."),
                optional("period", form(Form::period)),
                optional("values", shapes::reported_values(),
                         "Instead of those of the draft or of the report.")}),
        preview_result(), preview_report));
}

}  // namespace duban
