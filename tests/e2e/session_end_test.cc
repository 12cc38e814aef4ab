// Over real sockets: nothing of a session acts after its end was answered.

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/e2e/session.h"

namespace duban {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr int tasks_listed = 24;  // of the demonstration's list

json issue_of(int task) {
    return {{"task", "jiyuan-vocational/" + std::to_string(task)},
            {"due", "2099-12-31"},
            {"command_id", new_command_id()}};
}

HttpClient client_of(const ServerProcess& server, const std::string& token) {
    HttpClient client(server.url());
    client.set_token(token);
    return client;
}

// The next message with an id; nothing when the socket is closed before.
std::optional<json> next_answer(WebsocketClient& socket) {
    for (int quiet = 0; quiet < 100 && !socket.closed();) {
        const auto text = socket.receive(100ms);
        if (!text) {
            ++quiet;
            continue;
        }
        json message = json::parse(*text);
        if (message.contains("id")) return message;
    }
    return std::nullopt;
}

int code_of(const json& answer) {
    return answer.contains("error") ? answer["error"]["code"].get<int>() : 0;
}

TEST(SessionEnd, KeepsASocketShutWhoseUpgradeShowedTheToken) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const std::string person = "office.clerk";
    for (const bool by_password : {false, true}) {
        const std::string token = server.token(person);
        WebsocketClient socket;
        WebsocketClient::Options options;
        options.token = token;
        ASSERT_TRUE(socket.connect(server.url(), options));
        HttpClient other = by_password ? server.client("admin.security") : client_of(server, token);
        const json params = by_password ? json{{"person", person}, {"new_password", demo_password}}
                                        : json::object();
        ASSERT_TRUE(other.call(by_password ? "auth.set_password" : "auth.logout", params));
        ASSERT_TRUE(socket.send(call_of(1, "session.open", json::object()).dump()));
        ASSERT_TRUE(socket.send(call_of(2, "task.issue", issue_of(1)).dump()));
        for (int i = 0; i < 2; ++i) {
            const auto answer = next_answer(socket);
            ASSERT_TRUE(answer) << "of two calls";
            EXPECT_EQ(code_of(*answer), 40101) << *answer;
        }
    }
}

TEST(SessionEnd, LeavesNothingToACallThatWasUnderWay) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const std::string token = server.token("office.clerk");
    HttpClient witness = server.client("office.head");
    WebsocketClient socket;
    ASSERT_TRUE(open_session(socket, server.url(), token));
    ASSERT_TRUE(next_answer(socket)) << "session.open";
    HttpClient own = client_of(server, token);
    for (int task = 1; task <= tasks_listed; ++task) {
        ASSERT_TRUE(socket.send(call_of(task, "task.issue", issue_of(task)).dump()));
    }
    ASSERT_TRUE(own.call("auth.logout", json::object()));
    const auto at_the_end = witness.call("plan.list", json::object());
    ASSERT_TRUE(at_the_end);
    std::map<int, int> answers;
    int issued = 0;
    while (const auto answer = next_answer(socket)) {
        EXPECT_EQ(++answers[(*answer)["id"].get<int>()], 1) << *answer;
        EXPECT_TRUE(code_of(*answer) == 0 || code_of(*answer) == 40101) << *answer;
        if (code_of(*answer) == 0) ++issued;
    }
    EXPECT_EQ(socket.closed(), 4101);
    const auto later = witness.call("plan.list", json::object());
    ASSERT_TRUE(later);
    EXPECT_EQ((*later)["position"], (*at_the_end)["position"])
        << issued << " were issued, and none of them after the end was answered";
}

TEST(SessionEnd, HoldsWithinABatch) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    HttpClient client = client_of(server, server.token("office.clerk"));
    const json batch = {call_of(1, "auth.logout", json::object()),
                        call_of(2, "task.issue", issue_of(1)),
                        call_of(3, "auth.me", json::object())};
    const auto reply =
        client.send({"POST", "/rpc", {{"Content-Type", "application/json"}}, batch.dump()});
    ASSERT_TRUE(reply);
    const json answers = json::parse(reply->body);
    ASSERT_EQ(answers.size(), 3U) << answers;
    EXPECT_EQ(code_of(answers[0]), 0);
    EXPECT_EQ(code_of(answers[1]), 40101);
    EXPECT_EQ(code_of(answers[2]), 40101);
}

}  // namespace
}  // namespace duban
