#include "domain/base/working_days.h"

#include <gtest/gtest.h>

#include "tests/support/given.h"

namespace duban {
namespace {

TEST(WorkingDays, AreMondayToFriday) {
    EXPECT_TRUE(is_working_day(date("2026-12-28")));
    EXPECT_TRUE(is_working_day(date("2027-01-01")));
    EXPECT_FALSE(is_working_day(date("2027-01-02")));
    EXPECT_FALSE(is_working_day(date("2027-01-03")));
    EXPECT_FALSE(is_working_day(date("1969-12-28")));
}

TEST(WorkingDays, AreCountedAfterTheFirstDayUpToTheLast) {
    EXPECT_EQ(working_days_between(date("2026-12-31"), date("2026-12-31")), 0);
    EXPECT_EQ(working_days_between(date("2026-12-31"), date("2026-12-30")), 0);
    EXPECT_EQ(working_days_between(date("2026-12-31"), date("2027-01-01")), 1);
    EXPECT_EQ(working_days_between(date("2026-12-31"), date("2027-01-03")), 1);
    EXPECT_EQ(working_days_between(date("2026-12-31"), date("2027-01-14")), 10);
    EXPECT_EQ(working_days_between(date("2026-12-31"), date("2027-01-15")), 11);
    EXPECT_EQ(working_days_between(add_days(last_date, -1), last_date),
              is_working_day(last_date) ? 1 : 0);
}

}  // namespace
}  // namespace duban
