// remote: how the client commands reach a server and report what it says.
// Thread-safety: one thread at a time. Blocking: waits for the server.
#pragma once

#include <string>

#include "tools/cli/client.h"

namespace duban {

// Ready to call: with the token, or logged in as the person (password from DUBAN_PASSWORD or asked
// for), or as nobody when both are empty.
// Errors: invalid_argument (url, no password), unauthenticated, internal.
[[nodiscard]] Result<HttpClient> open_remote(const std::string& url, const std::string& token,
                                             const std::string& person);

// The exit code of a failed call: 2 for wrong parameters or an unknown method, 3 not logged in,
// 4 forbidden, 5 not found, 6 conflict, 7 refused by a rule, 8 try again later, 1 anything else.
[[nodiscard]] int exit_code_of(const HttpClient::RpcFailure& failure);

}  // namespace duban
