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

std::string total(Accumulate accumulate, const std::vector<CellEntry>& entries) {
    Indicator indicator = target(Operator::ge, {"16"});
    indicator.accumulate = accumulate;
    indicator.decimals = 0;
    return current(indicator, entries).actual;
}

TEST(Joining, AStateOfALaterPeriodReplacesAndALateOneDoesNot) {
    const CellEntry march = reported("2026-03", entry("once", "5"));
    const CellEntry april = reported("2026-04", entry("once", "7"));
    EXPECT_EQ(total(Accumulate::last, {march, april}), "7");
    EXPECT_EQ(total(Accumulate::last, {april, march}), "7") << "March came late";
    const CellEntry quarter = reported("2026-Q1", entry("once", "6"));
    EXPECT_EQ(total(Accumulate::last, {march, quarter}), "6") << "both are as of March 31";
    EXPECT_EQ(total(Accumulate::last, {april, march, quarter}), "7");
    EXPECT_EQ(total(Accumulate::last, {reported("2026-T2", entry("once", "2")),
                                       reported("2026-T1", entry("once", "1"))}),
              "2");
}

TEST(Joining, GoesByAcceptanceWhereNobodyKnowsWhichPeriodIsLater) {
    const CellEntry whole = reported("once", entry("once", "3"));
    const CellEntry term = reported("2026-T1", entry("once", "4"));
    const CellEntry month = reported("2026-12", entry("once", "5"));
    EXPECT_EQ(total(Accumulate::last, {month, whole}), "3");
    EXPECT_EQ(total(Accumulate::last, {whole, month}), "5");
    EXPECT_EQ(total(Accumulate::last, {month, term}), "4");
}

TEST(Joining, TheRoutesWordGoesBeforeTheIndicators) {
    const auto both = [](Join join) {
        return std::vector<CellEntry>{reported("2026-03", entry("once", "5"), join),
                                      reported("2026-04", entry("once", "7"), join)};
    };
    EXPECT_EQ(total(Accumulate::sum, both(Join::replace)), "7");
    EXPECT_EQ(total(Accumulate::last, both(Join::add)), "12");
    EXPECT_EQ(total(Accumulate::max, both(Join::replace)), "7");
    EXPECT_EQ(total(Accumulate::avg, both(Join::add)), "6") << "a mean is of all";
}

TEST(Joining, WhatIsAddedStandsOnTheStateBeforeIt) {
    const CellEntry state = reported("2026-03", entry("once", "10"), Join::replace);
    const CellEntry more = reported("2026-04", entry("once", "2"), Join::add);
    const CellEntry late = reported("2026-02", entry("once", "1"), Join::add);
    EXPECT_EQ(total(Accumulate::sum, {state, more}), "12");
    EXPECT_EQ(total(Accumulate::sum, {state, more, late}), "12") << "it is in the state of March";
    EXPECT_EQ(total(Accumulate::sum, {more, state}), "12") << "in the order of the periods";
    EXPECT_EQ(total(Accumulate::sum, {late, more}), "3");
}

TEST(Joining, LevelsAndWordsAreStatesWhateverTheRouteSays) {
    Indicator level = target(Operator::ge, {"16"});
    level.kind = ValueKind::level;
    const std::vector<CellEntry> levels = {reported("2026-03", entry("once", "5"), Join::add),
                                           reported("2026-04", entry("once", "7"), Join::add)};
    EXPECT_EQ(current(level, levels).actual, "7.00");
    const std::vector<CellEntry> words = {reported("2026-04", entry("once", "yes"), Join::add),
                                          reported("2026-03", entry("once", "no"), Join::add)};
    EXPECT_EQ(current(target(Operator::done, {}), words).actual, "yes");
}

TEST(Joining, PartsOfARatioAreReplacedOrPooledTogether) {
    Indicator part = ratio_target("20");
    const auto both = [](Join join) {
        return std::vector<CellEntry>{reported("2026-03", parts("once", "1", "2"), join),
                                      reported("2026-04", parts("once", "1", "8"), join)};
    };
    EXPECT_EQ(current(part, both(Join::replace)).actual, "12.50");
    EXPECT_EQ(current(part, both(Join::add)).actual, "20.00");
}

TEST(Joining, WhatDoesNotFitReplacesNothing) {
    Indicator part = ratio_target("20");
    const std::vector<CellEntry> entries = {
        reported("2026-03", parts("once", "1", "2"), Join::replace),
        reported("2026-04", entry("once", "7"), Join::replace)};
    EXPECT_EQ(current(part, entries).actual, "50.00");
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
