#include "api/schema/openrpc.h"

#include <array>
#include <nlohmann/json.hpp>

#include "api/render/error_map.h"
#include "api/rpc/registry.h"

namespace duban {
namespace {

using Json = nlohmann::json;

constexpr std::array all_codes = {
    Errc::invalid_argument,
    Errc::bad_filter,
    Errc::unauthenticated,
    Errc::token_expired,
    Errc::forbidden,
    Errc::not_found,
    Errc::version_conflict,
    Errc::subscription_exists,
    Errc::command_id_reused,
    Errc::position_gone,
    Errc::log_mismatch,
    Errc::position_ahead,
    Errc::too_large,
    Errc::rule_violation,
    Errc::rate_limited,
    Errc::too_many,
    Errc::draining,
    Errc::overloaded,
    Errc::storage_unavailable,
    Errc::deadline,
    Errc::internal,
};

std::string component_name(Errc code) {
    return error_kind(code);
}

Json error_components() {
    Json errors = Json::object();
    for (const Errc code : all_codes) {
        const ErrorInfo& info = error_info(code);
        errors[component_name(code)] = {
            {"code", info.code},
            {"message", info.kind},
            {"data", {{"kind", info.kind}, {"retry", to_string(info.retry)}}}};
    }
    return errors;
}

// The errors that any method may give; the description of the kinds stands in the components.
Json error_references() {
    Json references = Json::array();
    for (const Errc code : all_codes) {
        references.push_back({{"$ref", "#/components/errors/" + component_name(code)}});
    }
    return references;
}

const char* kind_name(MethodKind kind) {
    switch (kind) {
        case MethodKind::query:
            return "query";
        case MethodKind::command:
            return "command";
        case MethodKind::account:
            return "account";
        case MethodKind::connection:
            return "connection";
    }
    return "query";
}

bool is_required(const Json& schema, const std::string& name) {
    for (const Json& one : schema.at("required")) {
        if (one == name) return true;
    }
    return false;
}

Json params_of(const Method& method) {
    const Json schema = method.params.describe();
    Json params = Json::array();
    for (const bool required : {true, false}) {
        for (const auto& [name, member] : schema.at("properties").items()) {
            if (is_required(schema, name) != required) continue;
            params.push_back({{"name", name}, {"required", required}, {"schema", member}});
        }
    }
    return params;
}

Json method_json(const Method& method) {
    return {{"name", method.name},
            {"summary", method.summary},
            {"tags", Json::array({{{"name", kind_name(method.kind)}}})},
            {"paramStructure", "by-name"},
            {"params", params_of(method)},
            {"result", {{"name", method.name + ".result"}, {"schema", method.result.describe()}}},
            {"errors", error_references()}};
}

Json info_json(const char* title) {
    return {{"title", title},
            {"version", "1"},
            {"description",
             "Duban (督办): JSON-RPC 2.0 over WebSocket (GET /ws, subprotocol duban.v1) and POST "
             "/rpc. Positions are decimal strings, times RFC 3339 UTC, decimals strings."}};
}

}  // namespace

const std::string& openrpc_document() {
    static const std::string document = [] {
        Json methods = Json::array();
        for (const Method& method : all_methods()) methods.push_back(method_json(method));
        const Json whole = {{"openrpc", "1.3.2"},
                            {"info", info_json("duban.v1 methods")},
                            {"methods", std::move(methods)},
                            {"components", {{"errors", error_components()}}}};
        return whole.dump();
    }();
    return document;
}

}  // namespace duban
