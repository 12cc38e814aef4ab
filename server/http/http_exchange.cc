#include "server/http/http_exchange.h"

#include <utility>

#include "server/http/blob_transfer.h"
#include "server/http/credential.h"
#include "server/http/log_files.h"
#include "server/http/page_session.h"
#include "server/http/server_context.h"
#include "server/io/pool_call.h"

namespace duban {
namespace {

HttpResponse text_page(int status, const char* text) {
    HttpResponse response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = text;
    return response;
}

HttpResponse json_document(const std::string& text) {
    HttpResponse response;
    response.body = text;
    return response;
}

HttpResponse metrics_page(const Metrics& metrics) {
    HttpResponse response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = metrics.text();
    return response;
}

HttpResponse wrong_method(const EndpointMatch& match) {
    HttpResponse response = plain_error(405, "this method is not taken here");
    response.fields.emplace_back("Allow", std::string(match.allow));
    return response;
}

HttpResponse rpc_response(RpcAnswer answer) {
    HttpResponse response;
    response.status = answer.http_status;
    response.body = std::move(answer.text);
    response.held = std::move(answer.held);
    if (response.body.empty() && response.status == 200) response.status = 204;
    response.fields.emplace_back("Cache-Control", "no-store");
    if (response.status == 401) response.fields.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

// The token has been looked up; 0 unless its person asks too often.
std::uint64_t rate_of_caller(HttpChannel& channel, const Caller& caller) {
    ServerContext& context = channel.context();
    const auto token = shown_token(channel.head(), context.origins);
    if (!token) return 0;
    if (!caller.person.empty()) {
        return context.rpc_rates.admit_person(*token, caller.person.value, context.clock.steady());
    }
    context.rpc_rates.forget(*token);
    return 0;
}

// Whoever paid for the request pays for the rest of its calls.
ChargeCalls charge_to(ServerContext& context, const Caller& caller) {
    return [&context, person = caller.person.value, address = caller.remote](std::uint32_t calls) {
        const auto now = context.clock.steady();
        return person.empty() ? context.rpc_rates.charge_address(address, calls, now)
                              : context.rpc_rates.charge_person(person, calls, now);
    };
}

void answer_rpc(const ChannelPtr& channel, std::string body, Caller caller) {
    const bool known = !caller.person.empty();
    const ChargeCalls charge = charge_to(channel->context(), caller);
    channel->context().rpc.handle_body(
        std::move(body), std::move(caller), charge,
        [channel, known, post = channel->poster()](RpcAnswer answer) {
            post([channel, known, answer = std::move(answer)]() mutable {
                if (known) channel->mark_authenticated();
                channel->respond(rpc_response(std::move(answer)));
            });
        });
}

void serve_rpc(const ChannelPtr& channel) {
    const auto bytes = static_cast<std::size_t>(channel->body_left());
    channel->read_piece(bytes, [channel](std::string body) {
        with_caller(channel, false, [channel, body = std::move(body)](Caller caller) mutable {
            if (const std::uint64_t wait_ms = rate_of_caller(*channel, caller); wait_ms > 0) {
                return channel->respond(too_many_requests(wait_ms));
            }
            answer_rpc(channel, std::move(body), std::move(caller));
        });
    });
}

HttpResponse caller_refused(ServerContext& context, const Error& error) {
    RpcAnswer answer = context.rpc.refusal(error);
    HttpResponse response;
    response.status = answer.http_status;
    response.body = std::move(answer.text);
    if (response.status == 401) response.fields.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace

void with_caller(const ChannelPtr& channel, bool required, std::function<void(Caller)> then) {
    const auto token = shown_token(channel->head(), channel->context().origins);
    if (!token) {
        if (required) return channel->respond(plain_error(401, "a bearer token is needed"));
        Caller caller;
        caller.remote = channel->remote();
        if (channel->head().count("authorization") > 0) {
            caller.refused =
                Error{Errc::unauthenticated, "Authorization must be \"Bearer <token>\"", {}, {}, 0};
        }
        return then(std::move(caller));
    }
    ServerContext& context = channel->context();
    const bool taken = call_on_pool(
        context, channel->poster(),
        [&context, token = *token, remote = channel->remote()] {
            return context.rpc.authenticate(token, remote);
        },
        [channel, required, then = std::move(then)](Result<Caller> caller) {
            if (caller) {
                channel->mark_authenticated();
                return then(std::move(*caller));
            }
            if (required) {
                return channel->respond(caller_refused(channel->context(), caller.error()));
            }
            Caller stranger;
            stranger.remote = channel->remote();
            stranger.refused = std::move(caller.error());
            then(std::move(stranger));
        });
    if (!taken) channel->respond(plain_error(503, "the server is overloaded"));
}

void serve_request(ChannelPtr channel, const EndpointMatch& match) {
    ServerContext& context = channel->context();
    switch (match.endpoint) {
        case Endpoint::status_page:
            return channel->respond(status_page());
        case Endpoint::health:
            return channel->respond(text_page(200, "ok\n"));
        case Endpoint::ready:
            return channel->respond(context.ready.load() ? text_page(200, "ready\n")
                                                         : text_page(503, "draining\n"));
        case Endpoint::metrics:
            return channel->respond(metrics_page(context.metrics));
        case Endpoint::openrpc:
            return channel->respond(json_document(context.rpc.openrpc()));
        case Endpoint::asyncapi:
            return channel->respond(json_document(context.rpc.asyncapi()));
        case Endpoint::rpc:
            return serve_rpc(channel);
        case Endpoint::blob_upload:
            return serve_upload(channel);
        case Endpoint::blob_download:
            return serve_download(channel, Digest(match.digest));
        case Endpoint::log_file:
            return serve_log_file(channel, match.file);
        case Endpoint::page_login:
            return serve_page_login(channel);
        case Endpoint::page_logout:
            return serve_page_logout(channel);
        case Endpoint::web_file:
            return channel->respond(
                web_response(*context.web->find(path_of(channel->head().target)), channel->head()));
        case Endpoint::wrong_method:
            return channel->respond(wrong_method(match));
        case Endpoint::websocket:
        case Endpoint::not_found:
            return channel->respond(plain_error(404, "there is nothing here"));
    }
}

}  // namespace duban
