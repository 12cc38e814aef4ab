// The methods at work: each on its happy path, through the dispatcher.
#include <gtest/gtest.h>

#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

TEST(DirectoryMethods, ChangeWhatDirectoryListShows) {
    ApiBench bench;
    const auto ask = [&](const char* person, const char* method, Json params) {
        return bench.ask(person, method, std::move(params));
    };
    ask("admin.system", "unit.put", {{"unit", {{"code", "swj"}, {"name", "税务局"}}}});
    ask("admin.system", "person.put", {{"person", "swj.clerk"}, {"name", "张三"}});
    const Json post = {{"unit", "swj"}, {"post", "clerk"}};
    ask("admin.security", "post.grant", {{"person", "swj.clerk"}, {"post", post}});
    ask("jtj.head", "proxy.set",
        {{"proxy",
          {{"principal", "jtj.head"},
           {"deputy", "jtj.section"},
           {"from", "2026-09-01"},
           {"until", "2026-09-30"}}}});
    const Json list = bench.ask("jtj.clerk", "directory.list");
    EXPECT_NE(list.dump().find("税务局"), std::string::npos);
    EXPECT_NE(list.dump().find("张三"), std::string::npos);
    EXPECT_EQ(list["proxies"].size(), 1U);
    EXPECT_EQ(list["groups"], Json::array());
    const Json group = {
        {"group", "experts"}, {"name", "专家组"}, {"members", {"jzy.head", "rsj.head"}}};
    ask("admin.security", "group.put", group);
    EXPECT_EQ(bench.refusal("office.head", "group.put", group), "forbidden");
    EXPECT_EQ(bench.ask("jtj.clerk", "directory.list")["groups"], Json::array({group}));
    EXPECT_EQ(bench.ask("jtj.section", "auth.me")["proxy_for"][0]["id"], "jtj.head");
    ask("admin.security", "post.revoke",
        {{"person", "swj.clerk"}, {"unit", "swj"}, {"post", "clerk"}});
    EXPECT_EQ(bench.ask("swj.clerk", "auth.me")["posts"].size(), 0U);
}

TEST(PlanMethods, ImportOnceAndShowTheBoard) {
    ApiBench bench;
    const Json indicator = {{"id", "a"}, {"name", "甲"}, {"op", "ge"}, {"value", "5"}};
    const Json task = {{"no", 1},
                       {"title", "新任务"},
                       {"lead", "rsj"},
                       {"co", {"jtj"}},
                       {"indicators", {indicator}}};
    const Json plan = {{"plan", "q"}, {"title", "第二清单"}, {"tasks", {task}}};
    EXPECT_EQ(bench.ask("office.head", "plan.import", {{"plan", plan}})["plan"], "q");
    const auto position = bench.node().head().next();
    (void)bench.ask("office.head", "plan.import", {{"plan", plan}});
    EXPECT_EQ(bench.node().head().next(), position) << "the same list again changes nothing";
    const Json plans = bench.ask("jtj.clerk", "plan.list", {{"limit", 1}});
    EXPECT_EQ(plans["items"].size(), 1U);
    EXPECT_EQ(bench.ask("jtj.clerk", "plan.list", {{"cursor", plans["next"]}})["items"][0]["plan"],
              "q");
    const Json row = bench.ask("jtj.clerk", "plan.board", {{"plan", "q"}})["items"][0];
    EXPECT_EQ(row["title"], "新任务");
    EXPECT_EQ(row["lead"]["code"], "rsj");
    EXPECT_EQ(row["state"], "established");
    EXPECT_EQ(row["progress"]["of"], 1);
    EXPECT_EQ(row["progress"]["with_data"], 0);
    EXPECT_EQ(bench.refusal("jtj.clerk", "plan.board", {{"plan", "zz"}}), "not_found");
}

TEST(TaskMethods, LeadFromRegistrationToHoldAndUrge) {
    ApiBench bench;
    const Json made = bench.ask("office.clerk", "task.register",
                                {{"task", "p/3"}, {"title", "登记"}, {"lead", "jtj"}});
    EXPECT_EQ(made["task"], "p/3");
    bench.ask("office.head", "task.approve",
              {{"task", "p/3"}, {"decision", "return"}, {"opinion", "请补充依据"}});
    EXPECT_EQ(bench.ask("office.clerk", "task.get", {{"task", "p/3"}})["returned_reason"],
              "请补充依据");
    bench.ask("office.clerk", "task.register",
              {{"task", "p/3"}, {"title", "登记二"}, {"lead", "jtj"}});
    bench.ask("office.head", "task.approve", {{"task", "p/3"}, {"decision", "approve"}});
    bench.ask("office.head", "task.amend",
              {{"task", "p/3"}, {"title", "登记三"}, {"co", {"jzy"}}, {"reason", "补充"}});
    const Json amended = bench.ask("jzy.clerk", "task.get", {{"task", "p/3"}});
    EXPECT_EQ(amended["mandate"]["title"], "登记三");
    EXPECT_EQ(amended["past_mandates"].back()["mandate"]["title"], "登记二");
    bench.issue_and_sign();
    bench.ask("office.clerk", "task.urge",
              {{"task", "p/1"}, {"level", "blue"}, {"text", "请抓紧"}});
    bench.ask("office.head", "task.hold", {{"task", "p/1"}, {"reason", "政策调整"}});
    Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["held"], true);
    EXPECT_EQ(task["urges"].size(), 1U);
    EXPECT_EQ(task["light"]["light"], "none");
    bench.ask("office.head", "task.resume", {{"task", "p/1"}});
    task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["held"], false);
    EXPECT_EQ(task["holds"].size(), 1U);
}

TEST(TaskMethods, ShowTheDueDayThatCountsBesideTheOrderedOne) {
    ApiBench bench;
    bench.issue_and_sign();
    const auto row = [&] {
        return bench.ask("office.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    };
    EXPECT_EQ(row()["due"], "2026-12-31");
    EXPECT_FALSE(row().contains("ordered_due"));
    bench.ask("office.head", "task.hold", {{"task", "p/1"}, {"reason", "政策调整"}});
    bench.node().clock().advance(std::chrono::hours(24 * 30));
    bench.ask("office.head", "task.resume", {{"task", "p/1"}});
    EXPECT_EQ(row()["due"], "2027-01-30");
    EXPECT_EQ(row()["ordered_due"], "2026-12-31");
    const Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["due"], "2027-01-30");
    EXPECT_EQ(task["mandate"]["due"], "2026-12-31");
    const Json todo = bench.ask("jtj.clerk", "inbox.list", {{"box", "todo"}})["items"];
    EXPECT_EQ(todo[0]["due"], "2027-01-30");
}

TEST(AssignmentMethods, ShowHandlersPartsAndObjections) {
    ApiBench bench;
    bench.ask("office.clerk", "task.issue",
              {{"task", "p/1"},
               {"due", "2026-12-31"},
               {"duties", {{{"unit", "jtj"}, {"duty", "牵头推进"}}}}});
    bench.ask("jzy.head", "assignment.object", {{"task", "p/1"}, {"reason", "不属我单位职责"}});
    bench.ask("office.head", "assignment.settle",
              {{"task", "p/1"}, {"unit", "jzy"}, {"outcome", "confirm"}, {"reason", "属其职责"}});
    bench.ask("jtj.clerk", "assignment.sign", {{"task", "p/1"}});
    bench.ask("jtj.head", "assignment.assign_handler", {{"task", "p/1"}, {"handler", "jtj.clerk"}});
    bench.ask("jtj.clerk", "assignment.break_down",
              {{"task", "p/1"}, {"parts", {{{"title", "第一步"}, {"handler", "jtj.section"}}}}});
    const Json task = bench.ask("jzy.clerk", "task.get", {{"task", "p/1"}});
    const Json& lead = task["assignments"][0];
    EXPECT_EQ(lead["unit"]["code"], "jtj");
    EXPECT_EQ(lead["handler"]["id"], "jtj.clerk");
    EXPECT_EQ(lead["parts"][0]["handler"]["id"], "jtj.section");
    EXPECT_EQ(lead["sign_in_late"], false);
    EXPECT_EQ(lead["duty"], "牵头推进");
    bench.node().clock().advance(std::chrono::hours(24 * 130));
    const Json late = bench.ask("jzy.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(late["light"]["light"], "red");
}

TEST(ReportMethods, KeepDraftsRevisionsAndTheirDifference) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string digest = bench.upload("jtj.clerk", "名单：甲乙");
    bench.ask("jtj.clerk", "report.save", {{"task", "p/1"}, {"summary", "草稿"}});
    EXPECT_EQ(bench.ask("jtj.section", "task.get", {{"task", "p/1"}})["drafts"].size(), 1U);
    EXPECT_EQ(bench.ask("jzy.clerk", "task.get", {{"task", "p/1"}})["drafts"].size(), 0U);
    const Json made = bench.submit_report();
    EXPECT_EQ(made["report"], "p/1/r1");
    EXPECT_EQ(made["approval"], "p/1/a1");
    bench.decide("jtj.section", "return", "p/1/a1", "请附名单");
    bench.ask("jtj.clerk", "report.revise",
              {{"report", "p/1/r1"},
               {"period", "2026-09"},
               {"summary", "进展，附名单"},
               {"values", {{{"indicator", "teachers"}, {"value", "3"}}}},
               {"evidence", {{{"digest", digest}, {"name", "名单.txt"}}}}});
    const Json report = bench.ask("jzy.clerk", "report.get", {{"report", "p/1/r1"}});
    EXPECT_EQ(report["revision"]["no"], 2);
    EXPECT_EQ(report["revisions"].size(), 2U);
    EXPECT_EQ(report["content"]["evidence"][0]["media_type"], "text/plain");
    EXPECT_EQ(bench.ask("jzy.clerk", "report.get",
                        {{"report", "p/1/r1"}, {"revision", 1}})["content"]["summary"],
              "进展");
    const Json diff =
        bench.ask("jzy.clerk", "report.diff", {{"report", "p/1/r1"}, {"from", 1}, {"to", 2}});
    EXPECT_EQ(diff["texts"][0]["field"], "summary");
    EXPECT_EQ(diff["values"].size(), 3U) << "one changed, two are gone";
    EXPECT_EQ(diff["evidence"]["added"].size(), 1U);
    EXPECT_EQ(bench.refusal("jzy.clerk", "report.get", {{"report", "p/1/r1"}, {"revision", 9}}),
              "not_found");
}

TEST(ReportMethods, TakeAReportAsItWasOnlyWithTheReason) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("jtj.section", "return", "p/1/a1", "请核实");
    const Json content =
        bench.ask("jtj.clerk", "report.get", {{"report", "p/1/r1"}, {"revision", 1}})["content"];
    Json again = {{"report", "p/1/r1"}, {"values", Json::array()}};
    for (const char* text : {"period", "summary", "problems", "next_steps"}) {
        again[text] = content[text];
    }
    for (const char* indicator : {"teachers", "courses"}) {
        again["values"].push_back({{"indicator", indicator}, {"value", "2"}});
    }
    again["values"].push_back({{"indicator", "base"}, {"value", "0"}});
    EXPECT_EQ(bench.refusal("jtj.clerk", "report.revise", again), "rule_violation:unchanged");
    again["note"] = "已核实，数据无误";
    bench.ask("jtj.clerk", "report.revise", again);
    const Json report = bench.ask("jtj.clerk", "report.get", {{"report", "p/1/r1"}});
    EXPECT_EQ(report["revision"]["no"], 1);
    EXPECT_EQ(report["revisions"].size(), 1U);
    const Json approval = bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}});
    EXPECT_EQ(approval["state"], "running");
    EXPECT_EQ(approval["history"].back()["node"], "fill");
    EXPECT_EQ(approval["history"].back()["opinion"], "已核实，数据无误");
    bench.decide("jtj.section", "approve", "p/1/a1");
}

TEST(ApprovalMethods, BringValuesFromPendingToAccepted) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    Json task = bench.ask("office.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["indicators"][0]["pending"].size(), 1U);
    EXPECT_EQ(task["indicators"][0]["accepted"].size(), 0U);
    EXPECT_EQ(task["approvals"][0]["open"][0]["who"][0]["holders"][0]["id"], "jtj.section");
    for (const char* person : {"jtj.section", "jtj.head", "office.clerk", "office.head"}) {
        bench.decide(person, "approve", "p/1/a1");
    }
    task = bench.ask("office.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["indicators"][0]["pending"].size(), 0U);
    EXPECT_EQ(task["indicators"][0]["accepted"].size(), 1U);
    EXPECT_EQ(task["indicators"][0]["current"]["attainment"], "met");
    EXPECT_EQ(task["progress"]["met"], 2);
    EXPECT_EQ(task["approvals"][0]["state"], "passed");
    const Json& rounds = task["approvals"][0]["history"];
    ASSERT_EQ(rounds.size(), 5U);
    EXPECT_EQ(rounds[0]["node"], "fill");
    EXPECT_EQ(rounds[0]["person"]["id"], "jtj.clerk");
    EXPECT_EQ(rounds[1]["node"], "section");
    EXPECT_EQ(rounds[1]["person"]["id"], "jtj.section");
    const Json row = bench.ask("office.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    EXPECT_EQ(row["counts"]["accepted_reports"], 1);
    EXPECT_EQ(row["open_approvals"], 0);
}

TEST(ApprovalMethods, RejectEndsTheApproval) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("jtj.section", "approve", "p/1/a1");
    const Json seen = bench.ask("jtj.head", "approval.get", {{"approval", "p/1/a1"}});
    const std::string refused = bench.refusal("jtj.head", "approval.reject",
                                              {{"approval", "p/1/a1"},
                                               {"revision", 1},
                                               {"revision_digest", seen["revision_digest"]},
                                               {"opinion", "不实"}});
    const Json after = bench.ask("jtj.head", "approval.get", {{"approval", "p/1/a1"}});
    EXPECT_EQ(after["state"], refused.empty() ? "rejected" : "running") << refused;
}

TEST(InboxMethods, ShowDutiesOnceAndFollowThem) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    const auto box = [&](const char* person, const char* name) {
        return bench.ask(person, "inbox.list", {{"box", name}})["items"];
    };
    const Json todo = box("jtj.section", "todo");
    const auto decide =
        std::ranges::find_if(todo, [](const Json& row) { return row["duty"] == "decide"; });
    ASSERT_NE(decide, todo.end()) << todo;
    EXPECT_EQ((*decide)["reason"], "decide");
    EXPECT_EQ((*decide)["approval"], "p/1/a1");
    EXPECT_EQ((*decide)["node"], "section");
    EXPECT_EQ((*decide)["slot"], "1");
    EXPECT_EQ(box("jtj.clerk", "started")[0]["report"], "p/1/r1");
    EXPECT_FALSE(box("jtj.clerk", "done").empty());
    bench.ask("jtj.section", "proxy.set",
              {{"proxy",
                {{"principal", "jtj.section"},
                 {"deputy", "jtj.head"},
                 {"from", "2026-09-01"},
                 {"until", "2026-09-30"}}}});
    EXPECT_EQ(box("jtj.head", "proxy")[0]["on_behalf_of"]["id"], "jtj.section");
    EXPECT_EQ(bench.refusal("jtj.head", "inbox.list", {{"box", "x"}}), "invalid_params:box");
}

TEST(InboxMethods, HaveTheBoxOfWhatIsNotThereYet) {
    ApiBench bench;
    const Json page = bench.ask("jtj.clerk", "inbox.list", {{"box", "followed"}});
    EXPECT_EQ(page["items"], Json::array());
    EXPECT_EQ(page["next"], "");
}

TEST(InboxMethods, ShowNoTaskThatThePersonMaySeeNoMore) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    const auto rows = [&](const char* name) {
        return bench.ask("jtj.clerk", "inbox.list", {{"box", name}})["items"].size();
    };
    const std::size_t done = rows("done");
    EXPECT_GT(done, 0U);
    EXPECT_EQ(rows("started"), 1U);
    bench.ask("admin.security", "post.grant",
              {{"person", "jtj.clerk"}, {"post", {{"unit", "rsj"}, {"post", "clerk"}}}});
    bench.ask("admin.security", "post.revoke",
              {{"person", "jtj.clerk"}, {"unit", "jtj"}, {"post", "clerk"}});
    EXPECT_EQ(rows("done"), 0U);
    EXPECT_EQ(rows("started"), 0U);
    bench.ask("admin.security", "post.grant",
              {{"person", "jtj.clerk"}, {"post", {{"unit", "jtj"}, {"post", "clerk"}}}});
    EXPECT_EQ(rows("done"), done);
    EXPECT_EQ(rows("started"), 1U);
}

TEST(InboxMethods, GiveTheDutyOfAHandlerWhoLeftBackToTheUnit) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.ask("jtj.head", "assignment.assign_handler",
              {{"task", "p/1"}, {"handler", "jtj.section"}});
    const auto reports = [&](const char* person) {
        const Json todo = bench.ask(person, "inbox.list", {{"box", "todo"}})["items"];
        return std::ranges::count_if(todo, [](const Json& row) { return row["duty"] == "report"; });
    };
    EXPECT_EQ(reports("jtj.section"), 1);
    EXPECT_EQ(reports("jtj.clerk"), 0);
    bench.ask("admin.security", "post.grant",
              {{"person", "jtj.section"}, {"post", {{"unit", "jzy"}, {"post", "clerk"}}}});
    bench.ask("admin.security", "post.revoke",
              {{"person", "jtj.section"}, {"unit", "jtj"}, {"post", "section"}});
    EXPECT_EQ(reports("jtj.section"), 0) << "he still sees the task, as a clerk of jzy";
    EXPECT_EQ(reports("jtj.clerk"), 1);
    EXPECT_EQ(bench.refusal(
                  "jtj.section", "report.save",
                  {{"task", "p/1"}, {"unit", "jtj"}, {"period", "2026-09"}, {"summary", "进展"}}),
              "forbidden");
    bench.ask("jtj.head", "assignment.assign_handler", {{"task", "p/1"}, {"handler", "jtj.head"}});
    EXPECT_EQ(reports("jtj.head"), 1);
    EXPECT_EQ(reports("jtj.clerk"), 0);
}

TEST(InboxMethods, PageThroughTheSeatsWithoutLoss) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    const Json whole = bench.ask("jtj.clerk", "inbox.list", {{"box", "done"}})["items"];
    Json pages = Json::array();
    std::string cursor;
    for (int i = 0; i < 20; ++i) {
        const Json page = bench.ask("jtj.clerk", "inbox.list",
                                    {{"box", "done"}, {"limit", 1}, {"cursor", cursor}});
        for (const Json& row : page["items"]) pages.push_back(row);
        cursor = page["next"];
        if (cursor.empty()) break;
    }
    EXPECT_EQ(pages, whole);
}

TEST(TaskQueries, ListByFilterAndPage) {
    ApiBench bench;
    bench.issue_and_sign();
    const auto names = [&](Json filter) {
        std::string all;
        const Json list = bench.ask("office.clerk", "task.list", {{"filter", std::move(filter)}});
        for (const Json& row : list["items"]) all += row["task"].get<std::string>() + " ";
        return all;
    };
    EXPECT_EQ(names(Json::object()), "p/1 p/2 ");
    EXPECT_EQ(names({{"state", {"issued"}}}), "p/1 ");
    EXPECT_EQ(names({{"unit", {"rsj"}}}), "p/2 ");
    EXPECT_EQ(names({{"light", {"none"}}}), "p/2 ");
    EXPECT_EQ(names({{"text", "任务2"}}), "p/2 ");
    EXPECT_EQ(names({{"plan", "zz"}}), "");
    const Json first = bench.ask("office.clerk", "task.list", {{"limit", 1}});
    const auto whole =
        bench.post(R"({"jsonrpc":"2.0","id":1,"method":"task.list","params":{"limit":1.0}})",
                   bench.caller("office.clerk"));
    EXPECT_EQ(Json::parse(whole.text)["result"]["next"], first["next"]) << whole.text;
    EXPECT_EQ(first["next"], "p/1");
    const Json second =
        bench.ask("office.clerk", "task.list", {{"limit", 1}, {"cursor", first["next"]}});
    EXPECT_EQ(second["items"][0]["task"], "p/2");
    EXPECT_EQ(second["next"], "");
    EXPECT_EQ(bench.refusal("office.clerk", "task.list", {{"filter", {{"stat", Json::array()}}}}),
              "invalid_params:filter.stat");
}

TEST(TaskQueries, ShowTheTimelineInPages) {
    ApiBench bench;
    bench.issue_and_sign();
    const Json first = bench.ask("jtj.clerk", "task.timeline", {{"task", "p/1"}, {"limit", 3}});
    ASSERT_EQ(first["items"].size(), 3U);
    EXPECT_EQ(first["items"][0]["type"], "task.registered");
    EXPECT_EQ(first["items"][2]["actor"]["id"], "office.clerk");
    const Json rest =
        bench.ask("jtj.clerk", "task.timeline", {{"task", "p/1"}, {"cursor", first["next"]}});
    EXPECT_EQ(rest["items"][0]["type"], "assignment.signed");
    EXPECT_EQ(rest["next"], "");
}

TEST(TaskQueries, EndAPageOfTheTimelineWhereItGetsLarge) {
    ApiLimits limits;
    limits.page_bytes_soft = 1;
    ApiBench bench(limits);
    bench.issue_and_sign();
    std::vector<std::string> types;
    std::string cursor;
    do {
        Json params = {{"task", "p/1"}, {"limit", 3}};
        if (!cursor.empty()) params["cursor"] = cursor;
        const Json page = bench.ask("jtj.clerk", "task.timeline", params);
        ASSERT_EQ(page["items"].size(), 1U) << "one event, however large it is";
        types.push_back(page["items"][0]["type"]);
        cursor = page["next"];
    } while (!cursor.empty() && types.size() < 100);
    ASSERT_EQ(types.size(), 5U);
    EXPECT_EQ(types.front(), "task.registered");
    EXPECT_EQ(types.back(), "assignment.signed");
}

TEST(AsOf, ShowsTheTaskAndTheBoardAsTheyStood) {
    ApiBench bench;
    const std::string before = std::to_string(bench.node().head().next().value - 1);
    const std::string time = to_string(bench.node().clock().now());
    bench.node().clock().advance(std::chrono::hours(1));
    bench.issue_and_sign();
    const auto state_at = [&](const Json& at) {
        return bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}, {"at", at}})["state"];
    };
    EXPECT_EQ(state_at({{"position", before}}), "established");
    EXPECT_EQ(state_at({{"time", time}}), "established");
    const Json board =
        bench.ask("office.clerk", "plan.board", {{"plan", "p"}, {"at", {{"position", before}}}});
    EXPECT_EQ(board["items"][0]["state"], "established");
    EXPECT_EQ(board["at"], before);
    EXPECT_EQ(board["plan"]["tasks"], board["items"].size());
    const Json earlier =
        bench.ask("office.clerk", "plan.board", {{"plan", "p"}, {"at", {{"position", "0"}}}});
    EXPECT_EQ(earlier["items"], Json::array());
    EXPECT_EQ(earlier["plan"]["tasks"], 0);
    const auto refusal = [&](Json at) {
        return bench.refusal("jtj.clerk", "task.get", {{"task", "p/1"}, {"at", std::move(at)}});
    };
    EXPECT_EQ(refusal({{"position", "999999"}}), "position_ahead");
    EXPECT_EQ(refusal(Json::object()), "invalid_params:at");
    EXPECT_EQ(refusal({{"time", "1990-01-01T00:00:00.000Z"}}), "not_found");
    EXPECT_EQ(refusal({{"position", "0"}}), "not_found") << "before the task's first event";
}

TEST(RouteMethods, PublishAVersionAndReadIt) {
    ApiBench bench;
    Json route = bench.ask("office.head", "route.get", {{"route", "report"}})["route"];
    route["ver"] = 2;
    route["title"] = "第二版";
    const Json made = bench.ask("office.head", "route.publish", {{"route", route}});
    EXPECT_EQ(made["route"], "report");
    EXPECT_EQ(made["ver"], 2);
    EXPECT_EQ(bench.ask("jtj.clerk", "route.get", {{"route", "report"}})["route"]["title"],
              "第二版");
    EXPECT_NE(bench.ask("jtj.clerk", "route.get", {{"route", "report"}, {"ver", 1}})["route"],
              route);
    route["dedupe"] = "sometimes";
    EXPECT_EQ(bench.refusal("office.head", "route.publish", {{"route", route}}),
              "invalid_params:route.dedupe");
}

TEST(CalendarMethods, PublishAYearAndCountOnIt) {
    ApiBench bench;
    const Json year{
        {"year", 2031}, {"notice", "通知"}, {"off", {"2031-01-01"}}, {"work", Json::array()}};
    const Json made = bench.ask("office.head", "calendar.publish", {{"calendar", year}});
    const Json counted =
        bench.ask("jtj.clerk", "calendar.add_workdays", {{"from", "2030-12-31"}, {"days", 1}});
    EXPECT_EQ(counted["day"], "2031-01-02");
    EXPECT_EQ(counted["provisional"], true) << "2030 is not published";
    const Json known = bench.ask("jtj.clerk", "calendar.get");
    EXPECT_EQ(known["ver"], counted["ver"]);
    EXPECT_EQ(known["ver"], made["ver"]);
    EXPECT_EQ(known["years"].back()["off"], year["off"]);
    Json wrong = year;
    wrong["off"] = {"2032-01-01"};
    EXPECT_EQ(bench.refusal("office.head", "calendar.publish", {{"calendar", wrong}}),
              "invalid_params:calendar.off[0]");
    EXPECT_EQ(bench.refusal("jtj.head", "calendar.publish", {{"calendar", year}}), "forbidden");
}

TEST(Discovery, AnswersWithTheOpenRpcDocument) {
    ApiBench bench;
    EXPECT_EQ(bench.ask("", "rpc.discover")["openrpc"], "1.3.2");
}

}  // namespace
}  // namespace duban
