// http_guard: what is asked of a request head before anything else looks at it: framing that cannot
// be read in two ways, one host, a bounded body. Pure checks; no sockets.
// Beast's parser accepts folded fields, repeated Host and Content-Length fields and transfer
// codings that it then ignores; behind a proxy each of these can smuggle a request past it.
// Thread-safety: safe for concurrent use. Limits: header_bytes_max, header_fields_max.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duban {

inline constexpr std::size_t header_bytes_max = 8 * 1024;
inline constexpr std::size_t header_fields_max = 64;
inline constexpr std::size_t target_bytes_max = 2048;

struct HeaderField {
    std::string name;
    std::string value;
};

// A parsed request head. `version` is 11 for HTTP/1.1.
struct RequestHead {
    std::string method;
    std::string target;
    int version = 11;
    std::vector<HeaderField> fields;

    // The first field of that name (any case), or nullptr.
    [[nodiscard]] const std::string* find(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    // Whether a list field has that word as one of its elements (any case).
    [[nodiscard]] bool has_token(std::string_view name, std::string_view token) const;
};

// A request that is refused: answered with this status, and the connection is closed.
struct Refusal {
    int status = 400;
    std::string reason;
};

// What a head that passed says about its connection.
struct GuardedHead {
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

// Of the raw bytes, before parsing: no folded lines, no bare line feeds, no NUL.
[[nodiscard]] std::optional<Refusal> check_raw_head(std::string_view raw);
// Of the parsed head. On success `guarded` is filled in.
[[nodiscard]] std::optional<Refusal> check_head(const RequestHead& head, GuardedHead& guarded);

// Whether the Origin of an upgrade is acceptable: none (not a browser), one of `allowed` exactly,
// or, when `allowed` is empty, the origin whose host and port are the request's own Host.
[[nodiscard]] bool origin_allowed(const RequestHead& head, const std::vector<std::string>& allowed);

// Of a request for /ws: a WebSocket upgrade of version 13 that offers the subprotocol and comes
// from an acceptable origin.
[[nodiscard]] std::optional<Refusal> check_upgrade(const RequestHead& head,
                                                   const std::vector<std::string>& origins);
inline constexpr std::string_view websocket_subprotocol = "duban.v1";

// The token of "Authorization: Bearer …"; nothing when there is none or its form is wrong.
[[nodiscard]] std::optional<std::string> bearer_token(const RequestHead& head);

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace duban
