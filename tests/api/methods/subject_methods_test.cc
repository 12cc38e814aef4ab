// Extensions and closings, through the dispatcher.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json office_head_decides(const char* kind, const char* effect) {
    const Json head = Json::array({{{"unit", "office"}, {"post", "head"}}});
    const Json step = {{"id", "decide"},
                       {"who", head},
                       {"acts", Json::array({"approve", "reject", "return"})},
                       {"return", {{"to", Json::array({"start"})}}}};
    return {{"route", kind},
            {"subject", kind},
            {"title", "专项审批"},
            {"starts", Json::array({{{"unit", "lead"}, {"post", "head"}}})},
            {"revoke_after_pass", Json::array({{{"unit", "zone"}, {"post", "leader"}}})},
            {"on", {{"pass", Json::array({{{"do", effect}}})}}},
            {"steps", Json::array({step})}};
}

void publish_routes(ApiBench& bench) {
    bench.ask("office.head", "route.publish",
              {{"route", office_head_decides("extension", "set_due")}});
    bench.ask("office.head", "route.publish",
              {{"route", office_head_decides("closing", "close_task")}});
    bench.issue_and_sign();
}

TEST(ExtensionMethods, ShowAGuestTheRevisionsThatItSees) {
    ApiBench bench;
    Json route = office_head_decides("extension", "set_due");
    Json outside = route["steps"][0];
    outside["id"] = "outside";
    outside["who"] = Json::array({{{"unit", "#rsj"}, {"post", "head"}}});
    route["steps"].insert(route["steps"].begin(), outside);
    bench.ask("office.head", "route.publish", {{"route", route}});
    bench.issue_and_sign();
    bench.ask("jtj.head", "extension.request",
              {{"task", "p/1"}, {"new_due", "2030-01-15"}, {"reason", "设备采购推迟"}});
    const Json extension = {{"extension", "p/1/e1"}};
    EXPECT_EQ(bench.ask("rsj.head", "extension.get", extension)["content"]["new_due"],
              "2030-01-15");
    bench.decide("rsj.head", "approve", "p/1/a1");
    bench.decide("office.head", "return", "p/1/a1", "请附合同");
    bench.ask("jtj.head", "extension.revise",
              {{"extension", "p/1/e1"}, {"new_due", "2030-01-20"}, {"reason", "附合同"}});
    const Json seen = bench.ask("rsj.head", "extension.get", extension);
    EXPECT_EQ(seen["revision"]["no"], 2) << "it is asked again, about the second";
    bench.ask("jtj.head", "approval.withdraw", {{"approval", "p/1/a1"}});
    const Json old = bench.ask("rsj.head", "extension.get", extension);
    EXPECT_EQ(old["revision"]["no"], 1) << "it has decided on the first alone";
    EXPECT_EQ(old["content"]["new_due"], "2030-01-15");
    EXPECT_EQ(old["revisions"].size(), 1U);
    EXPECT_EQ(
        bench.refusal("rsj.head", "extension.get", {{"extension", "p/1/e1"}, {"revision", 2}}),
        "not_found");
    const Json task = bench.ask("rsj.head", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["extensions"][0]["content"]["new_due"], "2030-01-15");
}

TEST(ExtensionMethods, MoveTheDayOnceItIsGranted) {
    ApiBench bench;
    publish_routes(bench);
    const Json asked =
        bench.ask("jtj.head", "extension.request",
                  {{"task", "p/1"}, {"new_due", "2030-01-15"}, {"reason", "设备采购推迟"}});
    EXPECT_EQ(asked["extension"], "p/1/e1");
    EXPECT_EQ(asked["approval"], "p/1/a1");
    const Json todo = bench.ask("office.head", "inbox.list", {{"box", "todo"}})["items"];
    EXPECT_TRUE(std::ranges::any_of(
        todo, [](const Json& row) { return row.value("extension", "") == "p/1/e1"; }));
    bench.decide("office.head", "return", "p/1/a1", "请附合同");
    bench.ask("jtj.head", "extension.revise",
              {{"extension", "p/1/e1"}, {"new_due", "2030-01-20"}, {"reason", "附合同"}});
    bench.decide("office.head", "approve", "p/1/a1");
    const Json seen = bench.ask("jtj.clerk", "extension.get", {{"extension", "p/1/e1"}});
    EXPECT_EQ(seen["state"], "accepted");
    EXPECT_EQ(seen["content"]["new_due"], "2030-01-20");
    EXPECT_EQ(seen["revisions"].size(), 2U);
    EXPECT_EQ(seen["moved"]["to"], "2030-01-20");
    const Json first =
        bench.ask("jtj.clerk", "extension.get", {{"extension", "p/1/e1"}, {"revision", 1}});
    EXPECT_EQ(first["content"]["new_due"], "2030-01-15");
    const Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["due"], "2030-01-20");
    EXPECT_EQ(task["assignments"][0]["due"], "2030-01-20");
    EXPECT_EQ(task["extensions"].size(), 1U);
    EXPECT_EQ(bench.refusal("jtj.clerk", "extension.get", {{"extension", "p/1/e2"}}), "not_found");
}

TEST(ClosingMethods, MakeTheTaskDoneUntilTheyAreRevoked) {
    ApiBench bench;
    publish_routes(bench);
    const Json asked =
        bench.ask("jtj.head", "closing.request", {{"task", "p/1"}, {"conclusion", "任务完成"}});
    EXPECT_EQ(asked["closing"], "p/1/c1");
    bench.decide("office.head", "approve", "p/1/a1");
    Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["state"], "done");
    EXPECT_TRUE(task.contains("finished"));
    EXPECT_EQ(task["closings"][0]["state"], "accepted");
    const Json row = bench.ask("office.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    EXPECT_EQ(row["state"], "done");
    EXPECT_EQ(
        bench.ask("jtj.clerk", "closing.get", {{"closing", "p/1/c1"}})["content"]["conclusion"],
        "任务完成");
    bench.ask("zone.leader", "approval.revoke", {{"approval", "p/1/a1"}, {"opinion", "发现遗漏"}});
    task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["state"], "issued");
    EXPECT_EQ(task["closings"][0]["state"], "revoked");
    EXPECT_EQ(task["approvals"][0]["state"], "revoked");
}

TEST(AmendmentMethods, ChangeTheMandateOnceTheyAreGranted) {
    ApiBench bench;
    bench.ask("office.head", "route.publish",
              {{"route", office_head_decides("amendment", "amend")}});
    bench.issue_and_sign();
    const Json changes = {{"title", "任务一（调整）"}, {"co", Json::array({"jzy", "rsj"})}};
    const Json asked = bench.ask("jtj.head", "amend.request",
                                 {{"task", "p/1"}, {"changes", changes}, {"reason", "文件调整"}});
    EXPECT_EQ(asked["amendment"], "p/1/m1");
    EXPECT_EQ(asked["revision"], 1);
    const Json todo = bench.ask("office.head", "inbox.list", {{"box", "todo"}})["items"];
    EXPECT_TRUE(std::ranges::any_of(
        todo, [](const Json& row) { return row.value("amendment", "") == "p/1/m1"; }));
    bench.decide("office.head", "return", "p/1/a1", "请附文件");
    const Json wider = {{"title", "任务一（调整）"}};
    bench.ask("jtj.head", "amend.revise",
              {{"amendment", "p/1/m1"}, {"changes", wider}, {"reason", "附文件"}});
    bench.decide("office.head", "approve", "p/1/a1");
    const Json seen = bench.ask("jzy.clerk", "amend.get", {{"amendment", "p/1/m1"}});
    EXPECT_EQ(seen["state"], "accepted");
    EXPECT_EQ(seen["content"]["changes"], wider);
    EXPECT_EQ(seen["applied"]["to"], wider);
    EXPECT_EQ(seen["applied"]["from"], seen["from"]);
    const Json first =
        bench.ask("jzy.clerk", "amend.get", {{"amendment", "p/1/m1"}, {"revision", 1}});
    EXPECT_EQ(first["content"]["changes"], changes);
    const Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["mandate"]["title"], "任务一（调整）");
    EXPECT_EQ(task["amendments"].size(), 1U);
    EXPECT_EQ(task["past_mandates"][0]["reason"], "p/1/m1");
    EXPECT_EQ(bench.refusal("rsj.clerk", "amend.get", {{"amendment", "p/1/m1"}}), "not_found");
    EXPECT_EQ(
        bench.refusal("jtj.head", "amend.request",
                      {{"task", "p/1"}, {"changes", {{"due", "2001-01-01"}}}, {"reason", "提前"}}),
        "invalid_params:changes.due");
    EXPECT_EQ(
        bench.refusal("jtj.head", "amend.request",
                      {{"task", "p/1"}, {"changes", {{"colour", "red"}}}, {"reason", "提前"}}),
        "invalid_params:changes.colour");
}

TEST(AmendmentMethods, SayByRuleThatTheMandateWasChangedSince) {
    ApiBench bench;
    bench.ask("office.head", "route.publish",
              {{"route", office_head_decides("amendment", "amend")}});
    bench.issue_and_sign();
    bench.ask(
        "jtj.head", "amend.request",
        {{"task", "p/1"}, {"changes", {{"title", "任务一（调整）"}}}, {"reason", "文件调整"}});
    bench.ask("office.head", "task.amend",
              {{"task", "p/1"}, {"title", "任务一（先行调整）"}, {"reason", "先行调整"}});
    const Json approval = bench.ask("office.head", "approval.get", {{"approval", "p/1/a1"}});
    const std::string refused = bench.refusal("office.head", "approval.approve",
                                              {{"approval", "p/1/a1"},
                                               {"revision", approval["revision"]},
                                               {"revision_digest", approval["revision_digest"]}});
    EXPECT_EQ(refused, "rule_violation:mandate_changed");
    const Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["mandate"]["title"], "任务一（先行调整）");
    EXPECT_EQ(task["amendments"][0]["state"], "in_approval");
    EXPECT_FALSE(task["amendments"][0].contains("applied"));
}

TEST(IssueMethods, GiveTheTaskToItsUnitsOnceTheyAreGranted) {
    ApiBench bench;
    Json route = office_head_decides("issue", "issue_task");
    route["starts"] = Json::array({{{"unit", "office"}, {"post", "clerk"}}});
    bench.ask("office.head", "route.publish", {{"route", route}});
    const Json asked = bench.ask("office.clerk", "issue.request",
                                 {{"task", "p/1"},
                                  {"due", "2029-12-31"},
                                  {"duties", Json::array({{{"unit", "jzy"}, {"duty", "会签"}}})}});
    EXPECT_EQ(asked["issue"], "p/1/i1");
    EXPECT_EQ(bench.refusal("office.clerk", "task.issue", {{"task", "p/1"}}),
              "rule_violation:issue_open");
    bench.decide("office.head", "approve", "p/1/a1");
    const Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["state"], "issued");
    EXPECT_EQ(task["issues"][0]["state"], "accepted");
    EXPECT_EQ(task["assignments"][1]["duty"], "会签");
    const Json seen = bench.ask("jtj.clerk", "issue.get", {{"issue", "p/1/i1"}});
    EXPECT_EQ(seen["content"]["terms"]["due"], "2029-12-31");
    EXPECT_EQ(seen["revisions"].size(), 1U);
}

}  // namespace
}  // namespace duban
