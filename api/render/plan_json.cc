#include "api/render/plan_json.h"

#include <nlohmann/json.hpp>

#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Schema indicator_schema() {
    std::vector<std::string> operators;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operator>>(
        [&](auto d) { operators.emplace_back(d.name); });
    operators.emplace_back("yes_no");
    const Schema decimal = form(Form::decimal);
    const Schema base = without(shapes::indicator(), {"target", "horizon_years"});
    return with(base, {required("op", choice(std::move(operators))),
                       optional("value", either({decimal, list(decimal, 1, 2)}),
                                "The target, under the name that issued lists give it."),
                       optional("target", list(decimal, 0, 2),
                                "The same as value, as the methods of tasks call it."),
                       optional("years", list(integer(1, horizon_years_max), 0, 2),
                                "The horizon, under the name that issued lists give it."),
                       optional("horizon_years", list(integer(1, horizon_years_max), 0, 2),
                                "The same as years, as the methods of tasks call it.")});
}

Schema listed_task_schema() {
    return object({required("no", integer(1, 99'999)), required("title", shapes::title()),
                   optional("text", shapes::long_text()), required("lead", form(Form::unit_code)),
                   optional("co", shapes::co_units()), optional("due", form(Form::date)),
                   optional("indicators", list(indicator_schema(), 0, indicators_max))});
}

void rename(Json& object, const char* from, const char* to) {
    const auto found = object.find(from);
    if (found == object.end()) return;
    Json value = std::move(*found);
    object.erase(from);
    object[to] = std::move(value);
}

struct TwoNames {
    const char* listed;
    const char* described;
};
constexpr TwoNames two_names[] = {{"value", "target"}, {"years", "horizon_years"}};

// An indicator says once what has two names.
Status check_names(const Json& indicator, const std::string& path) {
    for (const auto& [listed, described] : two_names) {
        if (!indicator.contains(listed) || !indicator.contains(described)) continue;
        const std::string field = path + "." + described;
        return fail(Errc::invalid_argument,
                    field + " is the same as " + listed + "; give one of the two", field);
    }
    return {};
}

// Tells what is wrong with an indicator under the names that the list gives.
Status check_listed(const Json& listed, const Indicator& indicator, const std::string& path) {
    auto checked = check_indicator(indicator, path);
    if (checked) return checked;
    Error error = checked.error();
    for (const auto& names : two_names) {
        const std::string field = path + "." + names.described;
        if (!listed.contains(names.listed) || !error.field.starts_with(field)) continue;
        error.field.replace(0, field.size(), path + "." + names.listed);
    }
    return tl::unexpected<Error>(std::move(error));
}

std::string indexed(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

// The plan's form of an indicator to the described one. The form is that of the lists as they are
// issued, so its names stay.
Json described_indicator(Json indicator) {
    if (indicator.at("op") == "yes_no") indicator["op"] = "done";
    if (!indicator.contains("kind")) {
        indicator["kind"] = indicator.contains("numerator") ? "ratio" : "count";
    }
    if (indicator.contains("value") && indicator.at("value").is_string()) {
        indicator["value"] = Json::array({indicator.at("value")});
    }
    for (const auto& [listed, described] : two_names) rename(indicator, listed, described);
    return indicator;
}

// Turns a task's indicators into the described form. Errors: those of the names and of each
// indicator by itself.
Status describe_indicators(Json& indicators, const std::string& path) {
    for (std::size_t i = 0; i < indicators.size(); ++i) {
        const Json listed = indicators[i];
        const std::string here = indexed(path, i);
        if (auto ok = check_names(listed, here); !ok) return ok;
        indicators[i] = described_indicator(listed);
        const auto read = read_described<Indicator>(indicators[i], here);
        if (!read) return tl::unexpected<Error>(read.error());
        if (auto ok = check_listed(listed, *read, here); !ok) return ok;
    }
    return {};
}

// Leaves out what has its default, so that a list reads as it was written.
Json without_defaults(Json value, const Json& defaults) {
    for (const auto& [name, usual] : defaults.items()) {
        const auto found = value.find(name);
        if (found != value.end() && *found == usual) value.erase(name);
    }
    return value;
}

Json planned_indicator(const Indicator& indicator) {
    Json usual = to_json_value(Indicator{});
    for (const char* kept : {"id", "name", "op", "period", "accumulate"}) usual.erase(kept);
    if (!indicator.numerator.empty()) usual["kind"] = "ratio";
    Json planned = without_defaults(to_json_value(indicator), usual);
    rename(planned, "target", "value");
    rename(planned, "horizon_years", "years");
    if (indicator.target.size() == 1) planned["value"] = indicator.target.front();
    return planned;
}

Json planned_task(const PlannedTask& task) {
    Json planned = to_json_value(task);
    if (task.text.empty()) planned.erase("text");
    planned["indicators"] = Json::array();
    for (const Indicator& indicator : task.indicators) {
        planned["indicators"].push_back(planned_indicator(indicator));
    }
    return planned;
}

}  // namespace

const Schema& plan_schema() {
    static const Schema schema = object(
        {required("plan", form(Form::plan_id)), required("title", shapes::title()),
         optional("zone", shapes::optional_title()),
         optional("responsibility", shapes::optional_title()),
         optional("document_no", shapes::optional_title()),
         optional("units",
                  list(object({required("code", form(Form::unit_code)),
                               required("name", shapes::title()), optional("kind", name(0, 64))}),
                       0, plan_units_max)),
         required("tasks", list(listed_task_schema(), 1, plan_tasks_max))});
    return schema;
}

Result<PlanDocument> parse_plan(const Json& plan, const std::string& path) {
    if (auto ok = plan_schema().check(plan, path); !ok) return tl::unexpected<Error>(ok.error());
    Json described = plan;
    for (std::size_t i = 0; i < described.at("tasks").size(); ++i) {
        Json& task = described.at("tasks")[i];
        if (!task.contains("indicators")) continue;
        const std::string list = indexed(path + ".tasks", i) + ".indicators";
        auto ready = describe_indicators(task.at("indicators"), list);
        if (!ready) return tl::unexpected<Error>(ready.error());
    }
    return read_described<PlanDocument>(described, path);
}

Json plan_json(const PlanDocument& document) {
    Json plan = to_json_value(document);
    if (document.document_no.empty()) plan.erase("document_no");
    plan["tasks"] = Json::array();
    for (const PlannedTask& task : document.tasks) plan["tasks"].push_back(planned_task(task));
    return plan;
}

Digest plan_digest(const PlanDocument& document) {
    return digest_of(canonical_json(to_json_value(document)));
}

}  // namespace duban
