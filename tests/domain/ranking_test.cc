// How units stand beside each other.
#include "domain/ranking.h"

#include <gtest/gtest.h>

#include "tests/support/issued_task.h"

namespace duban {
namespace {

const Date march = day("2026-03-01");

// jtj signed in on 2026-01-16 in time; rsj, to sign by 2026-01-18, has not.
std::vector<TaskState> one_task() {
    return {issued_task()};
}

UnitStanding standing_of(const std::vector<TaskState>& tasks, const std::string& unit,
                         Date today = march, const RankingDays& days = {}) {
    for (const auto& standing : ranking(tasks, today, days)) {
        if (standing.unit.value == unit) return standing;
    }
    ADD_FAILURE() << unit << " is not ranked";
    return {};
}

void decide(TaskState& task, const std::string& unit, StepEnd end, const std::string& at) {
    if (task.approvals.empty()) {
        task.approvals.emplace_back();
        task.approvals.back().unit = UnitCode(unit);
    }
    StepRecord record;
    record.end = end;
    record.time = noon(at);
    task.approvals.back().history.push_back(record);
}

TEST(Ranking, CountsWhatUnitsLeadAndTakePartIn) {
    EXPECT_EQ(standing_of(one_task(), "jtj").leads, 1);
    EXPECT_EQ(standing_of(one_task(), "jtj").takes_part, 0);
    EXPECT_EQ(standing_of(one_task(), "rsj").takes_part, 1);
}

TEST(Ranking, CountsSignInsThatWereMadeOrAreLate) {
    EXPECT_EQ(standing_of(one_task(), "jtj").sign_in, (Rate{1, 1}));
    EXPECT_EQ(standing_of(one_task(), "rsj").sign_in, (Rate{0, 1}));
    EXPECT_EQ(standing_of(one_task(), "rsj", day("2026-01-18")).sign_in, (Rate{0, 0}))
        << "its last day is not over";
    auto late = one_task();
    late[0].assignments[0].signed_at = noon("2026-01-19");
    EXPECT_EQ(standing_of(late, "jtj").sign_in, (Rate{0, 1}));
}

TEST(Ranking, LeavesOutWhoWasReleasedButNotHisObjection) {
    auto tasks = one_task();
    tasks[0].assignments[1].state = AssignmentState::released;
    tasks[0].assignments[1].objection = "不属本单位职责";
    EXPECT_EQ(standing_of(tasks, "rsj").sign_in, (Rate{0, 0}));
    EXPECT_EQ(standing_of(tasks, "rsj").objections, 1);
}

TEST(Ranking, CountsReturnedRoundsOfSubmittedRevisions) {
    auto tasks = one_task();
    add_report(tasks[0], "jtj", "2026-01", ReportState::accepted);
    tasks[0].reports[0].revisions.resize(2);
    for (auto& revision : tasks[0].reports[0].revisions) revision.time = noon("2026-02-01");
    decide(tasks[0], "jtj", StepEnd::returned, "2026-02-02");
    decide(tasks[0], "jtj", StepEnd::approved, "2026-02-03");
    tasks[0].approvals[0].state = ApprovalState::passed;
    EXPECT_EQ(standing_of(tasks, "jtj").returned, (Rate{1, 2}));
    EXPECT_EQ(standing_of(tasks, "jtj").accepted, 1);
}

TEST(Ranking, CountsWhatLiesInTheDays) {
    auto tasks = one_task();
    add_report(tasks[0], "jtj", "2026-01", ReportState::accepted);
    tasks[0].reports[0].revisions[0].time = noon("2026-02-01");
    decide(tasks[0], "jtj", StepEnd::returned, "2026-02-02");
    const RankingDays january{day("2026-01-01"), day("2026-01-31")};
    const RankingDays february{day("2026-02-01"), day("2026-02-28")};
    EXPECT_EQ(standing_of(tasks, "jtj", march, january).sign_in, (Rate{1, 1}));
    EXPECT_EQ(standing_of(tasks, "jtj", march, january).returned, (Rate{0, 0}));
    EXPECT_EQ(standing_of(tasks, "jtj", march, february).sign_in, (Rate{0, 0}));
    EXPECT_EQ(standing_of(tasks, "jtj", march, february).returned, (Rate{1, 1}));
}

TEST(Ranking, ShowsTheLightsOfTheLead) {
    EXPECT_EQ(standing_of(one_task(), "jtj").yellow, 1) << "rsj has not signed in";
    EXPECT_EQ(standing_of(one_task(), "jtj", day("2027-01-01")).red, 1);
    EXPECT_EQ(standing_of(one_task(), "rsj").yellow, 0);
}

TEST(Ranking, OrdersBySignInsThenByReturns) {
    auto tasks = one_task();
    tasks[0].mandate.co.emplace_back("jzy");
    tasks[0].assignments.push_back(part("jzy", UnitRole::co, AssignmentState::signed_));
    add_report(tasks[0], "jtj", "2026-01", ReportState::returned);
    decide(tasks[0], "jtj", StepEnd::returned, "2026-02-02");
    add_report(tasks[0], "jzy", "2026-01", ReportState::in_approval);
    const auto ranked = ranking(tasks, march, {});
    ASSERT_EQ(ranked.size(), 3U);
    EXPECT_EQ(ranked[0].unit.value, "jzy");
    EXPECT_EQ(ranked[1].unit.value, "jtj");
    EXPECT_EQ(ranked[2].unit.value, "rsj");
    EXPECT_EQ(ranked[2].rank, 3);
}

TEST(Ranking, GivesUnitsThatStandAlikeOneRank) {
    auto tasks = one_task();
    tasks[0].assignments[1].signed_at = noon("2026-01-17");
    tasks[0].assignments[1].state = AssignmentState::signed_;
    const auto ranked = ranking(tasks, march, {});
    EXPECT_EQ(ranked[0].unit.value, "jtj") << "the task names it first";
    EXPECT_EQ(ranked[0].rank, 1);
    EXPECT_EQ(ranked[1].rank, 1);
}

}  // namespace
}  // namespace duban
