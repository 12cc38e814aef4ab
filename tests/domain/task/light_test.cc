#include "domain/task/light.h"

#include <gtest/gtest.h>

#include "tests/support/indicator_fixture.h"
#include "tests/support/issued_task.h"

namespace duban {
namespace {

class TaskLights : public testing::Test {
protected:
    // Nothing is late: both units have signed in time.
    TaskLights() {
        task_.assignments.edit(1) = part("rsj", UnitRole::co, AssignmentState::signed_);
    }
    [[nodiscard]] TaskLight on(const char* today) const {
        return task_light(task_, day(today), default_light_rules());
    }
    void expect_light(const char* today, Light light, const char* label) const {
        EXPECT_EQ(on(today).light, light) << today;
        EXPECT_EQ(on(today).label, label) << today;
    }
    TaskState task_ = issued_task();
};

TEST_F(TaskLights, AreGreenWhenNothingIsWrong) {
    expect_light("2026-06-01", Light::green, "正常");
    EXPECT_EQ(on("2026-12-01").days_left, 30);
}

TEST_F(TaskLights, TurnYellowAWeekBeforeTheDueDayAndRedAfterIt) {
    expect_light("2026-12-23", Light::green, "正常");
    expect_light("2026-12-24", Light::yellow, "临近到期");
    expect_light("2026-12-31", Light::yellow, "临近到期");
    expect_light("2027-01-01", Light::red, "逾期");
    EXPECT_EQ(on("2027-01-02").days_left, -2);
}

// Held time is not counted: 30 days of hold move both colours by 30 days, and holds add up.
TEST_F(TaskLights, TurnLaterByTheDaysOfEveryHold) {
    hold(task_, "2026-03-01");
    resume(task_, "2026-03-31");
    expect_light("2027-01-22", Light::green, "正常");
    expect_light("2027-01-23", Light::yellow, "临近到期");
    expect_light("2027-01-30", Light::yellow, "临近到期");
    expect_light("2027-01-31", Light::red, "逾期");
    EXPECT_EQ(on("2027-01-20").days_left, 10);
    hold(task_, "2026-06-01");
    resume(task_, "2026-06-11");
    expect_light("2027-02-01", Light::green, "正常");
    expect_light("2027-02-02", Light::yellow, "临近到期");
    expect_light("2027-02-09", Light::yellow, "临近到期");
    expect_light("2027-02-10", Light::red, "逾期");
}

TEST_F(TaskLights, AreNeverOverdueWithoutADueDay) {
    task_.mandate.edit().due.reset();
    expect_light("2036-01-01", Light::green, "正常");
    EXPECT_EQ(on("2036-01-01").days_left, 0);
}

TEST_F(TaskLights, TurnYellowWhenAUnitHasNotSignedInTime) {
    task_.assignments.edit(1).state = AssignmentState::waiting;
    task_.assignments.edit(1).signed_at.reset();
    expect_light("2026-01-18", Light::green, "正常");
    expect_light("2026-01-19", Light::yellow, "签收逾期");
    EXPECT_EQ(on("2026-01-19").unsigned_late, std::vector{UnitCode("rsj")});
    task_.assignments.edit(1).state = AssignmentState::objected;
    expect_light("2026-01-19", Light::green, "正常");
}

TEST_F(TaskLights, RememberALateSignature) {
    task_.assignments.edit(1).signed_at = noon("2026-01-19");
    expect_light("2026-06-01", Light::green, "正常");
    EXPECT_EQ(on("2026-06-01").signed_late, std::vector{UnitCode("rsj")});
    hold(task_, "2026-05-01");
    EXPECT_EQ(on("2026-06-01").signed_late, std::vector{UnitCode("rsj")});
}

TEST_F(TaskLights, TurnYellowWhenAReportIsMissing) {
    task_.mandate.edit().report_period = PeriodKind::month;
    expect_light("2026-01-31", Light::green, "正常");
    expect_light("2026-02-01", Light::yellow, "反馈逾期");
    add_report(task_, "jtj", "2026-01", ReportState::in_approval);
    expect_light("2026-02-01", Light::green, "正常");
}

TEST_F(TaskLights, TurnYellowWhenAnIndicatorFallsBehind) {
    Indicator hours = target(Operator::ge, {"100"});
    hours.schedule = ScheduleKind::linear;
    task_.mandate.edit().indicators = {hours};
    expect_light("2026-06-01", Light::green, "正常");
    task_.accepted = std::vector<CellEntry>{entry("once", "30")};
    expect_light("2026-03-01", Light::green, "正常");
    expect_light("2026-06-01", Light::yellow, "落后序时");
    expect_light("2027-01-01", Light::red, "逾期");
}

TEST_F(TaskLights, AskForNoProgressInAHold) {
    Indicator hours = target(Operator::ge, {"100"});
    hours.schedule = ScheduleKind::linear;
    task_.mandate.edit().indicators = {hours};
    task_.accepted = std::vector<CellEntry>{entry("once", "30")};
    expect_light("2026-04-19", Light::green, "正常");
    expect_light("2026-06-25", Light::yellow, "落后序时");
    hold(task_, "2026-04-20");
    resume(task_, "2026-06-20");
    expect_light("2026-06-25", Light::green, "正常");
    expect_light("2026-07-10", Light::yellow, "落后序时");
}

TEST_F(TaskLights, TheFirstOfEquallyBadRulesGivesTheLabel) {
    task_.assignments.edit(1) = part("rsj", UnitRole::co, AssignmentState::waiting);
    task_.mandate.edit().report_period = PeriodKind::week;
    expect_light("2026-06-01", Light::yellow, "签收逾期");
    expect_light("2027-01-01", Light::red, "逾期");
}

TEST_F(TaskLights, FollowTheGivenRules) {
    const std::vector<LightRule> rules = {{LightCondition::overdue, Light::yellow, "晚了"}};
    EXPECT_EQ(task_light(task_, day("2027-01-01"), rules).label, "晚了");
    EXPECT_EQ(task_light(task_, day("2026-06-01"), rules).light, Light::none);
}

TEST_F(TaskLights, AreOffBeforeTheIssueAndInAHold) {
    task_.assignments.edit(1) = part("rsj", UnitRole::co, AssignmentState::waiting);
    hold(task_, "2026-02-01");
    expect_light("2027-01-01", Light::none, "挂起");
    EXPECT_TRUE(on("2027-01-01").unsigned_late.empty());
    resume(task_, "2026-03-01");
    expect_light("2027-01-01", Light::yellow, "签收逾期");
    for (const TaskStage stage :
         {TaskStage::absent, TaskStage::draft, TaskStage::pending, TaskStage::established}) {
        task_.stage = stage;
        expect_light("2027-01-01", Light::none, "未交办");
    }
}

}  // namespace
}  // namespace duban
