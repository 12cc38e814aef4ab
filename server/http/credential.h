// credential: the session token that a request shows: a program's bearer token, or the cookie of
// the page. A browser sends the cookie whoever made the page that asks, so it counts only where the
// Origin says that our own page did. Pure checks; no sockets.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/http_guard.h"

namespace duban {

inline constexpr std::string_view session_cookie_name = "duban_session";

// Whether a page of ours asks: exactly one Origin, and an acceptable one (origin_allowed).
[[nodiscard]] bool from_own_page(const RequestHead& head, const std::vector<std::string>& origins);

// The bearer token; without an Authorization field the token of the cookie, when from_own_page
// holds. GET and HEAD that are no upgrade change nothing and may lack the Origin, as links do.
[[nodiscard]] std::optional<std::string> shown_token(const RequestHead& head,
                                                     const std::vector<std::string>& origins);

// Values for Set-Cookie. No script reads the cookie and no other site's page sends it; it ends with
// the browser. Secure where the page came over TLS, as its Origin says.
[[nodiscard]] std::string session_cookie(const RequestHead& head, const std::string& token);
[[nodiscard]] std::string ended_session_cookie(const RequestHead& head);

}  // namespace duban
