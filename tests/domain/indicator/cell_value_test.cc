#include "domain/indicator/cell_value.h"

#include <gtest/gtest.h>

#include "tests/support/indicator_fixture.h"

namespace duban {
namespace {

TEST(Accumulate, AddsTakesTheNewestTheMeanOrTheMost) {
    Indicator hours = target(Operator::ge, {"16"});
    const std::vector<CellEntry> entries = {entry("once", "5"), entry("once", "9"),
                                            entry("once", "2")};
    const std::vector<std::pair<Accumulate, const char*>> cases = {{Accumulate::sum, "16.00"},
                                                                   {Accumulate::last, "2.00"},
                                                                   {Accumulate::avg, "5.33"},
                                                                   {Accumulate::max, "9.00"}};
    for (const auto& [accumulate, shown] : cases) {
        hours.accumulate = accumulate;
        EXPECT_EQ(current(hours, entries).actual, shown);
    }
}

TEST(Accumulate, ARatioIsPooled) {
    Indicator part = ratio_target("20");
    const std::vector<CellEntry> entries = {parts("once", "1", "2"), parts("once", "1", "8")};
    const std::vector<std::pair<Accumulate, const char*>> cases = {{Accumulate::sum, "20.00"},
                                                                   {Accumulate::avg, "20.00"},
                                                                   {Accumulate::last, "12.50"},
                                                                   {Accumulate::max, "50.00"}};
    for (const auto& [accumulate, shown] : cases) {
        part.accumulate = accumulate;
        EXPECT_EQ(current(part, entries).actual, shown);
    }
    part.accumulate = Accumulate::sum;
    EXPECT_EQ(current(part, entries).attainment, Attainment::met);
}

TEST(Accumulate, OnlyPerCentIsTimesAHundred) {
    Indicator funds = ratio_target("12000");
    funds.unit = "元";
    const auto result = current(funds, {parts("once", "2400000", "200")});
    EXPECT_EQ(result.actual, "12000.00");
    EXPECT_EQ(result.attainment, Attainment::met);
    EXPECT_EQ(current(ratio_target("20"), {parts("once", "199", "1000")}).progress_bp, 9950);
}

TEST(Accumulate, WhatDoesNotFitIsLeftOut) {
    Indicator part = ratio_target("20");
    EXPECT_EQ(current(part, {entry("once", "20")}).attainment, Attainment::no_data);
    EXPECT_EQ(current(part, {parts("once", "20", "0")}).attainment, Attainment::no_data);
    EXPECT_EQ(current(target(Operator::ge, {"1"}), {entry("2026-03", "5")}).attainment,
              Attainment::no_data);
}

TEST(Accumulate, HoldsTheGreatestNumbers) {
    const std::string most = "999999999999.999999";
    Indicator part = ratio_target("100");
    part.accumulate = Accumulate::sum;
    std::vector<CellEntry> entries(1000, parts("once", most.c_str(), most.c_str()));
    EXPECT_EQ(current(part, entries).actual, "100.00");
    EXPECT_EQ(current(part, entries).attainment, Attainment::met);
    entries.push_back(parts("once", "0", "0.000001"));
    EXPECT_EQ(current(part, entries).progress_bp, 9999);
}

TEST(RateOf, DividesByTheOthersValueInTheSameCell) {
    Indicator trainees = target(Operator::ge, {"2"});
    trainees.id = "trainees";
    trainees.kind = ValueKind::rate_of;
    trainees.denominator = "students";
    trainees.period = PeriodKind::year;
    trainees.accumulate = Accumulate::sum;
    Indicator students = target(Operator::ge, {"1"});
    students.id = "students";
    students.period = PeriodKind::year;
    IndicatorFixture fixture{
        {trainees, students},
        {of("trainees", parts("2026", "900", "")), of("trainees", parts("2026", "600", "")),
         of("students", entry("2026", "1000"))}};
    EXPECT_EQ(fixture.result("2026-06-01").current.actual, "1.50");
    EXPECT_EQ(fixture.result("2026-06-01").current.progress_bp, 7500);

    fixture.indicators[1].period = PeriodKind::once;
    EXPECT_EQ(fixture.result("2026-06-01").current.attainment, Attainment::no_data);
    fixture.entries[2].period = "once";
    EXPECT_EQ(fixture.result("2026-06-01").current.actual, "1.50");
    fixture.entries[2].value.value = "0";
    EXPECT_EQ(fixture.result("2026-06-01").current.attainment, Attainment::no_data);
    fixture.indicators[0].denominator = "gone";
    EXPECT_EQ(fixture.result("2026-06-01").current.attainment, Attainment::no_data);
}

}  // namespace
}  // namespace duban
