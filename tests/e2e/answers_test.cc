// Law 3 over real sockets: every request that reaches the server gets exactly one answer, whatever
// it holds, and each result names the position that it reflects.

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/e2e/session.h"

namespace duban {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr int calls = 300;

// A call as a client, a careless client or a hostile one would make it; always with its id.
json random_call(std::mt19937& random, int id) {
    const std::string long_name = std::string(62, 'a') + "督办";
    const std::vector<json> params = {
        {{"plan", "jiyuan-vocational"}},
        {{"task", "jiyuan-vocational/1"}},
        {{"task", "jiyuan-vocational/1"}, {"command_id", new_command_id()}},
        {{"task", "jiyuan-vocational/1"},
         {"command_id", new_command_id()},
         {"expect", {{"version", 9007199254740991ULL}}}},
        {{"task", "jiyuan-vocational/1"},
         {"command_id", new_command_id()},
         {"expect", {{"version", 18446744073709551615ULL}}}},
        {{long_name, 1}},
        {{"at_least", "999999"}, {"plan", "jiyuan-vocational"}},
        json::array({1, 2}),
        json(7),
        json::object(),
    };
    const std::vector<const char*> methods = {
        "plan.list", "plan.board",    "task.get",   "task.urge", "assignment.sign",
        "auth.me",   "report.submit", "inbox.list", "no.such",   "督办"};
    json call = call_of(id, methods[random() % methods.size()], params[random() % params.size()]);
    if (random() % 3 == 0) {
        call["method"] = "plan.board";
        call["params"] = params.front();
    }
    if (random() % 20 == 0) call[long_name] = 1;
    return call;
}

TEST(Answers, ComeOnceForEveryCallWhateverItHolds) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    WebsocketClient socket;
    ASSERT_TRUE(open_session(socket, server.url(), server.token("office.clerk")));
    std::mt19937 random(20261123);
    std::map<int, int> answers;
    int results = 0;
    int sent = 0;
    for (int quiet = 0; quiet < 100 && static_cast<int>(answers.size()) <= calls;) {
        // Few at a time: what is beyond the calls in flight is refused, which is tested elsewhere.
        const int open_calls = sent + 1 - static_cast<int>(answers.size());
        if (sent < calls && open_calls < 8) {
            ASSERT_TRUE(socket.send(random_call(random, ++sent).dump()).has_value());
            continue;
        }
        const auto text = socket.receive(100ms);
        if (!text) {
            ++quiet;
            continue;
        }
        const json answer = json::parse(*text);
        if (!answer.contains("id")) continue;
        ASSERT_TRUE(answer["id"].is_number()) << answer;
        EXPECT_EQ(++answers[answer["id"].get<int>()], 1) << answer;
        if (!answer.contains("result") || answer["id"] == 0) continue;
        ++results;
        EXPECT_TRUE(answer["result"].contains("position")) << answer;
    }
    EXPECT_EQ(answers.size(), static_cast<std::size_t>(calls) + 1);
    EXPECT_GT(results, calls / 5) << "hardly any call succeeded";
}

}  // namespace
}  // namespace duban
