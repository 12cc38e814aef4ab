#include "domain/report/report_period.h"

#include <gtest/gtest.h>

#include "domain/task/light.h"
#include "tests/support/issued_task.h"

namespace duban {
namespace {

class ReportPeriod : public testing::Test {
protected:
    ReportPeriod() { task_.mandate.edit().report_period = PeriodKind::month; }

    [[nodiscard]] std::string next(const char* today = "2026-06-01") const {
        const auto period = next_report_period(task_, day(today));
        return period ? period->label : "";
    }
    [[nodiscard]] std::string due(const char* today = "2026-06-01") const {
        const auto date = next_report_due(task_, day(today));
        return date ? to_string(*date) : "";
    }
    TaskState task_ = issued_task();
};

TEST_F(ReportPeriod, BeginsWithThePeriodOfTheIssue) {
    const std::vector<std::pair<PeriodKind, const char*>> cases = {
        {PeriodKind::week, "2026-01-18"},
        {PeriodKind::month, "2026-01-31"},
        {PeriodKind::quarter, "2026-03-31"},
        {PeriodKind::year, "2026-12-31"}};
    for (const auto& [kind, date] : cases) {
        task_.mandate.edit().report_period = kind;
        EXPECT_EQ(due(), date);
    }
}

TEST_F(ReportPeriod, IsNoneForTermsOnceAndTasksNotIssued) {
    task_.mandate.edit().report_period = PeriodKind::term;
    EXPECT_EQ(due(), "");
    task_.mandate.edit().report_period = PeriodKind::once;
    EXPECT_EQ(due(), "");
    task_.mandate.edit().report_period.reset();
    EXPECT_EQ(due(), "");
    task_.mandate.edit().report_period = PeriodKind::month;
    task_.stage = TaskStage::established;
    EXPECT_EQ(due(), "");
}

TEST_F(ReportPeriod, IsTheOldestThatTheLeadHasNotReported) {
    add_report(task_, "jtj", "2026-01", ReportState::accepted);
    EXPECT_EQ(next(), "2026-02");
    add_report(task_, "jtj", "2026-03", ReportState::accepted);
    EXPECT_EQ(next(), "2026-02");
    add_report(task_, "jtj", "2026-02", ReportState::in_approval);
    EXPECT_EQ(next(), "2026-04");
}

TEST_F(ReportPeriod, ReturnedRejectedAndOthersReportsDoNotCount) {
    add_report(task_, "jtj", "2026-01", ReportState::returned);
    add_report(task_, "jtj", "2026-01", ReportState::rejected);
    add_report(task_, "rsj", "2026-01", ReportState::accepted);
    add_report(task_, "jtj", "2026-Q1", ReportState::accepted);
    EXPECT_EQ(next(), "2026-01");
}

TEST_F(ReportPeriod, EndsWithTheDueDay) {
    task_.mandate.edit().due = day("2026-02-10");
    add_report(task_, "jtj", "2026-01", ReportState::accepted);
    EXPECT_EQ(due(), "2026-02-10");
    add_report(task_, "jtj", "2026-02", ReportState::accepted);
    EXPECT_EQ(due(), "");
    task_.mandate.edit().due.reset();
    EXPECT_EQ(due(), "2026-03-31");
}

TEST_F(ReportPeriod, EndsLaterByTheDaysOfAHold) {
    task_.mandate.edit().due = day("2026-02-10");
    add_report(task_, "jtj", "2026-01", ReportState::accepted);
    hold(task_, "2026-01-20");
    resume(task_, "2026-02-19");
    EXPECT_EQ(due(), "2026-02-28");
    add_report(task_, "jtj", "2026-02", ReportState::accepted);
    EXPECT_EQ(due(), "2026-03-12");
    add_report(task_, "jtj", "2026-03", ReportState::accepted);
    EXPECT_EQ(due(), "");
}

TEST_F(ReportPeriod, IsNotAskedForInsideAHold) {
    add_report(task_, "jtj", "2026-01", ReportState::accepted);
    hold(task_, "2026-01-20");
    EXPECT_EQ(next("2026-03-15"), "2026-03");
    resume(task_, "2026-04-30");
    EXPECT_EQ(next(), "2026-05");
    resume(task_, "2026-04-29");
    EXPECT_EQ(next(), "2026-04");
}

TEST_F(ReportPeriod, EndsWithTheCalendar) {
    task_.issued_at = noon("9999-12-31");
    task_.mandate.edit().due = day("9999-12-31");
    for (const auto& [kind, label] :
         std::vector<std::pair<PeriodKind, const char*>>{{PeriodKind::week, "9999-W52"},
                                                         {PeriodKind::month, "9999-12"},
                                                         {PeriodKind::quarter, "9999-Q4"},
                                                         {PeriodKind::year, "9999"}}) {
        task_.mandate.edit().report_period = kind;
        EXPECT_EQ(next(), label);
        add_report(task_, "jtj", label, ReportState::accepted);
        EXPECT_EQ(next(), "");
    }
}

}  // namespace
}  // namespace duban
