#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/data_directory.h"
#include "tests/support/duban_process.h"

namespace duban {
namespace {

using nlohmann::json;

TEST(CommandLineProgram, ServesTheDemonstrationAndStopsOnSigterm) {
    const DataDirectory data;
    ServerProcess server(data.path(), {"--demo"});
    EXPECT_NE(server.greeting().find("jzy.clerk jzy.section jzy.head"), std::string::npos);
    EXPECT_NE(server.greeting().find("demo-password"), std::string::npos);
    const Arguments at{"--url", server.address()};

    const Finished board = run_duban(
        {"call", "plan.board", R"({"plan":"jiyuan-vocational"})", "--person", "zone.leader"}, at);
    EXPECT_EQ(board.code, 0) << board.output;
    EXPECT_EQ(json::parse(board.output)["items"].size(), 24U);
    const Finished other =
        run_duban({"call", "plan.board", R"({"plan":"other"})", "--person", "zone.leader"}, at);
    EXPECT_EQ(other.code, 5);
    EXPECT_EQ(run_duban({"call", "plan.list", "--token", "wrong"}, at).code, 3);
    EXPECT_EQ(run_duban({"call", "plan.list", "[]"}, at).code, 2);

    const Arguments import{
        "import", "tests/cli/data/issued_list.txt", "--plan", "issued", "--person", "office.head"};
    const Finished first = run_duban(import, at);
    EXPECT_NE(first.output.find("\nissued: imported\n"), std::string::npos) << first.output;
    const Finished second = run_duban(import, at);
    EXPECT_EQ(second.code, 0);
    EXPECT_NE(second.output.find("nothing changed"), std::string::npos) << second.output;

    EXPECT_EQ(server.stop(), 0);
    const Finished check = run_duban({"check", "--data", data.path()});
    EXPECT_EQ(check.code, 0) << check.output;
    EXPECT_NE(check.output.find("no faults"), std::string::npos);
    const Finished rebuild = run_duban({"rebuild", "--data", data.path()});
    EXPECT_EQ(rebuild.code, 0) << rebuild.output;
}

TEST(CommandLineProgram, LeavesNothingBehindWhenItCannotStart) {
    const DataDirectory own;
    const ServerProcess first(own.path(), {});
    const DataDirectory data;
    const Arguments serve{"serve", "--demo", "--data", data.path()};
    const auto refused = [&](const Environment& with, const Arguments& more) {
        Arguments arguments = serve;
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Finished finished = run_duban_with(with, arguments);
        EXPECT_EQ(finished.code, 1) << finished.output;
        EXPECT_EQ(finished.output.find("Password of all"), std::string::npos) << finished.output;
        EXPECT_FALSE(std::filesystem::exists(data.path())) << finished.output;
        return finished.output;
    };
    EXPECT_NE(refused({}, {"--port", first.url().port}).find(first.url().port), std::string::npos);
    EXPECT_NE(refused({}, {"--port", "0", "--host", "localhost"}).find("127.0.0.1"),
              std::string::npos);
    EXPECT_NE(refused({"DUBAN_DEMO_PASSWORD=short"}, {"--port", "0"}).find("8 to 128"),
              std::string::npos);
    const ServerProcess second(data.path(), {"--demo"});
    EXPECT_NE(second.greeting().find("Password of all: "), std::string::npos);
}

TEST(CommandLineProgram, DemonstrationTwiceChangesNothing) {
    const DataDirectory data;
    const auto position = [&] {
        const ServerProcess server(data.path(), {"--demo"});
        HttpClient client = server.client("office.head");
        const auto plans = client.call("plan.list", json::object());
        return plans ? plans->value("position", std::string()) : "no answer";
    };
    const std::string first = position();
    EXPECT_EQ(position(), first);
}

TEST(CommandLineProgram, DemonstrationLeavesPasswordsAlone) {
    const DataDirectory data;
    const Arguments change{"call", "auth.set_password",
                           R"({"old_password":"demo-password","new_password":"another-one"})",
                           "--person", "office.head"};
    {
        const ServerProcess server(data.path(), {"--demo"});
        const Finished changed = run_duban(change, {"--url", server.address()});
        ASSERT_EQ(changed.code, 0) << changed.output;
    }
    const ServerProcess server(data.path(), {"--demo"});
    EXPECT_NE(server.greeting().find("jzy.clerk jzy.section jzy.head"), std::string::npos);
    EXPECT_NE(server.greeting().find("The passwords stay as they are."), std::string::npos);
    HttpClient client(server.url());
    EXPECT_FALSE(client.login("office.head", "demo-password"));
    EXPECT_TRUE(client.login("office.head", "another-one"));
}

TEST(CommandLineProgram, DemonstrationIsNotAddedToADirectoryInUse) {
    const DataDirectory data;
    const Finished init = run_duban({"init", "--system-person", "root.system", "--admin-person",
                                     "root.admin", "--data", data.path()});
    ASSERT_EQ(init.code, 0) << init.output;
    const ServerProcess server(data.path(), {"--demo"});
    EXPECT_NE(server.greeting().find("without the demonstration"), std::string::npos);
    const Finished listed =
        run_duban({"call", "directory.list", "--person", "root.admin", "--url", server.address()});
    EXPECT_EQ(listed.code, 0) << listed.output;
    EXPECT_EQ(listed.output.find("jzy.clerk"), std::string::npos) << listed.output;
}

TEST(CommandLineProgram, TakesBodiesAsLargeAsItWasTold) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--rpc-body-bytes-max", "1048576"});
    HttpClient client(server.url());
    const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"rpc.discover"})";
    const auto reply = client.send({"POST", "/rpc", {}, call + std::string(600'000, ' ')});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200) << reply->body.substr(0, 300);
}

TEST(CommandLineProgram, SaysThatItsPortIsTaken) {
    const DataDirectory data;
    const ServerProcess server(data.path());
    const DataDirectory other;
    const Finished refused =
        run_duban({"serve", "--port", server.url().port, "--data", other.path()});
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.output.find("port " + server.url().port + ": Address already in use\n"),
              std::string::npos)
        << refused.output;
}

TEST(CommandLineProgram, SaysWhatIsWrong) {
    EXPECT_EQ(run_duban({}).code, 2);
    EXPECT_EQ(run_duban({"serve", "--nonsense"}).code, 2);
    EXPECT_EQ(run_duban({"check", "--data", "/nowhere/duban"}).code, 1);
    const DataDirectory data;
    const Arguments serve{"serve", "--port", "0", "--host", "example.org", "--data", data.path()};
    EXPECT_EQ(run_duban(serve).code, 1);
    const Finished refused = run_duban({"call", "plan.list", "--url", "http://127.0.0.1:1"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.output.find("cannot connect"), std::string::npos) << refused.output;
    EXPECT_EQ(run_duban({"--help"}).code, 0);
}

}  // namespace
}  // namespace duban
