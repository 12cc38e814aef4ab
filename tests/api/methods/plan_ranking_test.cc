#include <gtest/gtest.h>

#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json share(int numerator, int denominator) {
    return {{"numerator", numerator}, {"denominator", denominator}};
}

// "jtj 1 ", in order.
std::string places(ApiBench& bench, const std::string& person) {
    std::string all;
    const Json ranking = bench.ask(person, "plan.ranking", {{"plan", "p"}});
    for (const Json& row : ranking["items"]) {
        all += row["unit"]["code"].get<std::string>() + " " + row["place"].dump() + " ";
    }
    return all;
}

TEST(PlanRanking, ShowsFiguresWithWhatTheyAreCountedOf) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("jtj.section", "return", "p/1/a1", "请附名单");
    const Json ranking = bench.ask("office.clerk", "plan.ranking", {{"plan", "p"}});
    EXPECT_EQ(ranking["plan"], "p");
    const Json& jtj = ranking["items"].back();
    EXPECT_EQ(jtj["unit"]["code"], "jtj");
    EXPECT_EQ(jtj["led"], 1);
    EXPECT_EQ(jtj["signed_in_time"], share(1, 1));
    EXPECT_EQ(jtj["objections"], share(0, 1));
    EXPECT_EQ(jtj["returned_revisions"], share(1, 1));
    EXPECT_EQ(jtj["accepted_reports"], share(0, 1));
    EXPECT_EQ(jtj["red"], share(0, 1));
    bench.node().clock().advance(std::chrono::hours(24 * 130));
    const Json late = bench.ask("office.clerk", "plan.ranking", {{"plan", "p"}});
    EXPECT_EQ(late["items"].back()["red"], share(1, 1));
}

TEST(PlanRanking, ShowsAUnitItsOwnRowAndTheOfficeAll) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("jtj.section", "return", "p/1/a1", "请附名单");
    for (const char* person : {"office.clerk", "zone.leader", "audit.clerk"}) {
        EXPECT_EQ(places(bench, person), "jzy 1 rsj 1 jtj 3 ") << person;
    }
    EXPECT_EQ(places(bench, "jtj.clerk"), "jtj 3 ");
    EXPECT_EQ(places(bench, "rsj.clerk"), "rsj 1 ");
    const Json mandate = {{"unit", "audit"}, {"post", "auditor"}, {"mandate", {"jzy"}}};
    bench.ask("admin.security", "post.grant", {{"person", "audit.clerk"}, {"post", mandate}});
    EXPECT_EQ(places(bench, "audit.clerk"), "jzy 1 ");
    EXPECT_EQ(bench.refusal("admin.system", "plan.ranking", {{"plan", "p"}}), "forbidden");
}

TEST(PlanRanking, AnswersNotFoundForAPlanThatOneMayNotSee) {
    ApiBench bench;
    const Json task = {{"no", 1}, {"title", "人社局的任务"}, {"lead", "rsj"}};
    const Json list = {{"plan", "q"}, {"title", "第二清单"}, {"tasks", {task}}};
    bench.ask("office.head", "plan.import", {{"plan", list}});
    EXPECT_EQ(bench.refusal("rsj.clerk", "plan.ranking", {{"plan", "q"}}), "");
    EXPECT_EQ(bench.refusal("jtj.clerk", "plan.ranking", {{"plan", "q"}}), "not_found");
    EXPECT_EQ(bench.refusal("office.clerk", "plan.ranking", {{"plan", "zz"}}), "not_found");
}

TEST(PlanRanking, TakesAPeriod) {
    ApiBench bench;
    bench.issue_and_sign();
    const Json past = bench.ask("jtj.clerk", "plan.ranking",
                                {{"plan", "p"}, {"from", "2020-01-01"}, {"until", "2020-12-31"}});
    EXPECT_EQ(past["until"], "2020-12-31");
    EXPECT_EQ(past["items"][0]["led"], 0);
    EXPECT_EQ(past["items"][0]["signed_in_time"], share(0, 0));
    EXPECT_EQ(bench.refusal("jtj.clerk", "plan.ranking",
                            {{"plan", "p"}, {"from", "2020-02-01"}, {"until", "2020-01-01"}}),
              "invalid_params:until");
}

}  // namespace
}  // namespace duban
