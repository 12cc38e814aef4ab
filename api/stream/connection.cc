#include "api/stream/connection.h"

#include <atomic>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/render/json_text.h"
#include "api/rpc/registry.h"
#include "api/rpc/rpc_envelope.h"
#include "api/stream/connection_state.h"

namespace duban {
namespace {

using Json = nlohmann::json;

constexpr std::size_t replies_per_call_max = 4;
constexpr std::size_t refused_max = 1'000;  // calls over the rate, in a row, until the close

std::uint64_t next_number() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace

Connection::Connection(ApiContext& context, Dispatcher& dispatcher, Hooks hooks, std::string remote)
    : state_(std::make_unique<State>(context, dispatcher, std::move(hooks), std::move(remote))) {}

Connection::~Connection() = default;

Connection::State::State(ApiContext& api, Dispatcher& calls, Hooks given, std::string address)
    : context(api),
      dispatcher(calls),
      hooks(std::move(given)),
      remote(std::move(address)),
      number(next_number()),
      bucket(api.limits.calls_per_s, api.limits.calls_burst, api.clock.steady()),
      started(api.clock.steady()),
      heartbeat_at(started) {}

void Connection::authenticate(std::string token) {
    state_->self = weak_from_this();
    state_->authenticate(std::move(token));
}

void Connection::on_message(std::string text) {
    state_->self = weak_from_this();
    state_->on_message(text);
}

std::size_t Connection::message_bytes_max() const {
    const ApiLimits& limits = state_->context.limits;
    return state_->caller ? limits.message_bytes_max : limits.message_bytes_unauthenticated_max;
}

std::optional<std::string> Connection::next_output() {
    state_->self = weak_from_this();
    return state_->next_output();
}

void Connection::on_published() {
    if (!state_->closing && !state_->subs.empty()) state_->hooks.wake();
}

void Connection::on_tick(std::chrono::steady_clock::time_point now) {
    state_->self = weak_from_this();
    if (state_->closing) return;
    state_->tick_session(now);
    if (!state_->closing) state_->tick_subs(now);
}

void Connection::on_drain(std::chrono::milliseconds close_in,
                          std::chrono::milliseconds reconnect_after) {
    if (state_->draining) return;
    state_->draining = true;
    const Json params = {{"close_in_ms", close_in.count()},
                         {"reconnect_after_ms", reconnect_after.count()},
                         {"hint", "any"}};
    state_->notices.push_back(R"({"jsonrpc":"2.0","method":"session.drain","params":)" +
                              params.dump() + "}");
    state_->hooks.wake();
}

bool Connection::busy() const {
    return state_->calls_in_flight > 0 || state_->opening || state_->renewing > 0 ||
           !state_->deferred.empty() || !state_->replies.empty();
}

void Connection::on_closed() {
    state_->closing = true;
    state_->seat = {};
    state_->subs.clear();
    state_->deferred.clear();
    state_->replies.clear();
    state_->sending.reset();
}

void Connection::State::on_message(const std::string& text) {
    try {
        take_message(text);
    } catch (const std::exception& error) {
        push_reply(internal_answer(Json(), error.what()), false);
    }
}

void Connection::State::take_message(const std::string& text) {
    if (closing) return;
    if (opening || checking_presented) {
        if (deferred.size() >= context.limits.calls_in_flight_max) {
            return close(CloseCode::rate, "rate_limited");
        }
        deferred.push_back(text);
        return;
    }
    const std::size_t bytes_max = caller ? context.limits.message_bytes_max
                                         : context.limits.message_bytes_unauthenticated_max;
    if (text.size() > bytes_max) {
        const Error error{Errc::too_large,
                          "the message has " + std::to_string(text.size()) + " bytes; at most " +
                              std::to_string(bytes_max) + " are taken",
                          {},
                          {},
                          0};
        return push_reply(error_answer(Json(), error), false);
    }
    auto call = parse_json_text(text);
    if (!call) {
        return push_reply(fault_answer(Json(), RpcFault::parse_error, call.error().detail), false);
    }
    if (call->is_array()) {
        return push_reply(fault_answer(Json(), RpcFault::invalid_request,
                                       "batches are taken by POST /rpc only; send single calls"),
                          false);
    }
    message_bytes = text.size();
    on_call(std::move(*call));
}

void Connection::State::on_call(Json call) {
    const Json id = call_id(call);
    const bool silent = is_notification(call);
    const std::uint64_t before = replies_given;
    try {
        take_call(std::move(call));
    } catch (const std::exception& error) {
        if (silent || replies_given != before) return;
        push_reply(internal_answer(id, error.what()), false);
    }
}

void Connection::State::take_call(Json call) {
    if (const auto form = check_envelope(call); !form) {
        return push_reply(fault_answer(call_id(call), RpcFault::invalid_request,
                                       form.error().detail, form.error().field),
                          false);
    }
    const Method* known = find_method(call.at("method").get_ref<const std::string&>());
    const bool is_ack = known != nullptr && known->name == "sub.ack";
    if (is_ack && caller && refresh_access()) return take_ack(call);
    if (over_rate(call)) return;
    if (known == nullptr || known->kind != MethodKind::connection) {
        if (caller) return dispatch(std::move(call), *caller);
        Caller nobody;
        nobody.remote = remote;
        nobody.connection = number;
        return dispatch(std::move(call), std::move(nobody));
    }
    on_connection_call(*known, std::move(call));
}

bool Connection::State::over_rate(const Json& call) {
    const std::uint64_t wait = bucket.take(context.clock.steady());
    if (wait == 0) {
        refused_in_a_row = 0;
        return false;
    }
    if (++refused_in_a_row > refused_max) {
        close(CloseCode::rate, "rate_limited");
        return true;
    }
    const std::string most = std::to_string(context.limits.calls_per_s);
    const Error error{Errc::rate_limited,
                      "too many calls; at most " + most + " a second are taken",
                      {},
                      {},
                      wait};
    answer(call, error_answer(call_id(call), error));
    return true;
}

void Connection::State::on_connection_call(const Method& method, Json call) {
    if (const auto form = method.params.check(call_params(call)); !form) {
        return answer(call, error_answer(call_id(call), form.error()));
    }
    if (caller && !refresh_access()) {
        return answer(call, error_answer(call_id(call), session_ended()));
    }
    if (method.name == "session.open") return open_session(std::move(call));
    if (!caller) {
        return answer(call,
                      error_answer(call_id(call),
                                   Error{Errc::unauthenticated,
                                         method.name + " needs a session; call session.open first",
                                         {},
                                         {},
                                         0}));
    }
    if (method.name == "session.renew") return renew_session(call);
    if (method.name == "sub.open") return open_sub(call);
    if (method.name == "sub.close") return close_sub(call);
    answer(call, error_answer(call_id(call),
                              Error{Errc::internal, method.name + " has no handler", {}, {}, 0}));
}

void Connection::State::dispatch(Json call, Caller as) {
    const Json id = call_id(call);
    if (draining) {
        const Error error{Errc::draining, "the server is about to stop; reconnect", {}, {}, 0};
        return answer(call, error_answer(id, error));
    }
    if (calls_in_flight >= context.limits.calls_in_flight_max) {
        const Error error{Errc::rate_limited,
                          "at most " + std::to_string(context.limits.calls_in_flight_max) +
                              " calls may wait for their answers; wait for one",
                          {},
                          {},
                          100};
        return answer(call, error_answer(id, error));
    }
    const auto kept = keep_request(context, as, message_bytes);
    if (!kept) return answer(call, error_answer(id, kept.error()));
    ++calls_in_flight;
    dispatcher.handle_call(std::move(call), std::move(as),
                           [weak = self, post = hooks.post, kept = *kept](RpcAnswer done) {
                               post([weak, done = std::move(done)]() mutable {
                                   const auto connection = weak.lock();
                                   if (connection)
                                       connection->state_->push_reply(std::move(done), true);
                               });
                           });
}

void Connection::State::answer(const Json& call, RpcAnswer answer) {
    if (!is_notification(call)) push_reply(std::move(answer), false);
}

void Connection::State::push_reply(RpcAnswer reply, bool counted) {
    if (reply.text.empty()) {
        if (counted) --calls_in_flight;
        if (ending) hooks.wake();
        return;
    }
    if (replies.size() >= replies_per_call_max * context.limits.calls_in_flight_max && !counted) {
        return close(CloseCode::rate, "rate_limited");
    }
    replies.push_back({std::move(reply.text), counted, std::move(reply.held)});
    ++replies_given;
    hooks.wake();
}

void Connection::State::wake_later() {
    hooks.post([weak = self] {
        const auto connection = weak.lock();
        if (connection && !connection->state_->closing) connection->state_->hooks.wake();
    });
}

}  // namespace duban
