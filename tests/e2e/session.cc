#include "tests/e2e/session.h"

#include <gtest/gtest.h>

#include "server/ops/clock.h"

namespace duban {

using nlohmann::json;

std::string new_command_id() {
    static RandomIds ids;
    return ids.uuid7(SystemClock().now());
}

json call_of(int id, const std::string& method, const json& params) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}};
}

bool open_session(WebsocketClient& socket, const ServerUrl& url, const std::string& token) {
    WebsocketClient::Options options;
    options.token = token;
    if (!socket.connect(url, options)) return false;
    return socket.send(call_of(0, "session.open", {{"token", token}}).dump()).has_value();
}

void expect_sound_at_rest(const std::string& data) {
    for (const char* command : {"check", "rebuild"}) {
        const Finished finished = run_duban({command, "--data", data});
        EXPECT_EQ(finished.code, 0) << command << ": " << finished.output;
    }
}

}  // namespace duban
