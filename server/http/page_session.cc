#include "server/http/page_session.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "server/http/credential.h"
#include "server/http/http_exchange.h"
#include "server/http/server_context.h"

namespace duban {
namespace {

using Json = nlohmann::json;

const ChargeCalls no_batch = [](std::uint32_t) { return std::uint64_t{0}; };

std::string call_text(const char* method, Json params) {
    return Json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", std::move(params)}}
        .dump();
}

HttpResponse session_response(RpcAnswer answer) {
    HttpResponse response;
    response.status = answer.http_status;
    response.body = std::move(answer.text);
    response.held = std::move(answer.held);
    response.fields.emplace_back("Cache-Control", "no-store");
    return response;
}

// The token leaves the body for the cookie. An answer that holds none is a refusal.
HttpResponse login_response(const RequestHead& head, RpcAnswer answer) {
    HttpResponse response = session_response(std::move(answer));
    Json body = Json::parse(response.body, nullptr, false);
    if (!body.is_object() || !body.contains("result") || !body["result"].contains("token")) {
        return response;
    }
    response.fields.emplace_back("Set-Cookie",
                                 session_cookie(head, body["result"]["token"].get<std::string>()));
    body["result"].erase("token");
    response.body = body.dump();
    return response;
}

bool refused_stranger(const ChannelPtr& channel) {
    if (from_own_page(channel->head(), channel->context().origins)) return false;
    channel->respond(plain_error(
        403, "only a page of this server may do this; a program uses POST /rpc and a token"));
    return true;
}

void log_in(const ChannelPtr& channel, const std::string& text) {
    Json params = Json::parse(text, nullptr, false);
    if (!params.is_object()) {
        return channel->respond(plain_error(
            400, R"(the body must be a JSON object such as {"person":"…","password":"…"})"));
    }
    Caller stranger;
    stranger.remote = channel->remote();
    channel->context().rpc.handle_body(
        call_text("auth.login", std::move(params)), std::move(stranger), no_batch,
        [channel, post = channel->poster()](RpcAnswer answer) {
            post([channel, answer = std::move(answer)]() mutable {
                channel->respond(login_response(channel->head(), std::move(answer)));
            });
        });
}

void take_cookie_back(const ChannelPtr& channel) {
    HttpResponse response;
    response.status = 204;
    response.content_type.clear();
    response.fields.emplace_back("Cache-Control", "no-store");
    response.fields.emplace_back("Set-Cookie", ended_session_cookie(channel->head()));
    channel->respond(std::move(response));
}

}  // namespace

void serve_page_login(const ChannelPtr& channel) {
    if (refused_stranger(channel)) return;
    const auto bytes = static_cast<std::size_t>(channel->body_left());
    channel->read_piece(bytes, [channel](const std::string& text) { log_in(channel, text); });
}

void serve_page_logout(const ChannelPtr& channel) {
    if (refused_stranger(channel)) return;
    with_caller(channel, false, [channel](Caller caller) {
        if (caller.person.empty()) return take_cookie_back(channel);
        channel->context().rpc.handle_body(
            call_text("auth.logout", Json::object()), std::move(caller), no_batch,
            [channel, post = channel->poster()](RpcAnswer answer) {
                post([channel, answer = std::move(answer)]() mutable {
                    // A session that could not be ended keeps its cookie, and the page says so.
                    const bool ended = answer.http_status == 200 || answer.http_status == 401;
                    if (ended) return take_cookie_back(channel);
                    channel->respond(session_response(std::move(answer)));
                });
            });
    });
}

}  // namespace duban
