#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/server/duban_program.h"

namespace duban {
namespace {

using nlohmann::json;

constexpr const char* issue_task_1 =
    "call task.issue '{\"task\":\"jiyuan-vocational/1\",\"due\":\"2099-12-31\"}'"
    " --person office.clerk --url ";

TEST(DubanWatch, PrintsTheBoardAndThenEachEventAsPlainLines) {
    const DataDirectory data;
    ServerProcess server(data.path(), "--demo");
    ASSERT_FALSE(server.url().empty());
    RunningDuban watch("watch --person zone.leader --plan jiyuan-vocational --url " + server.url());
    const std::string board = watch.read_to_line_with("职业技能竞赛获奖选手");
    EXPECT_EQ(board.compare(0, 9, "position "), 0) << board;
    EXPECT_NE(board.find(", 24 tasks\n"), std::string::npos) << board;
    EXPECT_EQ(std::count(board.begin(), board.end(), '\n'), 26) << board;
    EXPECT_EQ(board.find("task/"), std::string::npos) << "nothing has happened yet";

    const Finished issued = run_duban(issue_task_1 + server.url());
    ASSERT_EQ(issued.code, 0) << issued.output;
    const std::string event = watch.read_to_line_with("task/jiyuan-vocational/1");
    EXPECT_NE(event.find("task.issued"), std::string::npos) << event;
    EXPECT_NE(event.find("office.clerk"), std::string::npos) << event;
    EXPECT_EQ((board + event).find('\x1b'), std::string::npos) << "a pipe takes no colours";
}

TEST(DubanWatch, LeavesOutWhatIsNotOfItsList) {
    const DataDirectory data;
    ServerProcess server(data.path(), "--demo");
    ASSERT_FALSE(server.url().empty());
    const std::string import =
        "import tests/server/data/issued_list.txt --plan issued --person office.head --url ";
    ASSERT_EQ(run_duban(import + server.url()).code, 0);
    RunningDuban watch("watch --person zone.leader --plan issued --url " + server.url());
    const std::string board = watch.read_to_line_with("按照国家有关规定");
    EXPECT_NE(board.find(", 4 tasks\n"), std::string::npos) << board;
    ASSERT_EQ(run_duban(issue_task_1 + server.url()).code, 0);
    const std::string issue_other =
        "call task.issue '{\"task\":\"issued/2\",\"due\":\"2099-12-31\"}' --person office.clerk"
        " --url ";
    ASSERT_EQ(run_duban(issue_other + server.url()).code, 0);
    const std::string events = watch.read_to_line_with("task/issued/2");
    EXPECT_NE(events.find("task/issued/2"), std::string::npos) << events;
    EXPECT_EQ(events.find("jiyuan-vocational"), std::string::npos) << events;
}

TEST(DubanWatch, AsksWhichListWhenThereAreSeveral) {
    const DataDirectory data;
    ServerProcess server(data.path(), "--demo");
    ASSERT_FALSE(server.url().empty());
    const std::string at = " --url " + server.url();
    const std::string import =
        "import tests/server/data/issued_list.txt --plan issued --person office.head";
    ASSERT_EQ(run_duban(import + at).code, 0);
    const Finished refused = run_duban("watch --person zone.leader" + at);
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.output.find("choose one with --plan"), std::string::npos) << refused.output;
}

TEST(DubanImport, ThroughAServerDryRunWritesNothing) {
    const DataDirectory data;
    ServerProcess server(data.path(), "--demo");
    ASSERT_FALSE(server.url().empty());
    const std::string at = " --person office.head --url " + server.url();
    const TextFile csv("list.csv", "no,title,units\n7,建设基地,残联\n");
    const std::string import = "import " + csv.path() + " --plan csv --title 清单" + at;
    const std::string plans = run_duban("call plan.list" + at).output;
    const Finished shown = run_duban(import + " --dry-run");
    EXPECT_EQ(shown.code, 0);
    EXPECT_NE(shown.output.find("7. 建设基地"), std::string::npos) << shown.output;
    EXPECT_EQ(run_duban("call plan.list" + at).output, plans);

    EXPECT_EQ(run_duban(import).output, "csv: imported\n");
    const Finished board = run_duban("call plan.board '{\"plan\":\"csv\"}'" + at);
    ASSERT_EQ(board.code, 0) << board.output;
    const json items = json::parse(board.output)["items"];
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0]["title"], "建设基地");
}

TEST(DubanImport, ThroughAServerIsTakenOnceItsRefusalIsMended) {
    const DataDirectory data;
    ServerProcess server(data.path(), "--demo");
    ASSERT_FALSE(server.url().empty());
    const std::string at = " --url " + server.url();
    const std::string import =
        "import tests/server/data/issued_list.txt --plan issued --person jtj.clerk" + at;
    EXPECT_NE(run_duban(import).code, 0);
    const Finished granted = run_duban(
        "call post.grant '{\"person\":\"jtj.clerk\",\"post\":{\"unit\":\"office\","
        "\"post\":\"clerk\"}}' --person admin.security" +
        at);
    ASSERT_EQ(granted.code, 0) << granted.output;
    EXPECT_EQ(run_duban(import).output, "issued: imported\n");
}

TEST(DubanImport, ThroughAServerSaysWhyItIsRefused) {
    const DataDirectory data;
    ServerProcess server(data.path(), "--demo");
    ASSERT_FALSE(server.url().empty());
    const TextFile bad("bad.csv", "no,title,units\n1,建设基地,无名局\n");
    const Finished unknown =
        run_duban("import " + bad.path() + " --plan bad --title x --person office.head --url " +
                  server.url());
    EXPECT_EQ(unknown.code, 1);
    EXPECT_NE(unknown.output.find(bad.path() + ": line 2: the unit '无名局'"), std::string::npos)
        << unknown.output;
    const Finished forbidden =
        run_duban("import tests/server/data/issued_list.txt --plan issued --person jtj.clerk" +
                  (" --url " + server.url()));
    EXPECT_NE(forbidden.code, 0);
    EXPECT_NE(forbidden.output.find("duban: "), std::string::npos) << forbidden.output;
}

}  // namespace
}  // namespace duban
