// The crash loop: clients write over WebSocket and note what was acknowledged; the server is killed
// at a random moment and started again on the same data. DUBAN_CRASH_ROUNDS sets the number of
// rounds (tools/crash_loop), DUBAN_CRASH_SEED repeats a run.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "tests/e2e/session.h"

namespace duban {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr int default_rounds = 8;
constexpr int rounds_per_check = 5;
constexpr int clients = 4;
constexpr int tasks = 24;
constexpr std::size_t in_flight_max = 8;

unsigned long number_from_environment(const char* name, unsigned long otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

std::string task_name(int no) {
    return "jiyuan-vocational/" + std::to_string(no);
}

struct Sent {
    std::string person;
    std::string method;
    json params;
};

// What the clients know: commands sent, and the positions of those that were answered.
struct Ledger {
    std::mutex mutex;
    std::map<std::string, Sent> sent;                 // by command id, not answered yet
    std::map<std::string, std::string> acknowledged;  // command id -> position
};

// The office amends; the system administrator renames units, so that streams other than those of
// tasks, and the directory that every reader holds, are written too. Each makes one event.
Sent next_command(const std::string& person, int number) {
    const std::string id = new_command_id();
    if (person == "office.head") {
        return {person,
                "task.amend",
                {{"command_id", id},
                 {"task", task_name(1 + number % tasks)},
                 {"text", "事项 " + id},
                 {"reason", "试验"}}};
    }
    return {person,
            "unit.put",
            {{"command_id", id},
             {"unit",
              {{"code", "crash" + std::to_string(number % 5)},
               {"name", "单位 " + id},
               {"kind", "bureau"}}}}};
}

// Sends commands with a few in flight until the connection breaks.
void write_until_killed(const ServerProcess& server, const std::string& person,
                        const std::string& token, Ledger& ledger, int first) {
    WebsocketClient socket;
    if (!open_session(socket, server.url(), token)) return;
    std::map<int, std::string> waiting;
    int next = 1;
    while (true) {
        while (waiting.size() < in_flight_max) {
            const Sent command = next_command(person, first + next);
            const std::string id = command.params["command_id"];
            {
                const std::lock_guard lock(ledger.mutex);
                ledger.sent[id] = command;
            }
            waiting[next] = id;
            if (!socket.send(call_of(next++, command.method, command.params).dump())) return;
        }
        const auto text = socket.receive(1s);
        if (!text) {
            if (socket.closed()) return;
            continue;
        }
        const json answer = json::parse(*text);
        if (!answer.contains("id") || answer["id"] == 0) continue;
        if (answer.contains("error")) {
            // Too fast is no fault of the record: the command is sent again under its id later.
            waiting.erase(answer["id"].get<int>());
            std::this_thread::sleep_for(5ms);
            continue;
        }
        const std::lock_guard lock(ledger.mutex);
        const std::string& id = waiting.at(answer["id"].get<int>());
        ledger.acknowledged[id] = answer["result"]["position"];
        ledger.sent.erase(id);
        waiting.erase(answer["id"].get<int>());
    }
}

// Whoever got no answer asks again with the same id.
void settle_unanswered(const ServerProcess& server, Ledger& ledger) {
    std::map<std::string, HttpClient> desks;
    const std::map<std::string, Sent> unanswered = std::move(ledger.sent);
    ledger.sent.clear();
    for (const auto& [id, command] : unanswered) {
        auto desk = desks.find(command.person);
        if (desk == desks.end()) {
            desk = desks.emplace(command.person, server.client(command.person)).first;
        }
        const auto answer = desk->second.call(command.method, command.params);
        if (!answer && answer.error().code == 42901) {
            std::this_thread::sleep_for(20ms);
            ledger.sent[id] = command;
            continue;
        }
        ASSERT_TRUE(answer.has_value()) << answer.error().message;
        ledger.acknowledged[id] = (*answer)["position"];
    }
}

// Reads the whole log through a subscription: every acknowledged command is there once, at the
// position that was acknowledged, and no position is missing.
void verify_log(const ServerProcess& server, const Ledger& ledger) {
    WebsocketClient socket;
    ASSERT_TRUE(open_session(socket, server.url(), server.token("zone.leader")));
    const json open{{"sub", "a"}, {"start", {{"earliest", true}}}, {"filter", json::object()}};
    ASSERT_TRUE(socket.send(call_of(1, "sub.open", open).dump()).has_value());
    std::map<std::string, std::vector<std::string>> found;
    long long expected = 0;
    bool live = false;
    for (int i = 0; i < 100'000 && !live; ++i) {
        const auto text = socket.receive(10s);
        ASSERT_TRUE(text.has_value()) << "the subscription fell silent";
        const json message = json::parse(*text);
        const std::string method = message.value("method", "");
        if (method == "sub.state") live = message["params"]["state"] == "live";
        if (method != "events") continue;
        for (const json& event : message["params"]["events"]) {
            const long long position = std::stoll(event["sequence"].get<std::string>());
            ASSERT_EQ(position, expected) << "a gap or a repetition";
            expected = position + 1;
            found[event["causationid"]].push_back(std::to_string(position));
        }
    }
    for (const auto& [id, position] : ledger.acknowledged) {
        ASSERT_EQ(found[id].size(), 1U) << id << " acknowledged at " << position;
        EXPECT_EQ(found[id].front(), position);
    }
}

TEST(CrashLoop, LosesNoAcknowledgedEventAndDoublesNone) {
    const auto rounds =
        static_cast<int>(number_from_environment("DUBAN_CRASH_ROUNDS", default_rounds));
    const auto seed = number_from_environment("DUBAN_CRASH_SEED", std::random_device{}());
    const DataDirectory data;
    std::cout << "DUBAN_CRASH_SEED=" << seed << " in " << data.path() << std::endl;
    std::mt19937_64 random(seed);
    Ledger ledger;
    {
        const ServerProcess server(data.path(), {"--demo"});
        HttpClient office = server.client("office.clerk");
        for (int no = 1; no <= tasks; ++no) {
            const auto issued = office.call(
                "task.issue",
                {{"command_id", new_command_id()}, {"task", task_name(no)}, {"due", "2099-12-31"}});
            ASSERT_TRUE(issued.has_value()) << issued.error().message;
        }
    }
    for (int round = 0; round < rounds; ++round) {
        {
            ServerProcess server(data.path());
            ASSERT_NO_FATAL_FAILURE(settle_unanswered(server, ledger)) << "round " << round;
            const std::map<std::string, std::string> tokens{
                {"admin.system", server.token("admin.system")},
                {"office.head", server.token("office.head")}};
            std::vector<std::thread> writers;
            for (int i = 0; i < clients; ++i) {
                const auto& [person, token] = i == 0 ? *tokens.begin() : *tokens.rbegin();
                writers.emplace_back([&, i] {
                    write_until_killed(server, person, token, ledger, i * tasks / clients);
                });
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 400));
            server.kill_now();
            for (auto& writer : writers) writer.join();
        }
        if (round % rounds_per_check == rounds_per_check - 1) {
            expect_sound_at_rest(data.path());
            ASSERT_FALSE(testing::Test::HasFailure()) << "round " << round;
        }
    }
    EXPECT_GT(ledger.acknowledged.size(), static_cast<std::size_t>(rounds));
    {
        ServerProcess server(data.path());
        ASSERT_NO_FATAL_FAILURE(settle_unanswered(server, ledger));
        ASSERT_NO_FATAL_FAILURE(verify_log(server, ledger));
        EXPECT_EQ(server.stop(), 0);
    }
    expect_sound_at_rest(data.path());
}

}  // namespace
}  // namespace duban
