// Approvals on routes of several kinds, through the dispatcher.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json seat(const char* unit, const char* post) {
    return {{"unit", unit}, {"post", post}};
}

// A step of a route that approves, refuses or returns to the start.
Json asks(const char* id, Json who) {
    return {{"id", id},
            {"who", std::move(who)},
            {"acts", Json::array({"approve", "reject", "return"})},
            {"return", {{"to", Json::array({"start"})}}}};
}

// A route of a fill by the lead's clerk, the given steps and the head of the office.
Json route_of(const char* id, int version, const std::vector<Json>& steps) {
    const Json clerk = Json::array({seat("lead", "clerk")});
    Json route = {{"route", id},
                  {"ver", version},
                  {"title", "进展报告"},
                  {"starts", clerk},
                  {"on", {{"pass", Json::array({{{"do", "accept_values"}}})}}},
                  {"steps", Json::array({{{"id", "fill"}, {"do", "fill"}, {"who", clerk}}})}};
    for (const Json& step : steps) route["steps"].push_back(step);
    route["steps"].push_back(asks("adopt", Json::array({seat("office", "head")})));
    return route;
}

TEST(ApprovalMethods, ShowEveryNodeAndWhoCanActNow) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    Json approval = bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}});
    ASSERT_EQ(approval["nodes"].size(), 5U);
    EXPECT_EQ(approval["nodes"][0]["state"], "approved") << "the first fill";
    EXPECT_EQ(approval["nodes"][1]["node"], "section");
    EXPECT_EQ(approval["nodes"][1]["state"], "open");
    EXPECT_EQ(approval["nodes"][2]["state"], "idle");
    const Json waiting = {{"node", "section"}, {"slot", "1"}, {"holders", {"jtj.section"}}};
    EXPECT_EQ(approval["waiting"], Json::array({waiting}));
    EXPECT_EQ(approval["subject"]["id"], "p/1/r1");
    bench.decide("jtj.section", "approve", "p/1/a1");
    approval = bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}});
    EXPECT_EQ(approval["nodes"][1]["state"], "approved");
    EXPECT_EQ(approval["nodes"][1]["slots"][0]["by"], "jtj.section");
    EXPECT_EQ(approval["waiting"][0]["holders"], Json::array({"jtj.head"}));
    const Json row = bench.ask("office.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    ASSERT_EQ(row["approvals_wait"].size(), 1U);
    EXPECT_EQ(row["approvals_wait"][0]["node"], "head");
    EXPECT_EQ(row["approvals_wait"][0]["vacant"], false);
}

TEST(ApprovalMethods, ClaimWorkFromAPoolAndGiveItBack) {
    ApiBench bench;
    Json pool = asks("pool", Json::array({seat("office", "clerk"), seat("office", "head")}));
    pool["mode"] = "claim";
    bench.ask("office.head", "route.publish", {{"route", route_of("report", 2, {pool})}});
    bench.issue_and_sign();
    bench.submit_report();
    const Json act = {{"approval", "p/1/a1"}};
    const auto claimer = [&] {
        const Json seen = bench.ask("jtj.clerk", "approval.get", act);
        return seen["nodes"][1]["slots"][0].value("claimed_by", "");
    };
    bench.ask("office.clerk", "approval.claim", act);
    EXPECT_EQ(claimer(), "office.clerk");
    EXPECT_EQ(bench.refusal("office.head", "approval.claim", act),
              "rule_violation:already_claimed");
    bench.ask("office.clerk", "approval.release", act);
    EXPECT_EQ(claimer(), "");
    bench.ask("office.clerk", "approval.claim", act);
    bench.decide("office.clerk", "approve", "p/1/a1");
    bench.decide("office.head", "approve", "p/1/a1");
    EXPECT_EQ(bench.ask("jtj.clerk", "approval.get", act)["state"], "passed");
}

// Nobody is left whom the step asks, so that the office's head decides instead.
TEST(ApprovalMethods, GiveAVacantStepToTheHeadOfTheOffice) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    const auto decides = [&](const char* person) {
        Json found = Json::array();
        const Json todo = bench.ask(person, "inbox.list", {{"box", "todo"}})["items"];
        for (const Json& row : todo) {
            if (row.value("approval", "") == "p/1/a1") found.push_back(row);
        }
        return found;
    };
    EXPECT_EQ(decides("office.head"), Json::array());
    bench.ask("admin.security", "post.revoke",
              {{"person", "jtj.section"}, {"unit", "jtj"}, {"post", "section"}});
    const Json rows = decides("office.head");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["vacant"], true);
    EXPECT_EQ(rows[0]["node"], "section");
    EXPECT_EQ(rows[0]["seat"]["post"], "section");
    EXPECT_EQ(decides("zone.leader"), Json::array());
    const Json board = bench.ask("office.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    EXPECT_EQ(board["approvals_wait"][0]["vacant"], true);
    bench.decide("office.head", "approve", "p/1/a1");
    EXPECT_EQ(decides("office.head"), Json::array());
    EXPECT_EQ(decides("jtj.head").size(), 1U);
}

// The section has two working days on the route's first step.
Json timed_section() {
    Json step = asks("section", Json::array({seat("lead", "section")}));
    step["due"] = {{"wd", 2}, {"over", "escalate"}, {"to", seat("office", "head")}};
    return step;
}

TEST(ApprovalMethods, ShowByWhenAStepIsDueAndWhereItWasCounted) {
    ApiBench bench;
    bench.ask("office.head", "route.publish",
              {{"route", route_of("report", 2, {timed_section()})}});
    bench.issue_and_sign();
    bench.submit_report();
    const Json act = {{"approval", "p/1/a1"}};
    const Json node = bench.ask("jtj.clerk", "approval.get", act)["nodes"][1];
    const Json from = node["due_rule"]["base"];
    const Json counted =
        bench.ask("jtj.clerk", "calendar.add_workdays", {{"from", from}, {"days", 2}});
    EXPECT_EQ(node["due"], counted["day"]);
    EXPECT_EQ(node["due_rule"]["wd"], 2);
    EXPECT_EQ(node["due_rule"]["calendar"], counted["ver"]);
    EXPECT_EQ(node["due_rule"]["provisional"], counted["provisional"]);
    const Json row = bench.ask("office.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    EXPECT_EQ(row["stuck_approvals"], 0);
}

TEST(ApprovalMethods, HoldAnApprovalAndResumeIt) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    const Json act = {{"approval", "p/1/a1"}};
    Json hold = act;
    EXPECT_EQ(bench.refusal("office.clerk", "approval.hold", hold), "invalid_params:opinion");
    hold["opinion"] = "等待上级文件";
    EXPECT_EQ(bench.refusal("jzy.clerk", "approval.hold", hold), "forbidden");
    bench.ask("office.clerk", "approval.hold", hold);
    Json seen = bench.ask("jtj.clerk", "approval.get", act);
    EXPECT_EQ(seen["state"], "held");
    EXPECT_EQ(seen["waiting"], Json::array());
    const Json todo = bench.ask("jtj.section", "inbox.list", {{"box", "todo"}})["items"];
    EXPECT_TRUE(std::ranges::none_of(
        todo, [](const Json& row) { return row.value("approval", "") == "p/1/a1"; }));
    EXPECT_EQ(bench.refusal("office.head", "approval.hold", hold), "rule_violation:held");
    bench.ask("office.clerk", "approval.resume", act);
    EXPECT_EQ(bench.refusal("office.clerk", "approval.resume", act), "rule_violation:not_held");
    EXPECT_EQ(bench.ask("jtj.clerk", "approval.get", act)["waiting"].size(), 1U);
}

TEST(CalendarMethods, ListTheDaysThatANewCalendarMovesAndMoveThemOnCommand) {
    ApiBench bench;
    bench.ask("office.head", "route.publish",
              {{"route", route_of("report", 2, {timed_section()})}});
    bench.issue_and_sign();
    bench.submit_report();
    const Json act = {{"approval", "p/1/a1"}};
    const Json node = bench.ask("jtj.clerk", "approval.get", act)["nodes"][1];
    EXPECT_EQ(bench.ask("office.clerk", "calendar.moves")["items"], Json::array());
    const std::string due = node["due"];
    const Json year = {{"year", std::stoi(due.substr(0, 4))},
                       {"notice", "通知"},
                       {"off", Json::array({due})},
                       {"work", Json::array()}};
    bench.ask("office.head", "calendar.publish", {{"calendar", year}});
    const Json moves = bench.ask("office.clerk", "calendar.moves")["items"];
    ASSERT_EQ(moves.size(), 1U);
    EXPECT_EQ(moves[0]["approval"], "p/1/a1");
    EXPECT_EQ(moves[0]["due"], due);
    EXPECT_GT(moves[0]["new_due"], due);
    EXPECT_EQ(bench.ask("rsj.clerk", "calendar.moves")["items"], Json::array());
    EXPECT_EQ(bench.ask("jtj.clerk", "approval.get", act)["nodes"][1]["due"], due);
    bench.ask("office.clerk", "approval.move_due", act);
    EXPECT_EQ(bench.ask("jtj.clerk", "approval.get", act)["nodes"][1]["due"], moves[0]["new_due"]);
    EXPECT_EQ(bench.ask("office.clerk", "calendar.moves")["items"], Json::array());
}

TEST(InboxMethods, ShowWhatWasCopiedToThePerson) {
    ApiBench bench;
    const Json told = {
        {"id", "told"}, {"kind", "cc"}, {"who", Json::array({seat("zone", "leader")})}};
    bench.ask("office.head", "route.publish", {{"route", route_of("report", 2, {told})}});
    bench.issue_and_sign();
    const auto to_read = [&](const char* person) {
        return bench.ask(person, "inbox.list", {{"box", "to_read"}})["items"];
    };
    EXPECT_EQ(to_read("zone.leader"), Json::array());
    bench.submit_report();
    const Json rows = to_read("zone.leader");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["approval"], "p/1/a1");
    EXPECT_EQ(rows[0]["report"], "p/1/r1");
    EXPECT_EQ(rows[0]["reason"], "copy");
    EXPECT_EQ(to_read("office.head"), Json::array());
    const Json copies = bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}})["copies"];
    ASSERT_EQ(copies.size(), 1U);
    EXPECT_EQ(copies[0]["to"]["id"], "zone.leader");
}

TEST(RouteMethods, ShowARouteInTheFormInWhichItWasPublished) {
    ApiBench bench;
    Json own = asks("own", Json::array({seat("lead", "head")}));
    own["empty"] = seat("zone", "leader");
    own["when"] = Json::array({"eq", "task.key", true});
    const Json again = {
        {"when", Json::array({"ge", "revision", 2})},
        {"steps", Json::array({asks("second", Json::array({seat("office", "clerk")}))})}};
    const Json otherwise = {{"default", true}, {"steps", Json::array()}};
    const Json choice = {
        {"id", "choice"}, {"kind", "choose"}, {"branches", Json::array({again, otherwise})}};
    const Json route = route_of("report", 2, {own, choice});
    bench.ask("office.head", "route.publish", {{"route", route}});
    EXPECT_EQ(bench.ask("jtj.clerk", "route.get", {{"route", "report"}})["route"], route);
    Json wrong = route_of("report", 3, {own, choice});
    wrong["steps"][1]["when"] = Json::array({"eq", "task.colour", "red"});
    EXPECT_EQ(bench.refusal("office.head", "route.publish", {{"route", wrong}}),
              "invalid_params:route.steps[1].when");
}

TEST(RouteMethods, BindATasksReportsToARouteOfItsOwn) {
    ApiBench bench;
    bench.ask("office.head", "route.publish", {{"route", route_of("short", 1, {})}});
    EXPECT_EQ(
        bench.refusal("office.clerk", "task.issue",
                      {{"task", "p/1"}, {"due", "2026-12-31"}, {"routes", {{"report", "none"}}}}),
        "invalid_params:routes.report");
    bench.ask("office.clerk", "task.issue",
              {{"task", "p/1"}, {"due", "2026-12-31"}, {"routes", {{"report", "short"}}}});
    bench.ask("jtj.clerk", "assignment.sign", {{"task", "p/1"}});
    bench.submit_report();
    const Json approval = bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}});
    EXPECT_EQ(approval["route"], "short");
    EXPECT_EQ(approval["waiting"][0]["node"], "adopt");
}

}  // namespace
}  // namespace duban
