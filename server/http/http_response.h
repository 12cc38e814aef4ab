// HttpResponse: one answer and its bytes on the wire. Not a writer: sessions send the bytes.
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/result.h"

namespace duban {

struct HttpResponse {
    int status = 200;
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> fields;  // beyond the usual ones
    std::string body;
    std::shared_ptr<const void> held = {};  // the body's place in a budget, until it is written
};

// How the answer stands on its connection.
struct Framing {
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    Timestamp date;
};

// Status line and fields up to the empty line. Bytes that could end a field are dropped from
// values.
[[nodiscard]] std::string response_head(const HttpResponse& response, const Framing& framing);
// Head and body (the head alone for HEAD).
[[nodiscard]] std::string response_bytes(const HttpResponse& response, bool keep_alive,
                                         bool head_only, Timestamp date);

// {"error":{"status":…,"message":…}} for requests that are not JSON-RPC.
[[nodiscard]] HttpResponse plain_error(int status, const std::string& reason);
// The same with the status that fits the error.
[[nodiscard]] HttpResponse plain_error(const Error& error);
// 429 that says when to come again.
[[nodiscard]] HttpResponse too_many_requests(std::uint64_t wait_ms);

// "Tue, 01 Sep 2026 10:00:00 GMT".
[[nodiscard]] std::string http_date(Timestamp time);

}  // namespace duban
