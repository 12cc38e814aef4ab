#include <nlohmann/json.hpp>

#include "api/rpc/registry.h"
#include "api/schema/openrpc.h"
#include "api/schema/push_schema.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json envelope(Json members, Json required) {
    members["jsonrpc"] = {{"const", "2.0"}};
    required.push_back("jsonrpc");
    return {
        {"type", "object"}, {"properties", std::move(members)}, {"required", std::move(required)}};
}

Json call_message(const Method& method) {
    return {{"name", method.name},
            {"summary", method.summary},
            {"payload", envelope({{"id", {{"type", Json::array({"string", "integer"})}}},
                                  {"method", {{"const", method.name}}},
                                  {"params", method.params.describe()}},
                                 {"method"})}};
}

Json answer_message(const Method& method) {
    return {{"name", method.name + ".answer"},
            {"payload", envelope({{"id", {{"type", Json::array({"string", "integer"})}}},
                                  {"result", method.result.describe()},
                                  {"error", {{"type", "object"}}}},
                                 {"id"})}};
}

Json push_message(const PushMessage& push) {
    return {{"name", push.method},
            {"summary", push.summary},
            {"payload",
             envelope({{"method", {{"const", push.method}}}, {"params", push.params.describe()}},
                      {"method", "params"})}};
}

Json message_reference(const std::string& name) {
    return {{"$ref", "#/channels/duban/messages/" + name}};
}

Json operation(const char* action, Json messages) {
    return {{"action", action},
            {"channel", {{"$ref", "#/channels/duban"}}},
            {"messages", std::move(messages)}};
}

Json make_asyncapi() {
    Json messages = Json::object();
    Json operations = Json::object();
    for (const Method& method : all_methods()) {
        messages[method.name] = call_message(method);
        messages[method.name + ".answer"] = answer_message(method);
        Json call = operation("receive", Json::array({message_reference(method.name)}));
        call["reply"] = {{"channel", {{"$ref", "#/channels/duban"}}},
                         {"messages", Json::array({message_reference(method.name + ".answer")})}};
        operations[method.name] = std::move(call);
    }
    for (const PushMessage& push : push_messages()) {
        messages[push.method] = push_message(push);
        operations[push.method] = operation("send", Json::array({message_reference(push.method)}));
    }
    return {{"asyncapi", "3.0.0"},
            {"info", {{"title", "duban.v1 over WebSocket"}, {"version", "1"}}},
            {"channels",
             {{"duban",
               {{"address", "/ws"},
                {"bindings",
                 {{"ws",
                   {{"method", "GET"},
                    {"headers",
                     {{"type", "object"},
                      {"properties", {{"Sec-WebSocket-Protocol", {{"const", "duban.v1"}}}}}}},
                    {"bindingVersion", "0.1.0"}}}}},
                {"messages", std::move(messages)}}}}},
            {"operations", std::move(operations)}};
}

}  // namespace

const std::string& asyncapi_document() {
    static const std::string document = make_asyncapi().dump();
    return document;
}

}  // namespace duban
