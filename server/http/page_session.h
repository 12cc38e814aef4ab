// page_session: log-in and log-out of the page, which keeps its token in a cookie that no script
// reads. Programs use auth.login and auth.logout; these do the same through them.
// Strand-confined: on the worker's thread. Non-blocking.
#pragma once

#include "server/http/http_channel.h"

namespace duban {

inline constexpr std::uint64_t page_login_bytes_max = 4 * 1024;

// POST /session: the body is what auth.login takes. Answers as that does, as one JSON-RPC answer,
// with the token in the cookie and not in the body. 403 unless a page of ours asks: nobody else's
// page may log a person in as somebody.
void serve_page_login(const ChannelPtr& channel);

// DELETE /session: ends the cookie's session, if it has one, and takes the cookie back.
void serve_page_logout(const ChannelPtr& channel);

}  // namespace duban
