#include <gtest/gtest.h>

#include "api/guard/blobs.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

std::string rows(ApiBench& bench, const std::string& person) {
    std::string names;
    const Json board = bench.ask(person, "plan.board", {{"plan", "p"}});
    for (const Json& row : board["items"]) names += row["task"].get<std::string>() + " ";
    return names;
}

TEST(Authority, ShowsAUnitItsTasksAndTheOfficeAll) {
    ApiBench bench;
    EXPECT_EQ(rows(bench, "jtj.clerk"), "p/1 ");
    EXPECT_EQ(rows(bench, "jzy.head"), "p/1 ");
    EXPECT_EQ(rows(bench, "rsj.clerk"), "p/2 ");
    EXPECT_EQ(rows(bench, "office.clerk"), "p/1 p/2 ");
    EXPECT_EQ(rows(bench, "zone.leader"), "p/1 p/2 ");
    EXPECT_EQ(rows(bench, "audit.clerk"), "p/1 p/2 ");
}

TEST(Authority, ShowsAPlanToThoseWhoSeeATaskOfItAndCountsNoOthers) {
    ApiBench bench;
    const Json task = {{"no", 1}, {"title", "人社局的任务"}, {"lead", "rsj"}};
    const Json list = {{"plan", "q"}, {"title", "第二清单"}, {"tasks", {task}}};
    bench.ask("office.head", "plan.import", {{"plan", list}});
    const auto plans = [&](const char* person) {
        std::string seen;
        const Json listed = bench.ask(person, "plan.list", {{"limit", 500}});
        for (const Json& plan : listed["items"]) {
            seen += plan["plan"].get<std::string>() + plan["tasks"].dump() + " ";
        }
        return seen;
    };
    for (const char* person : {"office.clerk", "zone.leader", "audit.clerk"}) {
        EXPECT_EQ(plans(person), "p2 q1 ") << person;
    }
    EXPECT_EQ(plans("jtj.clerk"), "p1 ");
    EXPECT_EQ(plans("rsj.clerk"), "p1 q1 ");
    EXPECT_EQ(bench.refusal("jtj.clerk", "plan.board", {{"plan", "q"}}), "not_found");
    EXPECT_EQ(bench.ask("jtj.clerk", "plan.board", {{"plan", "p"}})["plan"]["tasks"], 1);
    const Json page = bench.ask("jtj.clerk", "plan.list", {{"limit", 1}});
    EXPECT_EQ(page["next"], "") << "what follows is not his to know";
    const Json mandate = {{"unit", "audit"}, {"post", "auditor"}, {"mandate", {"jtj"}}};
    bench.ask("admin.security", "post.grant", {{"person", "audit.clerk"}, {"post", mandate}});
    EXPECT_EQ(plans("audit.clerk"), "p1 ");
}

TEST(Authority, KeepsAnAuditorToTheMandate) {
    ApiBench bench;
    const Json post = {{"unit", "audit"}, {"post", "auditor"}, {"mandate", {"rsj"}}};
    bench.ask("admin.security", "post.grant", {{"person", "audit.clerk"}, {"post", post}});
    EXPECT_EQ(rows(bench, "audit.clerk"), "p/2 ");
    EXPECT_EQ(bench.refusal("audit.clerk", "task.get", {{"task", "p/1"}}), "not_found");
}

TEST(Authority, AnswersNotFoundForWhatOneMayNotSee) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    const Json task = {{"task", "p/1"}};
    EXPECT_EQ(bench.refusal("rsj.clerk", "task.get", task), "not_found");
    EXPECT_EQ(bench.refusal("rsj.clerk", "task.timeline", task), "not_found");
    EXPECT_EQ(bench.refusal("rsj.clerk", "report.get", {{"report", "p/1/r1"}}), "not_found");
    EXPECT_EQ(bench.refusal("rsj.clerk", "approval.get", {{"approval", "p/1/a1"}}), "not_found");
    EXPECT_EQ(bench.refusal("rsj.clerk", "assignment.sign", task), "not_found");
    EXPECT_EQ(bench.refusal("rsj.clerk", "task.get", {{"task", "p/99"}}), "not_found");
}

TEST(Authority, GivesAdministratorsNoBusinessText) {
    ApiBench bench;
    for (const char* person : {"admin.security", "admin.system"}) {
        EXPECT_EQ(bench.refusal(person, "task.list"), "forbidden");
        EXPECT_EQ(bench.refusal(person, "plan.list"), "forbidden");
        EXPECT_EQ(bench.refusal(person, "task.get", {{"task", "p/1"}}), "forbidden");
        EXPECT_EQ(bench.refusal(person, "inbox.list", {{"box", "todo"}}), "forbidden");
        EXPECT_EQ(bench.refusal(person, "directory.list"), "");
    }
}

TEST(Authority, FollowsTheRightsOfTheMoment) {
    ApiBench bench;
    bench.ask("admin.security", "post.grant",
              {{"person", "rsj.clerk"}, {"post", {{"unit", "jtj"}, {"post", "clerk"}}}});
    EXPECT_EQ(rows(bench, "rsj.clerk"), "p/1 p/2 ");
    bench.ask("admin.security", "post.revoke",
              {{"person", "rsj.clerk"}, {"unit", "jtj"}, {"post", "clerk"}});
    EXPECT_EQ(rows(bench, "rsj.clerk"), "p/2 ");
    bench.ask("admin.system", "person.put",
              {{"person", "rsj.clerk"}, {"name", "x"}, {"active", false}});
    EXPECT_EQ(bench.refusal("rsj.clerk", "auth.me"), "unauthenticated");
}

TEST(Authority, OpensABlobToThoseWhoSeeWhatNamesIt) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string digest = bench.upload("jtj.clerk", "附件");
    const auto may = [&](const char* person) {
        return open_blob(bench.context(), bench.caller(person), Digest(digest)).has_value();
    };
    EXPECT_TRUE(may("jtj.clerk")) << "who brought it";
    EXPECT_FALSE(may("jzy.clerk"));
    EXPECT_FALSE(may("office.clerk"));
    bench.ask("jtj.clerk", "report.save", {{"task", "p/1"}, {"evidence", {digest}}});
    EXPECT_TRUE(may("jtj.section")) << "a draft is the unit's";
    EXPECT_FALSE(may("jzy.clerk"));
    bench.ask(
        "jtj.clerk", "report.submit",
        {{"task", "p/1"}, {"period", "2026-09"}, {"summary", "见附件"}, {"evidence", {digest}}});
    EXPECT_TRUE(may("jzy.clerk"));
    EXPECT_TRUE(may("office.clerk"));
    EXPECT_FALSE(may("rsj.clerk"));
    EXPECT_FALSE(may("admin.system"));
}

TEST(Authority, OpensABlobToEveryoneWhoBroughtIt) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string digest = bench.upload("rsj.clerk", "同一附件");
    EXPECT_EQ(bench.upload("jtj.clerk", "同一附件"), digest);
    bench.ask("jtj.clerk", "report.save", {{"task", "p/1"}, {"evidence", {digest}}});
}

TEST(Authority, RefusesEvidenceThatTheReporterMayNotRead) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string digest = bench.upload("rsj.clerk", "别人的附件");
    EXPECT_EQ(bench.refusal("jtj.clerk", "report.save", {{"task", "p/1"}, {"evidence", {digest}}}),
              "not_found");
}

TEST(Authority, LetsWhoReadsBusinessDataUpload) {
    ApiBench bench;
    EXPECT_TRUE(may_upload_blob(bench.context(), bench.caller("jtj.clerk")).has_value());
    EXPECT_FALSE(may_upload_blob(bench.context(), bench.caller("admin.system")).has_value());
    EXPECT_FALSE(may_upload_blob(bench.context(), Caller{}).has_value());
}

}  // namespace
}  // namespace duban
