// What a unit outside of a task is answered while, and after, an approval asks it.
#include <gtest/gtest.h>

#include <algorithm>

#include "api/guard/blobs.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json step(const char* id, const char* unit, const char* post) {
    return {{"id", id},
            {"who", Json::array({{{"unit", unit}, {"post", post}}})},
            {"acts", Json::array({"approve", "reject", "return"})},
            {"return", {{"to", Json::array({"start"})}}}};
}

// The lead's head, rsj's head, who is outside of p/1, and the head of the office.
void publish(ApiBench& bench) {
    const Json clerk = Json::array({{{"unit", "lead"}, {"post", "clerk"}}});
    const Json steps = Json::array({{{"id", "fill"}, {"do", "fill"}, {"who", clerk}},
                                    step("head", "lead", "head"),
                                    step("outside", "#rsj", "head"),
                                    step("adopt", "office", "head")});
    bench.ask("office.head", "route.publish",
              {{"route",
                {{"route", "report"},
                 {"ver", 2},
                 {"title", "进展报告"},
                 {"starts", clerk},
                 {"on", {{"pass", Json::array({{{"do", "accept_values"}}})}}},
                 {"steps", steps}}}});
}

const Json task_1 = {{"task", "p/1"}};
const Json report_1 = {{"report", "p/1/r1"}};
const Json approval_1 = {{"approval", "p/1/a1"}};

Json report(const char* period, const char* summary) {
    return {{"period", period}, {"summary", summary}, {"evidence", Json::array()}};
}

// p/1 with a report of which the lead's head has approved: rsj is asked.
void ask_outside(ApiBench& bench) {
    publish(bench);
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("jtj.head", "approve", "p/1/a1");
}

std::string tasks(ApiBench& bench, const char* person, const char* method, const Json& params) {
    std::string names;
    const Json listed = bench.ask(person, method, params);
    for (const Json& row : listed["items"]) names += row["task"].get<std::string>() + " ";
    return names;
}

TEST(GuestMethods, ShowNothingBeforeTheSlotIsOpen) {
    ApiBench bench;
    publish(bench);
    bench.issue_and_sign();
    bench.submit_report();
    EXPECT_EQ(bench.refusal("rsj.head", "task.get", task_1), "not_found");
    EXPECT_EQ(bench.refusal("rsj.head", "approval.get", approval_1), "not_found");
    EXPECT_EQ(bench.refusal("rsj.head", "report.get", report_1), "not_found");
    EXPECT_EQ(tasks(bench, "rsj.head", "plan.board", {{"plan", "p"}}), "p/2 ");
    EXPECT_EQ(bench.ask("jtj.clerk", "approval.get", approval_1)["guests"], Json::array());
}

TEST(GuestMethods, ShowTheTaskTheApprovalAndItsReport) {
    ApiBench bench;
    ask_outside(bench);
    const Json task = bench.ask("rsj.head", "task.get", task_1);
    EXPECT_EQ(task["guest"], true);
    EXPECT_EQ(task["guests"], Json::array({"rsj"}));
    ASSERT_EQ(task["approvals"].size(), 1U);
    EXPECT_EQ(task["approvals"][0]["approval"], "p/1/a1");
    ASSERT_EQ(task["reports"].size(), 1U);
    EXPECT_EQ(task["reports"][0]["content"]["summary"], "进展");
    EXPECT_EQ(task["assignments"].size(), 2U);
    const Json approval = bench.ask("rsj.clerk", "approval.get", approval_1);
    EXPECT_EQ(approval["guests"], Json::array({"rsj"}));
    EXPECT_EQ(approval["waiting"][0]["holders"], Json::array({"rsj.head"}));
    EXPECT_EQ(bench.ask("rsj.section", "report.get", report_1)["revision"]["no"], 1);
    const Json whole = bench.ask("jzy.clerk", "task.get", task_1);
    EXPECT_FALSE(whole.contains("guest"));
    EXPECT_EQ(whole["guests"], Json::array({"rsj"}));
    EXPECT_EQ(task["light"], whole["light"]) << "it is the task's state";
}

TEST(GuestMethods, ListTheTaskWithWhatConcernsTheGuest) {
    ApiBench bench;
    ask_outside(bench);
    EXPECT_EQ(tasks(bench, "rsj.clerk", "plan.board", {{"plan", "p"}}), "p/1 p/2 ");
    EXPECT_EQ(tasks(bench, "rsj.clerk", "task.list", Json::object()), "p/1 p/2 ");
    EXPECT_EQ(bench.ask("rsj.clerk", "plan.board", {{"plan", "p"}})["plan"]["tasks"], 2);
    const Json todo = bench.ask("rsj.head", "inbox.list", {{"box", "todo"}});
    const auto asked = std::ranges::find_if(
        todo["items"], [](const Json& row) { return row.value("approval", "") == "p/1/a1"; });
    ASSERT_NE(asked, todo["items"].end());
    EXPECT_EQ((*asked)["node"], "outside");
    bench.decide("rsj.head", "approve", "p/1/a1");
    bench.decide("office.head", "approve", "p/1/a1");
    Json next = report("2026-10", "十月");
    next["task"] = "p/1";
    bench.ask("jtj.clerk", "report.submit", next);
    const Json row = bench.ask("rsj.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    EXPECT_EQ(row["guest"], true);
    EXPECT_EQ(row["counts"]["accepted_reports"], 1);
    EXPECT_EQ(row["counts"]["pending_reports"], 0) << "of the second report he sees nothing";
    EXPECT_EQ(row["open_approvals"], 0);
    EXPECT_EQ(row["progress"]["with_data"], 0) << "no values";
    const Json done = bench.ask("rsj.head", "inbox.list", {{"box", "done"}})["items"];
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done[0]["approval"], "p/1/a1");
}

TEST(GuestMethods, KeepOtherReportsAndApprovalsFromAGuest) {
    ApiBench bench;
    ask_outside(bench);
    bench.decide("rsj.head", "approve", "p/1/a1");
    bench.decide("office.head", "approve", "p/1/a1");
    Json next = report("2026-10", "十月");
    next["task"] = "p/1";
    bench.ask("jtj.clerk", "report.submit", next);
    EXPECT_EQ(bench.refusal("rsj.head", "approval.get", {{"approval", "p/1/a2"}}), "not_found");
    EXPECT_EQ(bench.refusal("rsj.head", "report.get", {{"report", "p/1/r2"}}), "not_found");
    const Json task = bench.ask("rsj.head", "task.get", task_1);
    ASSERT_EQ(task["approvals"].size(), 1U);
    EXPECT_EQ(task["approvals"][0]["state"], "passed") << "that one he sees for ever";
    ASSERT_EQ(task["reports"].size(), 1U);
    EXPECT_EQ(bench.ask("rsj.head", "report.get", report_1)["revision"]["no"], 1);
    for (const Json& indicator : task["indicators"]) {
        EXPECT_TRUE(indicator["accepted"].empty()) << indicator;
    }
    EXPECT_EQ(bench.ask("jtj.clerk", "task.get", task_1)["approvals"].size(), 2U);
}

TEST(GuestMethods, ShowOfAReportTheRevisionsThatTheGuestSees) {
    ApiBench bench;
    ask_outside(bench);
    bench.decide("rsj.head", "return", "p/1/a1");
    Json revised = report("2026-09", "再报");
    revised["report"] = "p/1/r1";
    bench.ask("jtj.clerk", "report.revise", revised);
    const auto get = [&](int revision) {
        return bench.refusal("rsj.head", "report.get",
                             {{"report", "p/1/r1"}, {"revision", revision}});
    };
    EXPECT_EQ(get(1), "");
    EXPECT_EQ(get(2), "not_found");
    const Json newest = bench.ask("rsj.head", "report.get", report_1);
    EXPECT_EQ(newest["revision"]["no"], 1);
    EXPECT_EQ(newest["content"]["summary"], "进展");
    EXPECT_EQ(newest["revisions"].size(), 1U);
    const Json diff = {{"report", "p/1/r1"}, {"from", 1}, {"to", 2}};
    EXPECT_EQ(bench.refusal("rsj.head", "report.diff", diff), "not_found");
    const Json task = bench.ask("rsj.head", "task.get", task_1);
    EXPECT_EQ(task["reports"][0]["revisions"].size(), 1U);
    EXPECT_EQ(task["reports"][0]["content"]["summary"], "进展");
    bench.decide("jtj.head", "approve", "p/1/a1");
    EXPECT_EQ(get(2), "") << "asked again";
    EXPECT_EQ(bench.ask("rsj.head", "report.get", report_1)["content"]["summary"], "再报");
    EXPECT_EQ(bench.refusal("rsj.head", "report.diff", diff), "");
}

TEST(GuestMethods, ShowHowTheApprovalMayGoOnWhileTheGuestSeesIt) {
    ApiBench bench;
    publish(bench);
    bench.issue_and_sign();
    bench.submit_report();
    const Json migration = {{"approval", "p/1/a1"}, {"ver", 1}};
    EXPECT_EQ(bench.refusal("rsj.head", "approval.forecast", approval_1), "not_found");
    EXPECT_EQ(bench.refusal("rsj.head", "approval.migration", migration), "not_found");
    bench.decide("jtj.head", "approve", "p/1/a1");
    const Json steps = bench.ask("rsj.head", "approval.forecast", approval_1)["steps"];
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0]["node"], "outside");
    EXPECT_EQ(steps[1]["node"], "adopt");
    EXPECT_TRUE(bench.ask("rsj.head", "approval.migration", migration).contains("blocked"));
    EXPECT_EQ(bench.refusal("rsj.head", "route.simulate",
                            {{"route", "report"}, {"task", "p/1"}, {"starter", "jtj.clerk"}}),
              "not_found")
        << "what would be asked about the task as it is, is for those who see all of it";
}

TEST(GuestMethods, AddressAGuestInAComment) {
    ApiBench bench;
    ask_outside(bench);
    const Json comment = {
        {"approval", "p/1/a1"}, {"text", "请看附件"}, {"to", Json::array({"rsj.head"})}};
    EXPECT_EQ(bench.refusal("jtj.head", "approval.comment", comment), "");
    EXPECT_EQ(bench.ask("rsj.head", "approval.get", approval_1)["comments"][0]["text"], "请看附件");
    Json to_others = comment;
    to_others["to"] = Json::array({"czj.head"});
    EXPECT_NE(bench.refusal("jtj.head", "approval.comment", to_others), "");
}

TEST(GuestMethods, ShowInTheTimelineTheTaskAndWhatTheGuestSees) {
    ApiBench bench;
    ask_outside(bench);
    bench.decide("rsj.head", "approve", "p/1/a1");
    bench.decide("office.head", "approve", "p/1/a1");
    Json next = report("2026-10", "十月");
    next["task"] = "p/1";
    bench.ask("jtj.clerk", "report.submit", next);
    Json seen;
    const Json items =
        bench.ask("rsj.head", "task.timeline", {{"task", "p/1"}, {"limit", 500}})["items"];
    for (const Json& item : items) {
        const std::string event = item["event"].dump();
        EXPECT_EQ(event.find("p/1/a2"), std::string::npos) << event;
        EXPECT_EQ(event.find("p/1/r2"), std::string::npos) << event;
        seen[item["type"].get<std::string>()] = true;
    }
    for (const char* type : {"task.issued", "assignment.signed", "report.submitted",
                             "approval.round_opened", "approval.closed", "report.accepted"}) {
        EXPECT_TRUE(seen.contains(type)) << type;
    }
    const Json whole =
        bench.ask("jzy.clerk", "task.timeline", {{"task", "p/1"}, {"limit", 500}})["items"];
    EXPECT_GT(whole.size(), items.size());
}

TEST(GuestMethods, ShowAnEarlierStateWithinTheSightOfToday) {
    ApiBench bench;
    ask_outside(bench);
    const Json at = {
        {"position", bench.ask("rsj.head", "task.timeline", task_1)["items"][0]["position"]}};
    const Json then = bench.ask("rsj.head", "task.get", {{"task", "p/1"}, {"at", at}});
    EXPECT_EQ(then["guest"], true);
    EXPECT_TRUE(then["approvals"].empty());
    EXPECT_EQ(tasks(bench, "rsj.head", "plan.board", {{"plan", "p"}, {"at", at}}), "p/1 ");
}

bool may_open(ApiBench& bench, const char* person, const std::string& digest) {
    return open_blob(bench.context(), bench.caller(person), Digest(digest)).has_value();
}

TEST(GuestMethods, OpenTheEvidenceOfTheRevisionsThatTheGuestSees) {
    ApiBench bench;
    publish(bench);
    bench.issue_and_sign();
    const std::string first = bench.upload("jtj.clerk", "附件");
    const std::string second = bench.upload("jtj.clerk", "第二个附件");
    Json content = report("2026-09", "见附件");
    content["evidence"] = {first};
    content["task"] = "p/1";
    bench.ask("jtj.clerk", "report.submit", content);
    EXPECT_FALSE(may_open(bench, "rsj.head", first));
    bench.decide("jtj.head", "approve", "p/1/a1");
    EXPECT_TRUE(may_open(bench, "rsj.head", first)) << "the file came before it was asked";
    bench.decide("rsj.head", "return", "p/1/a1");
    Json revised = report("2026-09", "见第二个附件");
    revised["evidence"] = {second};
    revised["report"] = "p/1/r1";
    bench.ask("jtj.clerk", "report.revise", revised);
    EXPECT_TRUE(may_open(bench, "rsj.head", first)) << "it decided on that";
    EXPECT_FALSE(may_open(bench, "rsj.head", second));
    bench.decide("jtj.head", "approve", "p/1/a1");
    EXPECT_TRUE(may_open(bench, "rsj.head", second));
    EXPECT_FALSE(may_open(bench, "admin.system", first));
}

TEST(GuestMethods, CloseTheEvidenceToAUnitThatHasLeft) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string file = bench.upload("jtj.clerk", "附件");
    Json content = report("2026-09", "见附件");
    content["evidence"] = {file};
    content["task"] = "p/1";
    bench.ask("jtj.clerk", "report.submit", content);
    EXPECT_TRUE(may_open(bench, "jzy.clerk", file));
    bench.ask("office.head", "task.amend",
              {{"task", "p/1"}, {"co", {"rsj"}}, {"reason", "职责调整"}});
    EXPECT_FALSE(may_open(bench, "jzy.clerk", file));
    EXPECT_TRUE(may_open(bench, "rsj.clerk", file));
    EXPECT_EQ(bench.refusal("jzy.clerk", "task.get", task_1), "not_found");
}

}  // namespace
}  // namespace duban
