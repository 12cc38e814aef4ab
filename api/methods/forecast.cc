// Looking ahead: what a route would ask of whom, and what comes next in an approval.
#include <memory>
#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/render/route_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/forecast.h"
#include "domain/approval/route_check.h"
#include "domain/approval/sight.h"
#include "domain/base/facts.h"
#include "domain/plan/plan.h"
#include "domain/report/report_content.h"
#include "storage/views/calendar_view.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

// The present of the task, of which the caller sees what is asked about, and what a decision on it
// would stand on.
struct Outlook {
    TaskState task;
    RouteBook routes;
    CalendarBook calendars;
    PlanBook plans;  // no route asks for them

    [[nodiscard]] Facts facts(const QueryScope& scope) const {
        return Facts{scope.now, scope.access.person, scope.directory, plans, routes, {}, 0,
                     calendars};
    }
};

Result<Outlook> outlook_on(const QueryScope& scope, const TaskId& id, std::uint32_t approval,
                           const Error& unseen) {
    auto task = read_task(scope.snapshot, id);
    if (!task) return tl::unexpected<Error>(task.error());
    // Of an approval, who sees it; of the task as it is, who sees all of it.
    const TaskSight sight = sight_of(*task, scope.access);
    const bool sees = approval == 0 ? sight.all : sight.sees_approval(approval);
    if (task->stage == TaskStage::absent || !sees) return tl::unexpected<Error>(unseen);
    auto routes = read_readable_routes(scope.snapshot);
    if (!routes) return tl::unexpected<Error>(routes.error());
    auto calendars = read_calendars(scope.snapshot);
    if (!calendars) return tl::unexpected<Error>(calendars.error());
    return Outlook{std::move(*task), std::move(*routes), std::move(*calendars), {}};
}

Json seen_slot_json(const ForecastSlot& seen) {
    Json persons = Json::array();
    for (const auto& person : seen.holders) persons.push_back(person.value);
    Json json = {{"slot", seen.slot.slot}, {"holders", std::move(persons)}};
    if (seen.slot.seat) {
        json["seat"] = {{"unit", seen.slot.seat->unit.value},
                        {"post", std::string(enum_name(seen.slot.seat->post))}};
    }
    if (!seen.slot.person.empty()) json["who"] = seen.slot.person.value;
    if (seen.slot.reason != SkipReason::none) {
        json["reason"] = std::string(enum_name(seen.slot.reason));
    }
    return json;
}

Json forecast_json(const Forecast& forecast, const RoutePlan& plan) {
    Json steps = Json::array();
    for (const ForecastStep& step : forecast.steps) {
        const PlaceNo place = plan.find(parse_address(step.node).id);
        if (place == no_place) continue;
        const RouteNode& node = plan.node(place);
        Json json = {{"node", step.node},
                     {"name", name_of(node)},
                     {"kind", std::string(enum_name(node.kind))},
                     {"state", std::string(enum_name(step.state))},
                     {"slots", Json::array()}};
        if (step.reason != SkipReason::none) json["reason"] = std::string(enum_name(step.reason));
        for (const ForecastSlot& slot : step.slots) json["slots"].push_back(seen_slot_json(slot));
        steps.push_back(std::move(json));
    }
    Json json = {{"steps", std::move(steps)}};
    if (forecast.cut) json["cut"] = true;
    return json;
}

Schema forecast_schema() {
    const Schema seat = object({required("unit", text(0, 64)), required("post", shapes::post())});
    const Schema slot =
        object({required("slot", text(1, 64)), required("holders", list(text(0, 64), 0, 10'000)),
                optional("seat", seat), optional("who", text(0, 64)),
                optional("reason", enum_schema<SkipReason>(), "Why the slot is passed over.")});
    const Schema step =
        object({required("node", text(0, 200)), required("name", text(0, 1000)),
                required("kind", enum_schema<NodeKind>()),
                required("state", choice({"open", "would_open", "would_skip"})),
                optional("reason", enum_schema<SkipReason>()),
                required("slots", list(slot, 0, 10'000), "Those who have yet to speak.")});
    return object({required("steps", list(step, 0, forecast_steps_max)),
                   optional("cut", boolean(), "There is more than is listed.")});
}

// ---- route.simulate ------------------------------------------------------------------------

// A refusal of a route, told of the parameter that holds it.
tl::unexpected<Error> of_definition(Error error) {
    constexpr std::string_view route = "route";
    const auto rename = [&](std::string& text) {
        if (text.starts_with(route)) text.replace(0, route.size(), "definition");
    };
    rename(error.field);
    rename(error.detail);
    return tl::unexpected<Error>(std::move(error));
}

// The published version, or the definition as it would be published.
Result<std::shared_ptr<const RoutePlan>> plan_asked(const QueryScope& scope,
                                                    const RouteBook& routes) {
    const auto given = scope.params.find("definition");
    if ((given == scope.params.end()) == !scope.params.contains("route")) {
        return fail(Errc::invalid_argument, "Name a published route, or give a definition.",
                    "route");
    }
    const auto version = static_cast<std::int32_t>(params::number(scope.params, "ver", 0));
    if (given != scope.params.end()) {
        if (version != 0) {
            return fail(Errc::invalid_argument,
                        "Only a published route has versions; leave ver out.", "ver");
        }
        auto route = route_from_json(*given);
        if (!route) return of_definition(route.error());
        auto checked = check_route(*route, {scope.directory});
        if (!checked) return of_definition(checked.error());
        return std::make_shared<const RoutePlan>(std::move(*route));
    }
    const auto id = params::id<RouteId>(scope.params, "route");
    const RoutePlan* plan =
        version == 0 ? newest_route(routes, id) : find_route(routes, id, version);
    if (plan == nullptr) {
        return fail(Errc::not_found, "there is no such route or version",
                    version == 0 ? "route" : "ver");
    }
    return std::make_shared<const RoutePlan>(plan->route());
}

Result<ReportContent> content_asked(const Json& params) {
    ReportContent content;
    const auto given = params.find("content");
    if (given == params.end()) return content;
    content.period = params::text(*given, "period");
    content.summary = params::text(*given, "summary");
    content.problems = params::text(*given, "problems");
    content.next_steps = params::text(*given, "next_steps");
    for (auto& digest : params::ids<Digest>(*given, "evidence")) {
        content.evidence.push_back(Evidence{std::move(digest), 0, {}, {}});
    }
    const auto values = given->find("values");
    if (values == given->end()) return content;
    auto read = read_described<std::vector<ReportedValue>>(*values, "content.values");
    if (!read) return tl::unexpected<Error>(read.error());
    content.values = std::move(*read);
    return content;
}

Schema content_asked_schema() {
    return object(
        {optional("period", form(Form::period)), optional("summary", shapes::long_text()),
         optional("problems", shapes::long_text()), optional("next_steps", shapes::long_text()),
         optional("values", list(schema_of<ReportedValue>(SchemaUse::params), 0, values_max)),
         optional("evidence", list(form(Form::digest), 0, evidence_max),
                  "Only counted; the files are not looked for.")});
}

Result<Json> simulate_route(const QueryScope& scope) {
    const TaskId id = params::task(scope.params);
    const Error unseen{Errc::not_found, "there is no task " + to_string(id), "task", {}, 0};
    const auto outlook = outlook_on(scope, id, 0, unseen);
    if (!outlook) return tl::unexpected<Error>(outlook.error());
    const auto plan = plan_asked(scope, outlook->routes);
    if (!plan) return tl::unexpected<Error>(plan.error());
    auto content = content_asked(scope.params);
    if (!content) return tl::unexpected<Error>(content.error());
    const SupposedReport report{params::id<PersonId>(scope.params, "starter"),
                                params::id<UnitCode>(scope.params, "unit"), std::move(*content)};
    const auto made = simulate(outlook->task, **plan, report, outlook->facts(scope));
    if (!made) return tl::unexpected<Error>(made.error());
    return forecast_json(*made, **plan);
}

Result<Json> forecast_approval(const QueryScope& scope) {
    const ApprovalId id = params::approval(scope.params);
    const Error unseen{Errc::not_found, "there is no approval " + to_string(id), "approval", {}, 0};
    const auto outlook = outlook_on(scope, id.task, id.no, unseen);
    if (!outlook) return tl::unexpected<Error>(outlook.error());
    const Approval* approval = find_approval(outlook->task, id.no);
    if (approval == nullptr) return tl::unexpected<Error>(unseen);
    const RoutePlan* plan = find_route(outlook->routes, approval->route, approval->route_version);
    if (plan == nullptr) {
        return fail(Errc::corrupt,
                    "the route of this approval cannot be read; run `duban rebuild`");
    }
    const auto made = forecast(outlook->task, *approval, *plan, outlook->facts(scope));
    if (!made) return tl::unexpected<Error>(made.error());
    return forecast_json(*made, *plan);
}

}  // namespace

void add_forecast_methods(Methods& methods) {
    methods.push_back(query_method(
        "route.simulate",
        "Whom a route would ask if it were submitted on, and everybody approved. Writes nothing.",
        object(
            {optional("route", form(Form::route_id), "A published route, or"),
             optional("definition", route_params_schema(), "one that is not, as to be published."),
             optional("ver", integer(1, 1'000'000), "Without it: the newest version."),
             required("task", form(Form::task_id)), required("starter", form(Form::person_id)),
             optional("unit", form(Form::unit_code)),
             optional("content", content_asked_schema(),
                      "What would be submitted, as far as conditions ask for it.")}),
        forecast_schema(), simulate_route));
    methods.push_back(query_method(
        "approval.forecast",
        "What is open in an approval, and what comes after it when everybody approves.",
        object({required("approval", form(Form::approval_id))}), forecast_schema(),
        forecast_approval));
}

}  // namespace duban
