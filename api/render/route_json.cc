#include "api/render/route_json.h"

#include <nlohmann/json.hpp>

#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "api/schema/unicode_name.h"
#include "domain/approval/condition.h"
#include "domain/approval/route_check.h"
#include "domain/approval/route_plan.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

constexpr std::size_t depth_max = 12;

tl::unexpected<Error> wrong(const std::string& path, const std::string& detail) {
    return fail(Errc::invalid_argument, path + ": " + detail, path);
}

constexpr const char* condition_form =
    "a condition is [operator, path, value], {\"all\": […]}, {\"any\": […]} or {\"not\": …}";

// The text form of a value that is compared with.
std::optional<std::string> value_text(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    if (value.is_number_integer()) return value.dump();
    return std::nullopt;
}

Result<Condition> comparison_from(const Json& json, const std::string& path) {
    if (json.size() != 3 || !json[0].is_string() || !json[1].is_string()) {
        return wrong(path, condition_form);
    }
    Condition condition;
    const auto op = enum_of<ConditionOp>(json[0].get<std::string>());
    const bool joins =
        !op || *op == ConditionOp::all || *op == ConditionOp::any || *op == ConditionOp::not_;
    if (joins) {
        return wrong(path, "there is no operator \"" + json[0].get<std::string>() +
                               "\"; there are eq, ne, gt, ge, lt, le and in");
    }
    condition.op = *op;
    condition.path = json[1].get<std::string>();
    const Json& with = json[2];
    if (with.is_object() && with.size() == 1 && with.contains("ref") && with["ref"].is_string()) {
        condition.ref = with["ref"].get<std::string>();
        return condition;
    }
    const Json values = with.is_array() ? with : Json::array({with});
    for (const Json& value : values) {
        auto text = value_text(value);
        if (!text) return wrong(path, "a value is a text, an integer, true or false");
        condition.values.push_back(std::move(*text));
    }
    return condition;
}

Result<Condition> condition_from(const Json& json, const std::string& path, std::size_t depth) {
    if (depth > depth_max) return wrong(path, "conditions are nested too deep");
    if (json.is_array()) return comparison_from(json, path);
    if (!json.is_object() || json.size() != 1) return wrong(path, condition_form);
    const std::string& name = json.begin().key();
    const Json& inner = json.begin().value();
    Condition condition;
    const auto op = enum_of<ConditionOp>(name);
    const bool joins =
        op && (*op == ConditionOp::all || *op == ConditionOp::any || *op == ConditionOp::not_);
    if (!joins) return wrong(path, condition_form);
    condition.op = *op;
    const Json list = *op == ConditionOp::not_ ? Json::array({inner}) : inner;
    if (!list.is_array()) return wrong(path, condition_form);
    for (const Json& one : list) {
        auto read = condition_from(one, path, depth + 1);
        if (!read) return read;
        condition.of.push_back(std::move(*read));
    }
    return condition;
}

Json value_json(const std::string& text, PathType type) {
    if (type == PathType::flag) return text == "true";
    Json number = Json::parse(text, nullptr, false);
    if (type == PathType::number && number.is_number_integer()) return number;
    return text;
}

Json condition_json(const Condition& condition) {
    const std::string op(enum_name(condition.op));
    if (condition.op == ConditionOp::not_) {
        return Json{{op, condition.of.empty() ? Json::array() : condition_json(condition.of[0])}};
    }
    if (condition.op == ConditionOp::all || condition.op == ConditionOp::any) {
        Json list = Json::array();
        for (const Condition& one : condition.of) list.push_back(condition_json(one));
        return Json{{op, std::move(list)}};
    }
    if (!condition.ref.empty()) return Json::array({op, condition.path, {{"ref", condition.ref}}});
    const auto type = path_type(condition.path, [](std::string_view) { return true; });
    Json values = Json::array();
    for (const auto& value : condition.values) {
        values.push_back(value_json(value, type.value_or(PathType::text)));
    }
    const bool one = condition.op != ConditionOp::in && values.size() == 1;
    return Json::array({op, condition.path, one ? values[0] : values});
}

// ---- The tree ------------------------------------------------------------------------------

Status keep_condition(Json& holder, const std::string& path) {
    const auto when = holder.find("when");
    if (when == holder.end()) return {};
    auto read = condition_from(*when, path + ".when", 1);
    if (!read) return tl::unexpected<Error>(read.error());
    *when = to_json_value(*read);
    return {};
}

// Names are told apart by eye, wherever they stand in a route (api/schema).
Status check_name(const Json& node, const std::string& path) {
    const auto name = node.find("name");
    if (name == node.end() || !name->is_string()) return {};
    if (is_normal(name->get_ref<const std::string&>())) return {};
    return wrong(path + ".name",
                 "is not in Unicode's normal form C (NFC); normalise it before sending");
}

// What is written and says nothing would be read as if it had been left out.
Status check_said(const Json& node, const std::string& path) {
    const auto acts = node.find("acts");
    if (acts != node.end() && acts->is_array() && acts->empty()) {
        return wrong(path + ".acts", "name at least approve, or leave acts out");
    }
    const auto back = node.find("return");
    if (back == node.end() || !back->is_object()) return {};
    const auto to = back->find("to");
    const bool nowhere = to == back->end() || (to->is_array() && to->empty());
    if (nowhere) return wrong(path + ".return", "say in to where one may return, or leave it out");
    return {};
}

Status keep_list(Json& holder, const char* member, const std::string& path, std::size_t depth);

Status keep_node(Json& node, const std::string& path, std::size_t depth) {
    if (!node.is_object()) return {};
    if (auto said = check_said(node, path); !said) return said;
    if (auto name = check_name(node, path); !name) return name;
    if (auto kept = keep_condition(node, path); !kept) return kept;
    if (const auto empty = node.find("empty"); empty != node.end() && empty->is_object()) {
        Json seat = std::move(*empty);
        *empty = "seat";
        node["stand_in"] = std::move(seat);
    }
    if (auto kept = keep_list(node, "steps", path, depth); !kept) return kept;
    const auto branches = node.find("branches");
    if (branches == node.end() || !branches->is_array()) return {};
    for (std::size_t i = 0; i < branches->size(); ++i) {
        Json& branch = (*branches)[i];
        const auto at = path + ".branches[" + std::to_string(i) + "]";
        if (!branch.is_object()) continue;
        if (auto kept = keep_condition(branch, at); !kept) return kept;
        if (auto kept = keep_list(branch, "steps", at, depth); !kept) return kept;
    }
    return {};
}

Status keep_list(Json& holder, const char* member, const std::string& path, std::size_t depth) {
    const auto list = holder.find(member);
    if (list == holder.end() || !list->is_array()) return {};
    if (depth > depth_max) return wrong(path, "blocks are nested too deep");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto at = path + "." + member + "[" + std::to_string(i) + "]";
        if (auto kept = keep_node((*list)[i], at, depth + 1); !kept) return kept;
    }
    return {};
}

void show_nodes(Json& json, const std::vector<RouteNode>& list);

void show_node(Json& json, const RouteNode& node) {
    if (node.when) json["when"] = condition_json(*node.when);
    if (node.stand_in) {
        json["empty"] = json["stand_in"];
        json.erase("stand_in");
    }
    if (!node.steps.empty()) show_nodes(json["steps"], node.steps);
    for (std::size_t i = 0; i < node.branches.size(); ++i) {
        Json& branch = json["branches"][i];
        if (node.branches[i].when) branch["when"] = condition_json(*node.branches[i].when);
        if (!branch.contains("steps")) branch["steps"] = Json::array();
        show_nodes(branch["steps"], node.branches[i].steps);
    }
}

void show_nodes(Json& json, const std::vector<RouteNode>& list) {
    for (std::size_t i = 0; i < list.size(); ++i) show_node(json[i], list[i]);
}

Schema selectors_schema() {
    return list(schema_of<Selector>(SchemaUse::params), 0, 50);
}

}  // namespace

Result<Route> route_from_json(Json json) {
    if (auto kept = keep_list(json, "steps", "route", 1); !kept) {
        return tl::unexpected<Error>(kept.error());
    }
    return read_described<Route>(json, "route");
}

Json route_to_json(const Route& route) {
    Json json = to_json_value(route);
    show_nodes(json["steps"], route.steps);
    return json;
}

Schema route_params_schema() {
    const Schema seat = schema_of<SeatSelector>(SchemaUse::params);
    const Schema value = either(
        {text(0, 200), integer(-integer_max, integer_max), boolean(),
         list(either({text(0, 200), integer(-integer_max, integer_max)}), 0, 200), document()});
    const Schema when = either({list(value, 0, 3), document()});
    // A node within a block is read and checked with the whole route.
    const Schema branch = object({optional("when", when), optional("default", boolean()),
                                  optional("steps", list(document(), 0, route_nodes_max))});
    const Schema node =
        with(without(schema_of<RouteNode>(SchemaUse::params), {"stand_in"}),
             {optional("when", when),
              optional("empty", either({choice({"reject", "skip", "admin"}), seat})),
              optional("who", selectors_schema()), optional("branches", list(branch, 0, 50)),
              optional("steps", list(document(), 0, route_nodes_max))});
    return with(schema_of<Route>(SchemaUse::params),
                {required("route", form(Form::route_id)), optional("ver", integer(1, 1'000'000)),
                 required("title", shapes::title()), optional("starts", selectors_schema()),
                 required("steps", list(node, 1, route_nodes_max))});
}

Schema route_result_schema() {
    return with(schema_of<Route>(SchemaUse::result),
                {required("steps", list(document(), 0, route_nodes_max))});
}

}  // namespace duban
