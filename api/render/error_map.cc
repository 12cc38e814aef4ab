#include "api/render/error_map.h"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "api/render/position_text.h"

namespace duban {
namespace {

constexpr std::uint64_t default_after_ms = 1000;

constexpr ErrorInfo invalid_params = {-32602, "invalid_params", Retry::no, 400};
constexpr ErrorInfo bad_filter = {40001, "bad_filter", Retry::no, 400};
constexpr ErrorInfo unauthenticated = {40101, "unauthenticated", Retry::new_token, 401};
constexpr ErrorInfo token_expired = {40102, "token_expired", Retry::new_token, 401};
constexpr ErrorInfo forbidden = {40301, "forbidden", Retry::no, 403};
constexpr ErrorInfo not_found = {40401, "not_found", Retry::no, 404};
constexpr ErrorInfo version_conflict = {40901, "version_conflict", Retry::no, 409};
constexpr ErrorInfo sub_exists = {40902, "sub_exists", Retry::no, 409};
constexpr ErrorInfo command_id_reused = {40903, "command_id_reused", Retry::no, 409};
constexpr ErrorInfo position_gone = {41001, "position_gone", Retry::resnapshot, 410};
constexpr ErrorInfo log_mismatch = {41002, "log_mismatch", Retry::resnapshot, 410};
constexpr ErrorInfo position_ahead = {41601, "position_ahead", Retry::same, 416};
constexpr ErrorInfo too_large = {41301, "too_large", Retry::no, 413};
constexpr ErrorInfo rule_violation = {42201, "rule_violation", Retry::no, 422};
constexpr ErrorInfo rate_limited = {42901, "rate_limited", Retry::after_ms, 429};
constexpr ErrorInfo too_many = {42902, "too_many_subs", Retry::no, 429};
constexpr ErrorInfo draining = {50301, "draining", Retry::after_ms, 503};
constexpr ErrorInfo overloaded = {50302, "overloaded", Retry::after_ms, 503};
constexpr ErrorInfo storage_unavailable = {50303, "storage_unavailable", Retry::after_ms, 503};
constexpr ErrorInfo deadline = {50401, "deadline", Retry::same, 504};
constexpr ErrorInfo internal = {-32603, "internal", Retry::same, 500};

}  // namespace

const ErrorInfo& error_info(Errc code) {
    switch (code) {
        case Errc::invalid_argument:
            return invalid_params;
        case Errc::bad_filter:
            return bad_filter;
        case Errc::unauthenticated:
            return unauthenticated;
        case Errc::token_expired:
            return token_expired;
        case Errc::forbidden:
            return forbidden;
        case Errc::not_found:
            return not_found;
        case Errc::version_conflict:
            return version_conflict;
        case Errc::subscription_exists:
            return sub_exists;
        case Errc::command_id_reused:
            return command_id_reused;
        case Errc::position_gone:
            return position_gone;
        case Errc::log_mismatch:
            return log_mismatch;
        case Errc::position_ahead:
            return position_ahead;
        case Errc::too_large:
            return too_large;
        case Errc::rule_violation:
            return rule_violation;
        case Errc::rate_limited:
            return rate_limited;
        case Errc::too_many:
            return too_many;
        case Errc::draining:
            return draining;
        case Errc::overloaded:
            return overloaded;
        case Errc::storage_unavailable:
            return storage_unavailable;
        case Errc::deadline:
            return deadline;
        case Errc::corrupt:
        case Errc::unsupported:
        case Errc::storage_failed:
        case Errc::internal:
            return internal;
    }
    return internal;
}

const char* error_kind(Errc code) {
    return error_info(code).kind;
}

const char* to_string(Retry retry) {
    switch (retry) {
        case Retry::no:
            return "no";
        case Retry::same:
            return "same";
        case Retry::after_ms:
            return "after_ms";
        case Retry::new_token:
            return "new_token";
        case Retry::resnapshot:
            return "resnapshot";
    }
    return "no";
}

std::string client_words(const Error& error) {
    switch (error.code) {
        case Errc::corrupt:
        case Errc::unsupported:
        case Errc::storage_failed:
            spdlog::error("record: {}", error.detail);
            return "The server cannot read or write a part of its record; the reason stands in its "
                   "log. Tell the operator.";
        default:
            return error.detail;
    }
}

nlohmann::json error_object(const Error& error) {
    const ErrorInfo& info = error_info(error.code);
    nlohmann::json data = {{"kind", info.kind}, {"retry", to_string(info.retry)}};
    if (!error.field.empty()) data["field"] = error.field;
    if (!error.rule.empty()) data["rule"] = error.rule;
    if (error.code == Errc::version_conflict) data["current"] = error.current;
    if (error.code == Errc::position_ahead) data["head"] = before_text(Position(error.current));
    if (error.code == Errc::position_gone) data["earliest"] = std::to_string(error.current);
    if (info.retry == Retry::after_ms) {
        data["after_ms"] = error.current == 0 ? default_after_ms : error.current;
    }
    return {{"code", info.code}, {"message", client_words(error)}, {"data", std::move(data)}};
}

Error internal_error(const char* what) {
    return Error{Errc::internal, std::string("internal fault: ") + what, {}, {}, 0};
}

int http_status_of(int rpc_code) {
    switch (rpc_code) {
        case -32700:
        case -32600:
        case -32602:
            return 400;
        case -32601:
            return 404;
        default:
            return rpc_code >= 40000 ? rpc_code / 100 : 500;
    }
}

}  // namespace duban
