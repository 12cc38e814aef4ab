#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/indicator.h"
#include "tests/support/directory_fixture.h"
#include "tests/support/indicator_fixture.h"

namespace duban {
namespace {

CellResult current(const Indicator& indicator, const std::vector<CellEntry>& entries,
                   const std::string& today = "2026-06-01") {
    return IndicatorFixture{{indicator}, entries}.result(today).current;
}

struct Case {
    Operator op;
    std::vector<std::string> target;
    const char* value;
    std::int32_t progress_bp;
};

TEST(Progress, FollowsTheOperator) {
    const std::vector<Case> cases = {
        {Operator::ge, {"16"}, "16", 10000},         {Operator::ge, {"16"}, "20", 10000},
        {Operator::ge, {"16"}, "5", 3125},           {Operator::ge, {"3"}, "1", 3333},
        {Operator::ge, {"3"}, "2.999999", 9999},     {Operator::le, {"90"}, "90", 10000},
        {Operator::le, {"90"}, "0", 10000},          {Operator::le, {"90"}, "120", 7500},
        {Operator::eq, {"30"}, "30.000", 10000},     {Operator::eq, {"30"}, "15", 5000},
        {Operator::eq, {"30"}, "60", 5000},          {Operator::between, {"2", "3"}, "1", 5000},
        {Operator::between, {"2", "3"}, "2", 10000}, {Operator::between, {"2", "3"}, "3", 10000},
        {Operator::between, {"2", "3"}, "4", 10000},
    };
    for (const Case& test : cases) {
        const auto result = current(target(test.op, test.target), {entry("once", test.value)});
        EXPECT_EQ(result.progress_bp, test.progress_bp) << test.target[0] << " / " << test.value;
        EXPECT_EQ(result.attainment == Attainment::met, test.progress_bp == 10000);
    }
}

TEST(Progress, ATargetOfZeroOrLessIsReachedOrNot) {
    const std::vector<Case> cases = {
        {Operator::ge, {"0"}, "0", 10000},        {Operator::ge, {"0"}, "-1", 0},
        {Operator::ge, {"-5"}, "-10", 0},         {Operator::ge, {"5"}, "-10", 0},
        {Operator::le, {"0"}, "0", 10000},        {Operator::le, {"0"}, "3", 0},
        {Operator::le, {"-5"}, "-4", 0},          {Operator::le, {"-5"}, "-6", 10000},
        {Operator::eq, {"0"}, "0", 10000},        {Operator::eq, {"0"}, "1", 0},
        {Operator::eq, {"-10"}, "-5", 5000},      {Operator::eq, {"-5"}, "-10", 5000},
        {Operator::eq, {"-10"}, "5", 0},          {Operator::eq, {"10"}, "-5", 0},
        {Operator::between, {"0", "1"}, "-1", 0},
    };
    for (const Case& test : cases) {
        Indicator indicator = target(test.op, test.target);
        indicator.kind = ValueKind::amount;
        const auto result = current(indicator, {entry("once", test.value)});
        EXPECT_EQ(result.progress_bp, test.progress_bp) << test.target[0] << " / " << test.value;
    }
}

TEST(Progress, MoreThanTheRangeIsFlaggedOnlyWhenSaid) {
    Indicator range = target(Operator::between, {"2", "3"});
    EXPECT_FALSE(current(range, {entry("once", "4")}).flagged);
    range.over = OverRange::flag;
    EXPECT_TRUE(current(range, {entry("once", "4")}).flagged);
    EXPECT_EQ(current(range, {entry("once", "4")}).attainment, Attainment::met);
    EXPECT_FALSE(current(range, {entry("once", "3")}).flagged);
}

TEST(Progress, WordsAndGradesHaveTheirOwn) {
    const Indicator done = target(Operator::done, {});
    EXPECT_EQ(current(done, {entry("once", "yes")}).attainment, Attainment::met);
    EXPECT_EQ(current(done, {entry("once", "no")}).progress_bp, 0);
    EXPECT_EQ(current(done, {entry("once", "no")}).actual, "no");
    EXPECT_EQ(current(done, {}).attainment, Attainment::no_data);

    const Indicator text = target(Operator::text, {});
    EXPECT_EQ(current(text, {entry("once", "已出台")}).attainment, Attainment::met);

    const Indicator judged = target(Operator::judged, {});
    EXPECT_EQ(current(judged, {graded("once", Grade::partly)}).progress_bp, 5000);
    EXPECT_EQ(current(judged, {graded("once", Grade::unmet)}).progress_bp, 0);
    const auto newest = current(judged, {graded("once", Grade::unmet), graded("once", Grade::met)});
    EXPECT_EQ(newest.progress_bp, 10000);
    EXPECT_EQ(newest.actual, "met");
}

RC_GTEST_PROP(Progress, OfAtLeastIsMonotoneAndBounded, ()) {
    const auto amount = rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000'000);
    Indicator indicator = target(Operator::ge, {to_string(Decimal{*amount})});
    indicator.kind = ValueKind::amount;
    const std::int64_t a = *amount;
    const std::int64_t b = *amount;
    const auto less = current(indicator, {entry("once", to_string(Decimal{std::min(a, b)}))});
    const auto more = current(indicator, {entry("once", to_string(Decimal{std::max(a, b)}))});
    RC_ASSERT(less.progress_bp >= 0 && more.progress_bp <= 10000);
    RC_ASSERT(less.progress_bp <= more.progress_bp);
    RC_ASSERT((more.progress_bp == 10000) == (more.attainment == Attainment::met));
}

RC_GTEST_PROP(Progress, IsTheExactQuotientRoundedDown, ()) {
    const auto amount = rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000'000);
    const std::int64_t goal = *amount;
    const std::int64_t actual = *amount;
    const auto result = current(target(Operator::ge, {to_string(Decimal{goal})}),
                                {entry("once", to_string(Decimal{actual}))});
    const Int128 exact = Int128{actual} * 10000 / goal;
    RC_ASSERT(result.progress_bp == static_cast<std::int32_t>(exact > 10000 ? 10000 : exact));
}

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

TEST(Cells, AreInOrderAndTheNewestIsCurrent) {
    Indicator hours = target(Operator::ge, {"16"});
    hours.period = PeriodKind::term;
    const IndicatorFixture fixture{{hours},
                                   {entry("2026-T2", "4"), entry("2025-T2", "16"),
                                    entry("2026-T1", "8"), entry("2026-03", "99")}};
    const auto result = fixture.result("2026-06-01");
    ASSERT_EQ(result.cells.size(), 3U);
    EXPECT_EQ(result.cells[0].period, "2025-T2");
    EXPECT_EQ(result.cells[0].attainment, Attainment::met);
    EXPECT_EQ(result.cells[1].progress_bp, 5000);
    EXPECT_EQ(result.current, result.cells[2]);
}

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

class Members : public testing::Test {
protected:
    [[nodiscard]] CellResult rolled_up(RollUp roll_up, const char* today = "2026-06-01") const {
        Indicator indicator = target(Operator::ge, {"4"});
        indicator.scope = ScopeKind::school;
        indicator.members = {"a", "b", "c"};
        indicator.roll_up = roll_up;
        return current(indicator, entries, today);
    }
    void report(const char* member, const char* value) {
        entries.push_back(entry("once", value));
        entries.back().value.member = member;
    }
    std::vector<CellEntry> entries;
};

TEST_F(Members, AreAllMetOrNone) {
    report("a", "4");
    report("b", "5");
    report("c", "4");
    for (const RollUp roll_up : {RollUp::all, RollUp::share, RollUp::min}) {
        EXPECT_EQ(rolled_up(roll_up).attainment, Attainment::met);
        EXPECT_EQ(rolled_up(roll_up).progress_bp, 10000);
    }
    EXPECT_EQ(rolled_up(RollUp::all).actual, "3/3");
    EXPECT_EQ(rolled_up(RollUp::min).actual, "4.00");
}

TEST_F(Members, RollUpByMeanShareOrTheWorst) {
    report("a", "4");
    report("b", "2");
    report("c", "1");
    EXPECT_EQ(rolled_up(RollUp::all).progress_bp, (10000 + 5000 + 2500) / 3);
    EXPECT_EQ(rolled_up(RollUp::all).actual, "1/3");
    EXPECT_EQ(rolled_up(RollUp::share).progress_bp, 3333);
    EXPECT_EQ(rolled_up(RollUp::min).progress_bp, 2500);
    EXPECT_EQ(rolled_up(RollUp::min).actual, "1.00");
}

TEST_F(Members, ASilentOneIsNotMet) {
    EXPECT_EQ(rolled_up(RollUp::all).attainment, Attainment::no_data);
    report("a", "4");
    report("c", "4");
    report("elsewhere", "9");
    EXPECT_EQ(rolled_up(RollUp::all).attainment, Attainment::on_schedule);
    EXPECT_EQ(rolled_up(RollUp::all, "2027-01-01").attainment, Attainment::behind);
    EXPECT_EQ(rolled_up(RollUp::all).actual, "2/3");
    EXPECT_EQ(rolled_up(RollUp::share).progress_bp, 6666);
    EXPECT_EQ(rolled_up(RollUp::min).progress_bp, 0);
    EXPECT_EQ(rolled_up(RollUp::min).actual, "");
}

TEST(TaskProgress, IsTheMeanOfWhatHasData) {
    Indicator first = target(Operator::ge, {"3"});
    first.id = "first";
    Indicator second = first;
    second.id = "second";
    Indicator silent = first;
    silent.id = "silent";
    IndicatorFixture fixture{{first, second, silent},
                             {of("first", entry("once", "3")), of("second", entry("once", "1"))}};
    EXPECT_EQ(fixture.progress("2026-06-01"), (TaskProgress{6666, 1, 2, 3}));
    fixture.entries.clear();
    EXPECT_EQ(fixture.progress("2026-06-01"), (TaskProgress{0, 0, 0, 3}));
    EXPECT_EQ(task_progress(EvaluationContext{}), TaskProgress{});
}

}  // namespace
}  // namespace duban
