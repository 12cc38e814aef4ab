#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/render/error_map.h"
#include "api/render/position_text.h"
#include "api/rpc/registry.h"
#include "api/rpc/rpc_envelope.h"
#include "api/stream/connection_state.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Error start_error(std::string detail, std::string field) {
    return Error{Errc::bad_filter, std::move(detail), std::move(field), {}, 0};
}

// The first event that the subscription is to judge.
Result<Position> first_position(const Json& start, Position head, const std::string& log) {
    if (start.contains("snapshot")) {
        return tl::unexpected<Error>(
            start_error("start.snapshot is not offered yet; read task.get or plan.board and start "
                        "after the position that it names",
                        "start.snapshot"));
    }
    const int given = static_cast<int>(start.contains("after")) +
                      static_cast<int>(start.contains("live")) +
                      static_cast<int>(start.contains("earliest"));
    if (given != 1 || start.value("live", true) == false || !start.value("earliest", true)) {
        return tl::unexpected<Error>(start_error(
            "start must have exactly one of: after, live: true, earliest: true", "start"));
    }
    if (start.contains("log") && start.at("log") != log) {
        return fail(Errc::log_mismatch,
                    "start.log names another log; this one is " + log +
                        ". Drop what is kept and start anew",
                    "start.log");
    }
    if (start.contains("earliest")) return Position(0);
    if (start.contains("live")) return head;
    auto next = parse_after(start.at("after").get_ref<const std::string&>(), "start.after");
    if (next && *next > head) {
        return tl::unexpected<Error>(
            Error{Errc::position_ahead,
                  "start.after lies after the head, which is " + before_text(head),
                  "start.after",
                  {},
                  head.value});
    }
    return next;
}

CreditWindow window_of(const Json& params) {
    const auto found = params.find("window");
    if (found == params.end()) return {};
    return {found->value("events", std::uint64_t{0}), found->value("bytes", std::uint64_t{0})};
}

Error no_sub(const std::string& name) {
    return Error{Errc::not_found, "there is no subscription " + name, "sub", {}, 0};
}

}  // namespace

Position Connection::State::head() const {
    return std::min(context.ring.next(), context.head.next());
}

Subscription::View Connection::State::view() const {
    return {context.ring, access, head(), context.clock.steady(), context.limits.frame_bytes_soft};
}

void Connection::State::open_sub(const Json& call) {
    const Json id = call_id(call);
    const Json params = call_params(call);
    const std::string name = params.at("sub");
    if (subs.contains(name)) {
        return answer(call, error_answer(id, Error{Errc::subscription_exists,
                                                   "a subscription " + name +
                                                       " is open; close it or choose another name",
                                                   "sub",
                                                   {},
                                                   0}));
    }
    if (subs.size() >= context.limits.subscriptions_max) {
        return answer(
            call,
            error_answer(id, Error{Errc::too_many,
                                   "at most " + std::to_string(context.limits.subscriptions_max) +
                                       " subscriptions are open in a session",
                                   "sub",
                                   {},
                                   0}));
    }
    auto filter = Filter::parse(params.value("filter", Json::object()), "filter");
    if (!filter) return answer(call, error_answer(id, filter.error()));
    const Position end = head();
    const auto next = first_position(params.at("start"), end, context.database.log_id());
    if (!next) return answer(call, error_answer(id, next.error()));
    subs.emplace(name,
                 OpenSub{++next_serial, Subscription(name, std::move(*filter), *next,
                                                     window_of(params), context.clock.steady())});
    answer(call, result_answer(id, {{"sub", name},
                                    {"cursor", before_text(*next)},
                                    {"head", before_text(end)},
                                    {"log", context.database.log_id()},
                                    {"mode", *next < end ? "catchup" : "live"},
                                    {"position", before_text(end)}}));
    wake_later();
}

// An ack that moves the stream on is taken whatever the rate: the stream would stand still without
// it. Any other costs a call.
void Connection::State::take_ack(const Json& call) {
    const Result<bool> news = ack_sub(call);
    if (!news) tell_refused_ack(call);
    if (!(news && *news) && over_rate(call)) return;
    if (!news) return answer(call, error_answer(call_id(call), news.error()));
    answer(call, result_answer(call_id(call), {{"sub", call_params(call).at("sub")},
                                               {"position", before_text(head())}}));
    if (*news) wake_later();
}

Result<bool> Connection::State::ack_sub(const Json& call) {
    const Json params = call_params(call);
    if (const auto form = find_method("sub.ack")->params.check(params); !form) {
        return tl::unexpected<Error>(form.error());
    }
    const auto found = subs.find(params.at("sub").get<std::string>());
    if (found == subs.end()) return tl::unexpected<Error>(no_sub(params.at("sub")));
    const auto next = parse_after(params.at("to").get_ref<const std::string&>(), "to");
    if (!next) return tl::unexpected<Error>(next.error());
    return found->second.sub.ack(*next);
}

// Without an id there is no answer: the stream itself tells.
void Connection::State::tell_refused_ack(const Json& call) {
    const Json params = call_params(call);
    const bool named = params.is_object() && params.contains("sub") && params["sub"].is_string();
    if (!named || !is_notification(call)) return;
    const auto found = subs.find(params["sub"].get<std::string>());
    if (found == subs.end()) return;
    found->second.sub.ack_refused();
    wake_later();
}

void Connection::State::close_sub(const Json& call) {
    const Json params = call_params(call);
    const auto found = subs.find(params.at("sub").get<std::string>());
    if (found == subs.end()) {
        return answer(call, error_answer(call_id(call), no_sub(params.at("sub"))));
    }
    const Json result = {{"sub", params.at("sub")},
                         {"cursor", before_text(found->second.sub.told())},
                         {"position", before_text(head())}};
    subs.erase(found);
    answer(call, result_answer(call_id(call), result));
}

std::optional<std::string> Connection::State::next_output() {
    sending.reset();
    if (caller && !closing) (void)refresh_access();
    if (!replies.empty()) {
        Reply reply = std::move(replies.front());
        replies.pop_front();
        if (reply.counted) --calls_in_flight;
        sending = std::move(reply.held);
        return std::move(reply.text);
    }
    if (!notices.empty()) {
        std::string notice = std::move(notices.front());
        notices.pop_front();
        return notice;
    }
    close_when_answered();
    if (closing || ending || !caller) return std::nullopt;
    if (heartbeat_due) {
        heartbeat_due = false;
        return heartbeat();
    }
    return sub_output();
}

// In turn, beginning after the one that sent last.
std::optional<std::string> Connection::State::sub_output() {
    const Subscription::View now = view();
    auto at = subs.upper_bound(served_last);
    bool more = false;
    for (std::size_t i = 0; i < subs.size(); ++i, ++at) {
        if (at == subs.end()) at = subs.begin();
        Subscription& sub = at->second.sub;
        if (auto message = sub.next_output(now)) {
            served_last = at->first;
            return message;
        }
        more = more || sub.has_more(now);
    }
    start_disk_step();
    if (more) wake_later();
    return std::nullopt;
}

void Connection::State::start_disk_step() {
    if (disk_busy) return;
    const Subscription::View now = view();
    auto at = subs.upper_bound(served_last);
    for (std::size_t i = 0; i < subs.size(); ++i, ++at) {
        if (at == subs.end()) at = subs.begin();
        auto step = at->second.sub.disk_step(now);
        if (!step) continue;
        served_last = at->first;
        const std::uint64_t serial = at->second.serial;
        disk_busy = on_pool(
            [database = &context.database, rights = access, step = std::move(*step)] {
                const Snapshot snapshot(*database);
                return read_catch_up(snapshot, rights, step);
            },
            [serial, begun = AccessMoment{rights_version, access_day}](
                State& state, Result<CatchUpResult> result) {
                state.disk_step_done(serial, begun, std::move(result));
            });
        // With a full pool the step is tried again at the next tick.
        if (!disk_busy) at->second.sub.disk_discarded();
        return;
    }
}

void Connection::State::disk_step_done(std::uint64_t serial, AccessMoment begun,
                                       Result<CatchUpResult> result) {
    disk_busy = false;
    if (closing || !refresh_access()) return;
    const auto found = std::ranges::find_if(
        subs, [&](const auto& entry) { return entry.second.serial == serial; });
    if (found != subs.end()) {
        if (begun != AccessMoment{rights_version, access_day}) {
            found->second.sub.disk_discarded();
        } else if (result) {
            found->second.sub.disk_done(std::move(*result));
        } else {
            const ErrorInfo& info = error_info(result.error().code);
            end_sub(found->second, info.code, info.kind);
            subs.erase(found);
        }
    }
    hooks.wake();
}

void Connection::State::end_sub(const OpenSub& open, int code, const char* kind) {
    const Json params = {{"sub", open.sub.name()},
                         {"cursor", before_text(open.sub.told())},
                         {"error", {{"code", code}, {"kind", kind}}}};
    notices.push_back(R"({"jsonrpc":"2.0","method":"sub.ended","params":)" + params.dump() + "}");
}

void Connection::State::tick_subs(Moment now) {
    if (!caller || ending || subs.empty()) return;
    Subscription::View at = view();
    at.now = now;
    for (auto& [name, open] : subs) open.sub.tick(at);
    hooks.wake();
}

std::string Connection::State::heartbeat() const {
    Json cursors = Json::object();
    for (const auto& [name, open] : subs) cursors[name] = before_text(open.sub.told());
    const Json params = {{"head", before_text(head())}, {"subs", std::move(cursors)}};
    return R"({"jsonrpc":"2.0","method":"hb","params":)" + params.dump() + "}";
}

}  // namespace duban
