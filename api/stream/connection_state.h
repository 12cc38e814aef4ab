// The inside of Connection, for its own .cc files: connection.cc (messages and calls),
// connection_session.cc (session.*, access, ends), connection_subs.cc (sub.*, output).
// Strand-confined.
#pragma once

#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "api/guard/token_bucket.h"
#include "api/render/error_map.h"
#include "api/stream/connection.h"
#include "api/stream/session_count.h"
#include "api/stream/subscription.h"

namespace duban {

struct Method;

struct Connection::State {
    using Moment = std::chrono::steady_clock::time_point;

    struct Reply {
        std::string text;
        bool counted;  // among the calls in flight
        MessageBudget::Share held = {};
    };
    // Tells whether rights were computed anew.
    struct AccessMoment {
        std::uint64_t rights_version;
        std::optional<Date> day;
        bool operator==(const AccessMoment&) const = default;
    };
    struct OpenSub {
        std::uint64_t serial;  // tells a subscription from a later one of the same name
        Subscription sub;
    };

    State(ApiContext& context, Dispatcher& dispatcher, Hooks hooks, std::string remote);

    // ---- connection.cc ----
    // What is thrown under on_message and on_call is answered as an internal error.
    void on_message(const std::string& text);
    void take_message(const std::string& text);
    void on_call(nlohmann::json call);
    void take_call(nlohmann::json call);
    // Whether the call is one more than the rate allows; then it was answered.
    bool over_rate(const nlohmann::json& call);
    void on_connection_call(const Method& method, nlohmann::json call);
    void dispatch(nlohmann::json call, Caller as);
    void answer(const nlohmann::json& call, RpcAnswer answer);
    void push_reply(RpcAnswer reply, bool counted);
    // Work for the pool, which returns a Result, and what to do with that on the connection's
    // thread. Work that throws gives an internal error. False when the pool is full
    // or cannot take it.
    template <class Work, class Then>
    bool on_pool(Work work, Then then);
    void wake_later();

    // ---- connection_session.cc ----
    void authenticate(std::string token);
    void open_session(nlohmann::json call);
    void renew_session(const nlohmann::json& call);
    void check_token(std::string token, std::function<void(Result<Caller>)> then);
    void session_opened(const nlohmann::json& call, Result<Caller> opened);
    // Rights as they stand now. False when the session is over, or had to end.
    bool refresh_access();
    // Nothing is done for the session any more; the connection closes once its calls are answered
    // and all output is taken.
    void end_session(CloseCode code, const char* kind);
    void close_when_answered();
    void close(CloseCode code, const char* reason);
    void tick_session(Moment now);
    [[nodiscard]] std::uint64_t token_ms_left() const;

    // ---- connection_subs.cc ----
    void open_sub(const nlohmann::json& call);
    void take_ack(const nlohmann::json& call);
    [[nodiscard]] Result<bool> ack_sub(const nlohmann::json& call);
    void tell_refused_ack(const nlohmann::json& call);
    void close_sub(const nlohmann::json& call);
    [[nodiscard]] std::optional<std::string> next_output();
    [[nodiscard]] std::optional<std::string> sub_output();
    void start_disk_step();
    void disk_step_done(std::uint64_t serial, AccessMoment begun, Result<CatchUpResult> result);
    void end_sub(const OpenSub& open, int code, const char* kind);
    void tick_subs(Moment now);
    [[nodiscard]] Subscription::View view() const;
    [[nodiscard]] Position head() const;
    [[nodiscard]] std::string heartbeat() const;

    ApiContext& context;
    Dispatcher& dispatcher;
    Hooks hooks;
    std::string remote;
    std::weak_ptr<Connection> self;
    const std::uint64_t number;  // among the connections of the process, from 1 on

    std::optional<Caller> caller;  // set once the session is open
    SessionSeat seat;              // held while the session is open
    std::string presented;         // the upgrade request's token, once it was found good
    bool checking_presented = false;
    bool opening = false;              // a session.open is under way
    std::size_t renewing = 0;          // calls of session.renew under way
    std::deque<std::string> deferred;  // messages that arrived while a token is checked
    struct Ending {
        CloseCode code;
        const char* reason;
        Moment until;  // for the calls in flight
    };
    std::optional<Ending> ending;  // the session has ended
    bool closing = false;
    bool draining = false;

    std::deque<Reply> replies;
    MessageBudget::Share sending;     // of the reply that the transport writes
    std::deque<std::string> notices;  // sub.ended, session.*
    std::uint64_t replies_given = 0;
    std::size_t calls_in_flight = 0;
    std::size_t refused_in_a_row = 0;
    std::size_t message_bytes = 0;  // of the message at hand
    TokenBucket bucket;

    std::map<std::string, OpenSub> subs;
    std::string served_last;  // name of the subscription that sent last
    std::uint64_t next_serial = 0;
    bool disk_busy = false;

    Access access;
    std::uint64_t rights_version = 0;
    std::optional<Date> access_day;

    Moment started;
    Moment heartbeat_at;
    bool heartbeat_due = false;
    bool expiring_told = false;
};

template <class Work>
auto caught(Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& error) {
        return tl::unexpected<Error>(internal_error(error.what()));
    }
}

template <class Work, class Then>
bool Connection::State::on_pool(Work work, Then then) {
    try {
        return context.run_blocking([work = std::move(work), then = std::move(then), weak = self,
                                     post = hooks.post]() mutable {
            auto result = std::make_shared<decltype(work())>(caught(work));
            post([weak, then = std::move(then), result] {
                const auto connection = weak.lock();
                if (!connection) return;
                try {
                    then(*connection->state_, std::move(*result));
                } catch (const std::exception&) {
                    // A call may be left without its answer; the close ends the wait for it.
                    connection->state_->close(CloseCode::internal, "internal");
                }
            });
        });
    } catch (const std::exception&) {
        return false;  // who waits for `then` learns it as from a full pool
    }
}

}  // namespace duban
