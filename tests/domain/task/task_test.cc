#include "domain/task/task.h"

#include <gtest/gtest.h>

#include "tests/support/issued_task.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class WorkingDue : public testing::Test {
protected:
    [[nodiscard]] std::string due() const {
        const auto date = working_due(task_);
        return date ? to_string(*date) : "";
    }
    void held(const char* from, const char* until) {
        hold(task_, from);
        resume(task_, until);
    }
    void amend(const char* on, const std::optional<Date>& due) {
        if (due != task_.mandate->due) task_.due_set_at = noon(on);
        task_.mandate.edit().due = due;
    }
    TaskState task_ = issued_task();
};

TEST_F(WorkingDue, IsTheMandatesDayWithoutAHold) {
    EXPECT_EQ(due(), "2026-12-31");
    task_.stage = TaskStage::established;
    task_.issued_at.reset();
    EXPECT_EQ(due(), "2026-12-31");
}

TEST_F(WorkingDue, IsNoneWhereNoneIsOrdered) {
    held("2026-03-01", "2026-03-31");
    task_.mandate.edit().due.reset();
    EXPECT_EQ(due(), "");
}

TEST_F(WorkingDue, GrowsByTheDaysOfEveryHoldOnceItHasEnded) {
    hold(task_, "2026-03-01");
    EXPECT_EQ(due(), "2026-12-31");
    resume(task_, "2026-03-31");
    EXPECT_EQ(due(), "2027-01-30");
    held("2026-06-01", "2026-06-01");
    EXPECT_EQ(due(), "2027-01-30");
    held("2026-06-01", "2026-06-11");
    EXPECT_EQ(due(), "2027-02-09");
    EXPECT_EQ(task_.mandate->due, day("2026-12-31"));
}

TEST_F(WorkingDue, BeginsAnewWithADayThatAnAmendmentSets) {
    held("2026-03-01", "2026-03-31");
    amend("2026-04-01", day("2027-03-01"));
    EXPECT_EQ(due(), "2027-03-01");
    held("2026-05-01", "2026-05-11");
    EXPECT_EQ(due(), "2027-03-11");
    amend("2026-06-01", day("2026-12-31"));
    EXPECT_EQ(due(), "2026-12-31");
}

TEST_F(WorkingDue, KeepsTheHeldDaysInAnAmendmentOfSomethingElse) {
    held("2026-03-01", "2026-03-31");
    amend("2026-04-01", task_.mandate->due);
    EXPECT_EQ(due(), "2027-01-30");
}

TEST_F(WorkingDue, TakesOnlyTheLaterDaysOfAHoldInWhichItWasSet) {
    hold(task_, "2026-03-01");
    amend("2026-03-11", day("2026-11-30"));
    amend("2026-03-21", task_.mandate->due);
    EXPECT_EQ(due(), "2026-11-30");
    resume(task_, "2026-03-31");
    EXPECT_EQ(due(), "2026-12-20");
}

TEST_F(WorkingDue, NeverGoesBackNorBeyondTheLastDayOfTheCalendar) {
    held("2026-03-31", "2026-03-01");
    EXPECT_EQ(due(), "2026-12-31");
    held("2026-03-01", "2026-03-31");
    task_.mandate.edit().due = day("9999-12-31");
    EXPECT_EQ(due(), "9999-12-31");
}

}  // namespace
}  // namespace duban
