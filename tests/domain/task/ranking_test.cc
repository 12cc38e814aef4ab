#include "domain/task/ranking.h"

#include <gtest/gtest.h>

#include "tests/support/issued_task.h"

namespace duban {
namespace {

using Names = std::vector<std::string>;

class Ranking : public testing::Test {
protected:
    [[nodiscard]] std::vector<UnitFigures> ranked(const std::string& today = "2026-06-01") const {
        return rank_units(tasks_, period_, day(today));
    }
    [[nodiscard]] UnitFigures of(const std::string& unit,
                                 const std::string& today = "2026-06-01") const {
        for (const UnitFigures& figures : ranked(today)) {
            if (figures.unit.value == unit) return figures;
        }
        ADD_FAILURE() << "no row of " << unit;
        return {};
    }
    // "jtj 1", in order.
    [[nodiscard]] Names places() const {
        Names names;
        for (const UnitFigures& figures : ranked()) {
            names.push_back(figures.unit.value + " " + std::to_string(figures.place));
        }
        return names;
    }
    // A task whose cooperating unit rsj has signed in on that day, by 2026-01-18.
    static TaskRecord task_signed_on(const std::string& date) {
        TaskState task = issued_task();
        task.assignments.edit(1) = part("rsj", UnitRole::co, AssignmentState::signed_);
        task.assignments.edit(1).signed_at = noon(date);
        return {std::move(task), {}};
    }
    static void revise(TaskRecord& task, const std::string& date) {
        SubmittedRevision one;
        one.report = 1;
        one.revision.no = static_cast<std::uint32_t>(task.history.revisions.size()) + 1;
        one.revision.time = noon(date);
        if (one.revision.no == 1) task.state.reports.edit(0).submitted = one.revision.time;
        task.history.revisions.push_back(std::move(one));
    }
    // The first report of jtj with a revision from each of these days, under an approval.
    static void report_on(TaskRecord& task, const Names& dates) {
        add_report(task.state, "jtj", "2026-01", ReportState::in_approval);
        for (const auto& date : dates) revise(task, date);
        Approval approval;
        approval.no = 1;
        approval.subject = {SubjectKind::report, SubjectId{task.state.id, 'r', 1}, UnitCode("jtj")};
        task.state.approvals.push_back(approval);
    }
    static void return_revision(TaskRecord& task, std::uint32_t revision, const std::string& node) {
        Round round;
        round.node = node;
        round.end = NodeState::returned;
        round.revision = revision;
        const auto no = static_cast<std::uint32_t>(task.history.rounds.size()) + 1;
        task.history.rounds.push_back({1, no, round});
    }

    std::vector<TaskRecord> tasks_ = {{issued_task(), {}}};
    RankingPeriod period_;
};

TEST_F(Ranking, CountsTheTasksLedAndTakenPartIn) {
    tasks_.push_back({issued_task(), {}});
    tasks_[1].state.assignments.edit(1).state = AssignmentState::released;
    EXPECT_EQ(of("jtj").led, 2);
    EXPECT_EQ(of("jtj").taken_part, 0);
    EXPECT_EQ(of("rsj").led, 0);
    EXPECT_EQ(of("rsj").taken_part, 1) << "its other part was taken back";
}

TEST_F(Ranking, HasARowOfZerosForAUnitWhoseTaskIsNotIssued) {
    tasks_[0].state.stage = TaskStage::established;
    tasks_[0].state.assignments.clear();
    UnitFigures zeros;
    zeros.unit = UnitCode("rsj");
    zeros.place = 1;
    EXPECT_EQ(of("rsj"), zeros);
}

TEST_F(Ranking, CountsASignInOnceItIsMadeOrItsLastDayIsPast) {
    EXPECT_EQ(of("jtj", "2026-01-17").signed_in_time, (Share{1, 1}));
    EXPECT_EQ(of("rsj", "2026-01-18").signed_in_time, (Share{0, 0})) << "it still has the day";
    EXPECT_EQ(of("rsj", "2026-01-19").signed_in_time, (Share{0, 1})) << "missing";
    tasks_ = {task_signed_on("2026-01-18"), task_signed_on("2026-01-19")};
    EXPECT_EQ(of("rsj").signed_in_time, (Share{1, 2})) << "late counts against for ever";
}

TEST_F(Ranking, WaitsForNoSignInThatIsObjectedToOrTakenBack) {
    tasks_[0].state.assignments.edit(1).state = AssignmentState::objected;
    tasks_[0].state.assignments.edit(1).objection = "不属我单位职责";
    EXPECT_EQ(of("rsj").signed_in_time, (Share{0, 0}));
    EXPECT_EQ(of("rsj").objections, (Share{1, 1}));
    tasks_[0].state.assignments.edit(1).state = AssignmentState::released;
    EXPECT_EQ(of("rsj").signed_in_time, (Share{0, 0}));
    EXPECT_EQ(of("rsj").objections, (Share{1, 1})) << "the objection stays";
    EXPECT_EQ(of("jtj").objections, (Share{0, 1}));
}

TEST_F(Ranking, StopsTheClockForAHeldTask) {
    hold(tasks_[0].state, "2026-01-17");
    EXPECT_EQ(of("rsj").signed_in_time, (Share{0, 0}));
    tasks_ = {{issued_task(), {}}};
    hold(tasks_[0].state, "2026-01-19");
    EXPECT_EQ(of("rsj").signed_in_time, (Share{0, 1})) << "it was late before the hold";
}

TEST_F(Ranking, CountsEachReturnedRevisionOnceWhoeverReturnedIt) {
    report_on(tasks_[0], {"2026-02-01", "2026-02-05", "2026-02-09"});
    return_revision(tasks_[0], 1, "unit_head");
    return_revision(tasks_[0], 2, "office_head");
    return_revision(tasks_[0], 2, "office_check");
    EXPECT_EQ(of("jtj").returned_revisions, (Share{2, 3}));
    EXPECT_EQ(of("rsj").returned_revisions, (Share{0, 0}));
}

TEST_F(Ranking, CountsAcceptedReportsOfThoseSubmitted) {
    for (const ReportState state : {ReportState::accepted, ReportState::returned,
                                    ReportState::rejected, ReportState::accepted}) {
        add_report(tasks_[0].state, "jtj", "2026-01", state);
    }
    EXPECT_EQ(of("jtj").accepted_reports, (Share{2, 4}));
}

TEST_F(Ranking, CountsRedAndYellowByTheLightsOfTheDay) {
    EXPECT_EQ(of("jtj", "2026-01-19").yellow, (Share{1, 1})) << "rsj has not signed in";
    EXPECT_EQ(of("jtj", "2026-01-19").red, (Share{0, 1}));
    EXPECT_EQ(of("rsj", "2027-01-01").red, (Share{1, 1}));
    EXPECT_EQ(of("rsj", "2027-01-01").yellow, (Share{0, 1}));
}

TEST_F(Ranking, CountsWhatFallsIntoThePeriod) {
    report_on(tasks_[0], {"2026-01-31", "2026-02-01"});
    return_revision(tasks_[0], 2, "unit_head");
    period_ = {day("2026-02-01"), day("2026-02-28")};
    const UnitFigures february = of("jtj");
    EXPECT_EQ(february.led, 0) << "given in January";
    EXPECT_EQ(february.objections, (Share{0, 0}));
    EXPECT_EQ(february.signed_in_time, (Share{0, 0}));
    EXPECT_EQ(february.returned_revisions, (Share{1, 1}));
    EXPECT_EQ(february.accepted_reports, (Share{0, 0})) << "submitted in January";
    EXPECT_EQ(february.yellow, (Share{0, 0}));
    period_ = {std::nullopt, day("2026-01-31")};
    const UnitFigures january = of("jtj");
    EXPECT_EQ(january.led, 1);
    EXPECT_EQ(january.signed_in_time, (Share{1, 1}));
    EXPECT_EQ(january.returned_revisions, (Share{0, 1}));
    EXPECT_EQ(january.accepted_reports, (Share{0, 1}));
}

TEST_F(Ranking, OrdersBySignInsThenByReturnsThenAsTheTasksNameTheUnits) {
    tasks_ = {task_signed_on("2026-01-16")};
    EXPECT_EQ(places(), (Names{"jtj 1", "rsj 1"})) << "equals share a place";
    report_on(tasks_[0], {"2026-02-01", "2026-02-05"});
    EXPECT_EQ(places(), (Names{"jtj 1", "rsj 1"}));
    return_revision(tasks_[0], 1, "unit_head");
    EXPECT_EQ(places(), (Names{"rsj 1", "jtj 2"}));
    tasks_[0].state.assignments.edit(1).signed_at = noon("2026-01-19");
    EXPECT_EQ(places(), (Names{"jtj 1", "rsj 2"})) << "sign-ins come first";
}

TEST_F(Ranking, ComparesRatesExactly) {
    // jtj: 2 of 3 signed in time, rsj: 3 of 4 through a further task of its own.
    tasks_ = {task_signed_on("2026-01-16"), task_signed_on("2026-01-16"),
              task_signed_on("2026-01-16"), task_signed_on("2026-01-19")};
    tasks_[0].state.assignments.edit(0).signed_at = noon("2026-01-19");
    tasks_[3].state.assignments.erase(0);
    EXPECT_EQ(of("jtj").signed_in_time, (Share{2, 3}));
    EXPECT_EQ(of("rsj").signed_in_time, (Share{3, 4}));
    EXPECT_EQ(places(), (Names{"rsj 1", "jtj 2"}));
}

TEST_F(Ranking, CountsOnTheNextPlaceAfterEquals) {
    tasks_ = {task_signed_on("2026-01-16")};
    tasks_[0].state.mandate.edit().co.push_back(UnitCode("jzy"));
    tasks_[0].state.assignments.push_back(part("jzy", UnitRole::co, AssignmentState::waiting));
    EXPECT_EQ(places(), (Names{"jtj 1", "rsj 1", "jzy 3"}));
}

TEST_F(Ranking, TakesNothingDueForAllInTime) {
    tasks_[0].state.mandate.edit().co = {UnitCode("jzy"), UnitCode("rsj")};
    EXPECT_EQ(places(), (Names{"jtj 1", "jzy 1", "rsj 3"}));
}

}  // namespace
}  // namespace duban
