#include "api/rpc/rpc_envelope.h"

#include <nlohmann/json.hpp>

#include "api/render/command_reply.h"
#include "api/render/error_map.h"
#include "storage/codec/utf8.h"

namespace duban {
namespace {

using Json = nlohmann::json;

constexpr std::size_t id_bytes_max = 128;
constexpr std::size_t method_bytes_max = 128;

const char* kind_of(RpcFault fault) {
    switch (fault) {
        case RpcFault::parse_error:
            return "parse_error";
        case RpcFault::invalid_request:
            return "invalid_request";
        case RpcFault::method_not_found:
            return "method_not_found";
    }
    return "invalid_request";
}

bool is_id(const Json& id) {
    if (id.is_string()) return id.get_ref<const std::string&>().size() <= id_bytes_max;
    return id.is_number_integer() || id.is_null();
}

// What is not UTF-8 is replaced: an answer that cannot be written would leave the caller waiting.
std::string text_of(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string head_of(const Json& id) {
    return R"({"jsonrpc":"2.0","id":)" + text_of(id) + ",";
}

RpcAnswer error_text(const Json& id, const Json& error) {
    return {head_of(id) + "\"error\":" + text_of(error) + "}",
            http_status_of(error.at("code").get<int>())};
}

}  // namespace

RpcAnswer error_answer(const Json& id, const Error& error) {
    return error_text(id, error_object(error));
}

RpcAnswer internal_answer(const Json& id, const char* what) {
    return error_answer(id, internal_error(what));
}

RpcAnswer result_answer(const Json& id, const Json& result) {
    return {head_of(id) + "\"result\":" + text_of(result) + "}", 200};
}

RpcAnswer fault_answer(const Json& id, RpcFault fault, const std::string& message,
                       const std::string& field) {
    Json data = {{"kind", kind_of(fault)}, {"retry", "no"}};
    if (!field.empty()) data["field"] = field;
    return error_text(
        id, {{"code", static_cast<int>(fault)}, {"message", message}, {"data", std::move(data)}});
}

RpcAnswer outcome_answer(const Json& id, const Outcome& outcome, bool duplicate) {
    if (outcome.refused) return error_answer(id, error_of(*outcome.refused));
    return result_answer(id, command_reply(outcome, duplicate).at("result"));
}

Json call_id(const Json& call) {
    if (!call.is_object()) return nullptr;
    const auto id = call.find("id");
    return id == call.end() || !is_id(*id) ? Json() : *id;
}

bool is_notification(const Json& call) {
    return call.is_object() && !call.contains("id");
}

Status check_envelope(const Json& call) {
    if (!call.is_object()) {
        return fail(Errc::invalid_argument, "a call is an object with jsonrpc, id, method, params");
    }
    const auto version = call.find("jsonrpc");
    if (version == call.end() || *version != "2.0") {
        return fail(Errc::invalid_argument, "jsonrpc must be \"2.0\"", "jsonrpc");
    }
    if (call.contains("id") && !is_id(call.at("id"))) {
        return fail(Errc::invalid_argument,
                    "id must be an integer or a string of at most 128 bytes", "id");
    }
    const auto method = call.find("method");
    if (method == call.end() || !method->is_string() ||
        method->get_ref<const std::string&>().size() > method_bytes_max) {
        return fail(Errc::invalid_argument, "method must be a string such as \"task.get\"",
                    "method");
    }
    for (const auto& [name, member] : call.items()) {
        if (name != "jsonrpc" && name != "id" && name != "method" && name != "params") {
            const std::string shown(shortened(name, 64));
            return fail(Errc::invalid_argument,
                        shown + " is not known here; known are: jsonrpc, id, method, params",
                        shown);
        }
    }
    return {};
}

Json call_params(const Json& call) {
    const auto params = call.find("params");
    return params == call.end() ? Json::object() : *params;
}

}  // namespace duban
