// What every client of the end-to-end tests does first: names its commands and opens a session over
// WebSocket.
// Thread-safety: safe for concurrent use, a socket by one thread at a time.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/data_directory.h"
#include "tests/support/duban_process.h"

namespace duban {

// A UUID for a command id.
[[nodiscard]] std::string new_command_id();

[[nodiscard]] nlohmann::json call_of(int id, const std::string& method,
                                     const nlohmann::json& params);

// Connects and sends session.open as call 0, whose answer is left to be received. False when the
// server is gone.
[[nodiscard]] bool open_session(WebsocketClient& socket, const ServerUrl& url,
                                const std::string& token);

// The program finds no fault in the data, and rebuilds the views to what they are.
void expect_sound_at_rest(const std::string& data);

}  // namespace duban
