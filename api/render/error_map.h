// What a client is told about an Error: code, stable kind, whether to try again, HTTP status.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/base/result.h"

namespace duban {

// no: not unchanged. same: the same request again is safe and may succeed. after_ms: the same,
// after data.after_ms. new_token: log in or renew first. resnapshot: drop what is kept and start
// anew.
enum class Retry { no, same, after_ms, new_token, resnapshot };

struct ErrorInfo {
    int code;          // JSON-RPC error code
    const char* kind;  // never changes its meaning
    Retry retry;
    int http_status;  // of POST /rpc for a single call
};

[[nodiscard]] const ErrorInfo& error_info(Errc code);
[[nodiscard]] const char* error_kind(Errc code);
[[nodiscard]] const char* to_string(Retry retry);

// The error's sentence as a client may read it. What the record's faults say is for the operator,
// with paths and names of files: it goes to the server's log, and the client is told so.
[[nodiscard]] std::string client_words(const Error& error);

// {"code","message","data":{"kind","retry"}} and in data, where they apply: "field", "rule",
// "current" (version_conflict), "head" (position_ahead; Error::current is the next free position),
// "earliest" (position_gone; Error::current), "after_ms" (Error::current, or a default).
[[nodiscard]] nlohmann::json error_object(const Error& error);

// What was thrown, as an error.
[[nodiscard]] Error internal_error(const char* what);

// The HTTP status that goes with a JSON-RPC error code.
[[nodiscard]] int http_status_of(int rpc_code);

}  // namespace duban
