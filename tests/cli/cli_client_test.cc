#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/data_directory.h"
#include "tests/support/duban_process.h"

namespace duban {
namespace {

using nlohmann::json;

Arguments issue(const std::string& task) {
    return {"call", "task.issue", json{{"task", task}, {"due", "2099-12-31"}}.dump(), "--person",
            "office.clerk"};
}

Arguments import_issued_list(const std::string& person) {
    return {"import", "tests/cli/data/issued_list.txt", "--plan", "issued", "--person", person};
}

Arguments watch(const std::string& plan, const ServerProcess& server) {
    return {"watch", "--person", "zone.leader", "--plan", plan, "--url", server.address()};
}

TEST(DubanWatch, PrintsTheBoardAndThenEachEventAsPlainLines) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const Arguments at{"--url", server.address()};
    DubanProcess watching(watch("jiyuan-vocational", server));
    const std::string board = watching.read_to_line_with("职业技能竞赛获奖选手");
    EXPECT_EQ(board.compare(0, 9, "position "), 0) << board;
    EXPECT_NE(board.find(", 24 tasks\n"), std::string::npos) << board;
    EXPECT_EQ(std::count(board.begin(), board.end(), '\n'), 26) << board;
    EXPECT_EQ(board.find("task/"), std::string::npos) << "nothing has happened yet";

    const Finished issued = run_duban(issue("jiyuan-vocational/1"), at);
    ASSERT_EQ(issued.code, 0) << issued.output;
    const std::string event = watching.read_to_line_with("task/jiyuan-vocational/1");
    EXPECT_NE(event.find("task.issued"), std::string::npos) << event;
    EXPECT_NE(event.find("office.clerk"), std::string::npos) << event;
    EXPECT_EQ((board + event).find('\x1b'), std::string::npos) << "a pipe takes no colours";
}

TEST(DubanWatch, LeavesOutWhatIsNotOfItsList) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const Arguments at{"--url", server.address()};
    ASSERT_EQ(run_duban(import_issued_list("office.head"), at).code, 0);
    DubanProcess watching(watch("issued", server));
    const std::string board = watching.read_to_line_with("按照国家有关规定");
    EXPECT_NE(board.find(", 4 tasks\n"), std::string::npos) << board;
    ASSERT_EQ(run_duban(issue("jiyuan-vocational/1"), at).code, 0);
    ASSERT_EQ(run_duban(issue("issued/2"), at).code, 0);
    const std::string events = watching.read_to_line_with("task/issued/2");
    EXPECT_NE(events.find("task/issued/2"), std::string::npos) << events;
    EXPECT_EQ(events.find("jiyuan-vocational"), std::string::npos) << events;
}

TEST(DubanWatch, AsksWhichListWhenThereAreSeveral) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const Arguments at{"--url", server.address()};
    ASSERT_EQ(run_duban(import_issued_list("office.head"), at).code, 0);
    const Finished refused = run_duban({"watch", "--person", "zone.leader"}, at);
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.output.find("choose one with --plan"), std::string::npos) << refused.output;
}

TEST(DubanWatch, EndsWithTheReasonWhenTheBoardIsRefused) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const Finished unknown = run_duban(watch("nix", server));
    EXPECT_EQ(unknown.code, 5) << unknown.output;
    EXPECT_EQ(unknown.output.compare(0, 7, "duban: "), 0) << unknown.output;
    EXPECT_NE(unknown.output.find("nix"), std::string::npos) << unknown.output;
    const Finished forbidden = run_duban({"watch", "--person", "admin.system", "--plan",
                                          "jiyuan-vocational", "--url", server.address()});
    EXPECT_GT(forbidden.code, 0) << forbidden.output;
    EXPECT_EQ(forbidden.output.compare(0, 7, "duban: "), 0) << forbidden.output;
}

TEST(DubanImport, ThroughAServerDryRunWritesNothing) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const Arguments at{"--person", "office.head", "--url", server.address()};
    const TextFile csv("list.csv", "no,title,units\n7,建设基地,残联\n");
    Arguments import{"import", csv.path(), "--plan", "csv", "--title", "清单"};
    const std::string plans = run_duban({"call", "plan.list"}, at).output;
    import.emplace_back("--dry-run");
    const Finished shown = run_duban(import, at);
    EXPECT_EQ(shown.code, 0);
    EXPECT_NE(shown.output.find("7. 建设基地"), std::string::npos) << shown.output;
    EXPECT_EQ(run_duban({"call", "plan.list"}, at).output, plans);

    import.pop_back();
    EXPECT_EQ(run_duban(import, at).output, shown.output + "csv: imported\n");
    const Finished board = run_duban({"call", "plan.board", R"({"plan":"csv"})"}, at);
    ASSERT_EQ(board.code, 0) << board.output;
    const json items = json::parse(board.output)["items"];
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0]["title"], "建设基地");
}

TEST(DubanImport, ThroughAServerIsTakenOnceItsRefusalIsMended) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const Arguments at{"--url", server.address()};
    const Arguments import = import_issued_list("jtj.clerk");
    EXPECT_NE(run_duban(import, at).code, 0);
    const json post{{"person", "jtj.clerk"}, {"post", {{"unit", "office"}, {"post", "clerk"}}}};
    const Finished granted =
        run_duban({"call", "post.grant", post.dump(), "--person", "admin.security"}, at);
    ASSERT_EQ(granted.code, 0) << granted.output;
    const Finished imported = run_duban(import, at);
    EXPECT_NE(imported.output.find("\nissued: imported\n"), std::string::npos) << imported.output;
}

TEST(DubanImport, ThroughAServerSaysWhyItIsRefused) {
    const DataDirectory data;
    const ServerProcess server(data.path(), {"--demo"});
    const Arguments at{"--url", server.address()};
    const TextFile bad("bad.csv", "no,title,units\n1,建设基地,无名局\n");
    const Finished unknown = run_duban(
        {"import", bad.path(), "--plan", "bad", "--title", "x", "--person", "office.head"}, at);
    EXPECT_EQ(unknown.code, 1);
    EXPECT_NE(unknown.output.find(bad.path() + ": line 2: the unit '无名局'"), std::string::npos)
        << unknown.output;
    const Finished forbidden = run_duban(import_issued_list("jtj.clerk"), at);
    EXPECT_NE(forbidden.code, 0);
    EXPECT_NE(forbidden.output.find("duban: "), std::string::npos) << forbidden.output;
}

}  // namespace
}  // namespace duban
