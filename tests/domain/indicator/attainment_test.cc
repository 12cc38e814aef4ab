#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/indicator/indicator.h"
#include "tests/support/directory_fixture.h"
#include "tests/support/indicator_fixture.h"

namespace duban {
namespace {

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

class Members : public testing::Test {
protected:
    [[nodiscard]] CellResult rolled_up(RollUp roll_up, const char* today = "2026-06-01") const {
        Indicator indicator = target(Operator::ge, {"4"});
        indicator.scope = ScopeKind::school;
        indicator.members = {"a", "b", "c"};
        indicator.roll_up = roll_up;
        return current(indicator, entries_, today);
    }
    void report(const char* member, const char* value) {
        entries_.push_back(entry("once", value));
        entries_.back().value.member = member;
    }
    std::vector<CellEntry> entries_;
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
