#include "domain/base/ids.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/print.h"

namespace duban {
namespace {

TEST(TaskId, IsPlanAndNumber) {
    const auto id = parse_task_id("jiyuan-vocational/1");
    ASSERT_TRUE(id);
    EXPECT_EQ(id->plan.value, "jiyuan-vocational");
    EXPECT_EQ(id->no, 1U);
    EXPECT_EQ(to_string(*id), "jiyuan-vocational/1");
    EXPECT_TRUE(parse_task_id(std::string(64, 'a') + "/99999"));
}

TEST(TaskId, RefusesEveryOtherForm) {
    for (const std::string text :
         {"", "/", "p", "p/", "/1", "p/0", "p/01", "p/100000", "p/1x", "p/-1", "p/+1", "P/1",
          "p_/1", "p/1/r1", "p/ 1", "p/4294967297", "p/99999999999999999999"}) {
        const auto parsed = parse_task_id(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().field, "task");
    }
    EXPECT_FALSE(parse_task_id(std::string(65, 'a') + "/1"));
}

TEST(ObjectIds, NameTheirTaskAndKind) {
    EXPECT_EQ(to_string(*parse_report_id("p/7/r12")), "p/7/r12");
    EXPECT_EQ(to_string(*parse_approval_id("p/7/a3")), "p/7/a3");
    for (const char* text : {"", "p/7", "p/7/", "p/7/r", "p/7/r0", "p/7/a1", "p/7/rr1", "7/r1",
                             "r1", "p/7/r1/r1", "p/7/r100000"}) {
        EXPECT_FALSE(parse_report_id(text)) << text;
    }
    EXPECT_FALSE(parse_approval_id("p/7/r1"));
    EXPECT_EQ(parse_report_id("p/7").error().field, "report");
    EXPECT_EQ(parse_approval_id("p/7").error().field, "approval");
}

RC_GTEST_PROP(ObjectIds, TextRoundTrips, ()) {
    const auto no = rc::gen::inRange<std::uint32_t>(1, 100000);
    const ReportId report{TaskId{PlanId("plan-1"), *no}, *no};
    const ApprovalId approval{TaskId{PlanId("0"), *no}, *no};
    RC_ASSERT(*parse_report_id(to_string(report)) == report);
    RC_ASSERT(*parse_approval_id(to_string(approval)) == approval);
}

TEST(StreamNames, SayWhatTheyHold) {
    EXPECT_EQ(task_stream({PlanId("p"), 3}).value, "task/p/3");
    EXPECT_EQ(plan_stream(PlanId("p")).value, "plan/p");
    EXPECT_EQ(unit_stream(UnitCode("jtj")).value, "unit/jtj");
    EXPECT_EQ(person_stream(PersonId("jtj.head")).value, "person/jtj.head");
    EXPECT_EQ(route_stream(RouteId("report")).value, "route/report");
}

TEST(StreamNames, LeadBackToTheTask) {
    const TaskId task{PlanId("p"), 3};
    EXPECT_EQ(*task_of_stream(task_stream(task)), task);
    EXPECT_FALSE(task_of_stream(plan_stream(PlanId("p"))));
    EXPECT_FALSE(task_of_stream(StreamId("task/p")));
    EXPECT_FALSE(task_of_stream(StreamId("xtask/p/3")));
}

}  // namespace
}  // namespace duban
