#include "domain/indicator/schedule.h"

#include <gtest/gtest.h>

#include "tests/support/indicator_fixture.h"

namespace duban {
namespace {

TEST(Schedule, WithoutOneItIsInTimeUntilTheDueDay) {
    const Indicator hours = target(Operator::ge, {"16"});
    EXPECT_EQ(current(hours, {entry("once", "1")}, "2026-12-31").attainment,
              Attainment::on_schedule);
    EXPECT_EQ(current(hours, {entry("once", "1")}, "2027-01-01").attainment, Attainment::behind);
    IndicatorFixture open{{hours}, {entry("once", "1")}};
    open.due.reset();
    EXPECT_EQ(open.result("2036-01-01").current.attainment, Attainment::on_schedule);
}

TEST(Schedule, ALinearOneGrowsFromStartToDue) {
    Indicator hours = target(Operator::ge, {"364"});
    hours.schedule = ScheduleKind::linear;
    const auto on = [&](const char* value, const char* today) {
        return current(hours, {entry("once", value)}, today).attainment;
    };
    EXPECT_EQ(on("0", "2026-01-01"), Attainment::on_schedule);
    EXPECT_EQ(on("0", "2026-01-02"), Attainment::behind);
    EXPECT_EQ(on("1", "2026-01-02"), Attainment::on_schedule);
    EXPECT_EQ(on("0.999999", "2026-01-02"), Attainment::behind);
    EXPECT_EQ(on("363", "2026-12-30"), Attainment::on_schedule);
    EXPECT_EQ(on("363", "2026-12-31"), Attainment::behind);
    hours.start = "100";
    EXPECT_EQ(on("99", "2026-01-01"), Attainment::behind);
}

TEST(Schedule, ALimitIsApproachedFromAbove) {
    Indicator waste = target(Operator::le, {"100"});
    waste.start = "464";
    waste.schedule = ScheduleKind::linear;
    EXPECT_EQ(current(waste, {entry("once", "463")}, "2026-01-02").attainment,
              Attainment::on_schedule);
    EXPECT_EQ(current(waste, {entry("once", "464")}, "2026-01-02").attainment, Attainment::behind);
}

TEST(Schedule, StepsCountFromTheirDays) {
    Indicator hours = target(Operator::ge, {"16"});
    hours.schedule = ScheduleKind::steps;
    hours.steps = {{day("2026-03-01"), "4"}, {day("2026-09-01"), "12"}};
    const auto on = [&](const char* today) {
        return current(hours, {entry("once", "4")}, today).attainment;
    };
    EXPECT_EQ(on("2026-02-28"), Attainment::on_schedule);
    EXPECT_EQ(on("2026-03-01"), Attainment::on_schedule);
    EXPECT_EQ(on("2026-09-01"), Attainment::behind);
    EXPECT_EQ(on("2027-01-01"), Attainment::behind);
}

TEST(Schedule, APeriodsCellEndsWithItsPeriod) {
    Indicator hours = target(Operator::ge, {"16"});
    hours.period = PeriodKind::month;
    EXPECT_EQ(current(hours, {entry("2026-03", "4")}, "2026-03-31").attainment,
              Attainment::on_schedule);
    EXPECT_EQ(current(hours, {entry("2026-03", "4")}, "2026-04-01").attainment, Attainment::behind);
    hours.schedule = ScheduleKind::linear;
    EXPECT_EQ(current(hours, {entry("2026-03", "4")}, "2026-03-08").attainment,
              Attainment::on_schedule);
    EXPECT_EQ(current(hours, {entry("2026-03", "4")}, "2026-03-20").attainment, Attainment::behind);
}

}  // namespace
}  // namespace duban
