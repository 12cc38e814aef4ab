#include <nlohmann/json.hpp>
#include <utility>

#include "api/render/names.h"
#include "api/render/position_text.h"
#include "api/rpc/rpc_envelope.h"
#include "api/stream/connection_state.h"

namespace duban {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t expiring_ms = 60'000;

Json limits_json(const ApiLimits& limits) {
    return {{"message_bytes", limits.message_bytes_max},
            {"frame_bytes", limits.frame_bytes_soft},
            {"subscriptions", limits.subscriptions_max},
            {"inflight_calls", limits.calls_in_flight_max},
            {"calls_per_s", limits.calls_per_s},
            {"calls_burst", limits.calls_burst},
            {"blob_bytes", limits.blob_bytes_max},
            {"sessions", limits.sessions_max},
            {"inbound_bytes_per_s", limits.inbound_bytes_per_s}};
}

}  // namespace

void Connection::State::authenticate(std::string token) {
    checking_presented = true;
    check_token(token, [this, token](const Result<Caller>& found) {
        checking_presented = false;
        if (!found) return close(CloseCode::token_expired, "unauthenticated");
        presented = token;
        auto waiting = std::exchange(deferred, {});
        for (const std::string& text : waiting) on_message(text);
    });
}

void Connection::State::check_token(std::string token, std::function<void(Result<Caller>)> then) {
    auto done = std::make_shared<std::function<void(Result<Caller>)>>(std::move(then));
    const bool taken = on_pool([calls = &dispatcher, token = std::move(token),
                                from = remote] { return calls->authenticate(token, from); },
                               [done](State& state, Result<Caller> found) {
                                   if (!state.closing) (*done)(std::move(found));
                               });
    if (!taken) {
        (*done)(fail(Errc::overloaded, "the server has too much to do; try again"));
    }
}

void Connection::State::open_session(Json call) {
    const Json id = call_id(call);
    if (caller) {
        return answer(call, error_answer(id, Error{Errc::invalid_argument,
                                                   "the session is open already; use "
                                                   "session.renew for a newer token",
                                                   "method",
                                                   {},
                                                   0}));
    }
    if (draining) {
        return answer(
            call,
            error_answer(
                id, Error{Errc::draining, "the server is about to stop; reconnect", {}, {}, 0}));
    }
    // The token of the upgrade may have ended since: it is looked up again.
    const std::string token = call_params(call).value("token", presented);
    if (token.empty()) {
        return answer(call, error_answer(id, Error{Errc::unauthenticated,
                                                   "token is missing; get one with auth.login",
                                                   "token",
                                                   {},
                                                   0}));
    }
    opening = true;
    auto kept = std::make_shared<Json>(std::move(call));
    check_token(token, [this, kept](Result<Caller> found) {
        opening = false;
        session_opened(*kept, std::move(found));
        auto waiting = std::exchange(deferred, {});
        for (const std::string& text : waiting) on_message(text);
    });
}

void Connection::State::session_opened(const Json& call, Result<Caller> opened) {
    if (!opened) return answer(call, error_answer(call_id(call), opened.error()));
    auto taken = SessionSeat::take(context.sessions, opened->person, context.limits.sessions_max);
    if (!taken) return answer(call, error_answer(call_id(call), taken.error()));
    seat = std::move(*taken);
    caller = std::move(*opened);
    caller->connection = number;
    heartbeat_at = context.clock.steady();
    if (!refresh_access()) return answer(call, error_answer(call_id(call), session_ended()));
    const auto directory = context.head.directory();
    const std::string newest = before_text(head());
    const Json result = {
        {"session", caller->session},
        {"log", context.database.log_id()},
        {"head", newest},
        {"position", newest},
        {"node", context.node},
        {"person", person_json(*directory, caller->person)},
        {"heartbeat_ms", context.limits.heartbeat.count()},
        {"token_expires_in_ms", token_ms_left()},
        {"limits", limits_json(context.limits)},
    };
    answer(call, result_answer(call_id(call), result));
}

void Connection::State::renew_session(const Json& call) {
    auto kept = std::make_shared<Json>(call);
    ++renewing;
    check_token(
        call_params(call).at("token").get<std::string>(), [this, kept](Result<Caller> found) {
            --renewing;
            const Json id = call_id(*kept);
            if (!found) return answer(*kept, error_answer(id, found.error()));
            // A session that has ended is not taken up again.
            if (!refresh_access()) return answer(*kept, error_answer(id, session_ended()));
            if (found->person != caller->person) {
                return answer(*kept, error_answer(id, Error{Errc::forbidden,
                                                            "the token is of another person; open "
                                                            "a connection of its own for it",
                                                            "token",
                                                            {},
                                                            0}));
            }
            caller = std::move(*found);
            caller->connection = number;
            expiring_told = false;
            answer(*kept, result_answer(id, {{"session", caller->session},
                                             {"token_expires_in_ms", token_ms_left()},
                                             {"position", before_text(head())}}));
        });
}

std::uint64_t Connection::State::token_ms_left() const {
    const std::int64_t left = caller->expires.ms - context.clock.now().ms;
    return left > 0 ? static_cast<std::uint64_t>(left) : 0;
}

bool Connection::State::refresh_access() {
    if (ending) return false;
    const auto directory = context.head.directory();
    const Date today = office_date(context.clock.now());
    const bool over = has_ended(caller->life);
    if (!over && access_day == today && rights_version == directory->rights_version) return true;
    const Person* person = find_person(*directory, caller->person);
    if (person == nullptr || !person->active) {
        end_session(CloseCode::forbidden, "access_revoked");
        return false;
    }
    if (over) {
        end_session(CloseCode::token_expired, "access_revoked");
        return false;
    }
    const bool read_before = access_day && reads_business(access);
    access = access_of(*directory, caller->person, today);
    rights_version = directory->rights_version;
    access_day = today;
    for (auto& [name, open] : subs) open.sub.rights_changed();
    if (read_before && !reads_business(access)) {
        for (const auto& [name, open] : subs) end_sub(open, 40303, "access_revoked");
        subs.clear();
    }
    return true;
}

void Connection::State::end_session(CloseCode code, const char* kind) {
    if (closing || ending) return;
    for (const auto& [name, open] : subs) end_sub(open, 40303, "access_revoked");
    subs.clear();
    ending = Ending{code, kind, context.clock.steady() + context.limits.call_wait};
    // Later: the call at hand may still be answered.
    wake_later();
}

void Connection::State::close_when_answered() {
    if (ending && renewing == 0 && calls_in_flight == 0) close(ending->code, ending->reason);
}

void Connection::State::close(CloseCode code, const char* reason) {
    if (closing) return;
    closing = true;
    deferred.clear();
    hooks.close(code, reason);
}

void Connection::State::tick_session(Moment now) {
    if (!caller) {
        if (now - started >= context.limits.session_open_wait) {
            close(CloseCode::open_timeout, "session_not_opened");
        }
        return;
    }
    if (ending) {
        // What the sink still owes is given up: the close ends the wait for it.
        if (now >= ending->until) close(ending->code, ending->reason);
        return;
    }
    const std::uint64_t left = token_ms_left();
    if (left == 0) return end_session(CloseCode::token_expired, "token_expired");
    if (left <= expiring_ms && !expiring_told) {
        expiring_told = true;
        notices.push_back(R"({"jsonrpc":"2.0","method":"session.expiring","params":{"in_ms":)" +
                          std::to_string(left) + "}}");
        hooks.wake();
    }
    if (!refresh_access()) return;
    if (now - heartbeat_at >= context.limits.heartbeat) {
        heartbeat_at = now;
        heartbeat_due = true;
        for (auto& [name, open] : subs) open.sub.tell_progress();
        hooks.wake();
    }
}

}  // namespace duban
