#include "domain/indicator/period.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/directory_fixture.h"

namespace duban {
namespace {

Indicator counted_by(PeriodKind kind) {
    Indicator indicator;
    indicator.id = "i";
    indicator.period = kind;
    return indicator;
}

std::string label_of(Date date, PeriodKind kind) {
    return period_of(date, kind).value_or(Period{}).label;
}

TEST(PeriodKind, IsReadOffTheLabel) {
    const std::vector<std::pair<const char*, PeriodKind>> labels = {
        {"once", PeriodKind::once},       {"2026", PeriodKind::year},
        {"2026-Q4", PeriodKind::quarter}, {"2026-12", PeriodKind::month},
        {"2026-T2", PeriodKind::term},    {"2026-W53", PeriodKind::week}};
    for (const auto& [label, kind] : labels) {
        ASSERT_TRUE(period_kind(label)) << label;
        EXPECT_EQ(*period_kind(label), kind) << label;
    }
}

TEST(PeriodKind, RefusesWhatIsNoPeriod) {
    for (const char* label : {"",           "Once",     "26",
                              "202",        "20266",    "0000",
                              "1969",       "2026-",    "2026-Q",
                              "2026-Q0",    "2026-Q5",  "2026-q1",
                              "2026-Q12",   "2026-00",  "2026-13",
                              "2026-1",     "2026-001", "2026-T0",
                              "2026-T3",    "2026-W00", "2026-W54",
                              "2025-W53",   "2026-W5",  "2026/05",
                              "2026-03-01", "2026-x1",  "2026-99999999999"}) {
        const auto kind = period_kind(label);
        ASSERT_FALSE(kind) << label;
        EXPECT_EQ(kind.error().code, Errc::invalid_argument) << label;
    }
}

TEST(CellPeriod, IsMadeAsCoarseAsTheIndicator) {
    const std::vector<std::tuple<const char*, PeriodKind, const char*>> cases = {
        {"2026-03", PeriodKind::month, "2026-03"},   {"2026-03", PeriodKind::quarter, "2026-Q1"},
        {"2026-12", PeriodKind::quarter, "2026-Q4"}, {"2026-03", PeriodKind::year, "2026"},
        {"2026-Q2", PeriodKind::year, "2026"},       {"2026-T1", PeriodKind::year, "2026"},
        {"2026-T2", PeriodKind::term, "2026-T2"},    {"2026-W01", PeriodKind::year, "2026"},
        {"2026-W01", PeriodKind::once, "once"},      {"2026", PeriodKind::once, "once"},
        {"once", PeriodKind::once, "once"}};
    for (const auto& [label, kind, cell] : cases) {
        const auto found = cell_period(counted_by(kind), label, "", "v.period");
        ASSERT_TRUE(found) << label << ": " << found.error().detail;
        EXPECT_EQ(*found, cell);
    }
}

TEST(CellPeriod, RefusesWhatDoesNotLieInOnePeriod) {
    const std::vector<std::pair<const char*, PeriodKind>> cases = {
        {"2026-03", PeriodKind::week},    {"2026-03", PeriodKind::term},
        {"2026-W05", PeriodKind::month},  {"2026-W05", PeriodKind::quarter},
        {"2026-W05", PeriodKind::term},   {"2026-Q1", PeriodKind::month},
        {"2026-T1", PeriodKind::quarter}, {"2026", PeriodKind::quarter},
        {"once", PeriodKind::year},       {"garbage", PeriodKind::once}};
    for (const auto& [label, kind] : cases) {
        const auto found = cell_period(counted_by(kind), label, "", "v.period");
        ASSERT_FALSE(found) << label;
        EXPECT_EQ(found.error().code, Errc::invalid_argument);
        EXPECT_EQ(found.error().field, "v.period");
    }
}

TEST(CellPeriod, AValuesOwnPeriodIsOfTheIndicatorsKind) {
    EXPECT_EQ(*cell_period(counted_by(PeriodKind::term), "2026-03", "2026-T1", ""), "2026-T1");
    EXPECT_FALSE(cell_period(counted_by(PeriodKind::year), "2026", "2026-03", "p"));
    EXPECT_FALSE(cell_period(counted_by(PeriodKind::year), "2026", "bad", "p"));
}

TEST(Period, FollowsTheCivilCalendar) {
    const Date leap = day("2024-02-29");
    EXPECT_EQ(period_of(leap, PeriodKind::month),
              (Period{"2024-02", day("2024-02-01"), day("2024-02-29")}));
    EXPECT_EQ(period_of(leap, PeriodKind::quarter),
              (Period{"2024-Q1", day("2024-01-01"), day("2024-03-31")}));
    EXPECT_EQ(period_of(leap, PeriodKind::year),
              (Period{"2024", day("2024-01-01"), day("2024-12-31")}));
    EXPECT_EQ(period_of(day("2026-12-31"), PeriodKind::month),
              (Period{"2026-12", day("2026-12-01"), day("2026-12-31")}));
    EXPECT_FALSE(period_of(leap, PeriodKind::once));
    EXPECT_FALSE(period_of(leap, PeriodKind::term));
}

TEST(Period, WeeksBelongToTheYearOfTheirThursday) {
    EXPECT_EQ(period_of(day("2027-01-01"), PeriodKind::week),
              (Period{"2026-W53", day("2026-12-28"), day("2027-01-03")}));
    EXPECT_EQ(label_of(day("2024-12-30"), PeriodKind::week), "2025-W01");
    EXPECT_EQ(label_of(day("2026-06-01"), PeriodKind::week), "2026-W23");
}

RC_GTEST_PROP(Period, HoldsItsDaysAndIsFoundByItsLabel, ()) {
    const Date date{*rc::gen::inRange<std::int32_t>(0, 2'900'000)};
    for (const PeriodKind kind :
         {PeriodKind::week, PeriodKind::month, PeriodKind::quarter, PeriodKind::year}) {
        const Period period = period_of(date, kind).value_or(Period{});
        RC_ASSERT(period.first <= date && date <= period.last);
        RC_ASSERT(period_of(period.last, kind) == period);
        const Date after = add_days(period.last, 1);
        RC_ASSERT(period_of(after, kind).value_or(Period{}).first == after);
        if (date.days >= 7) RC_ASSERT(period_named(period.label) == period);
    }
}

TEST(Period, HoldsItsDaysToTheEndOfTheCalendar) {
    for (std::int32_t back = 0; back <= 400; ++back) {
        const Date date = add_days(last_date, -back);
        for (const PeriodKind kind :
             {PeriodKind::week, PeriodKind::month, PeriodKind::quarter, PeriodKind::year}) {
            const Period period = period_of(date, kind).value_or(Period{});
            EXPECT_TRUE(period.first <= date && date <= period.last) << period.label;
            EXPECT_EQ(period_named(period.label), period) << period.label;
        }
    }
    EXPECT_EQ(label_of(last_date, PeriodKind::week), "9999-W52");
    EXPECT_EQ(period_of(last_date, PeriodKind::week).value_or(Period{}).last, last_date);
}

TEST(Period, IsLaterThanAnotherByItsLastDayWhereThatIsKnown) {
    EXPECT_TRUE(ends_later("2026-04", "2026-03"));
    EXPECT_TRUE(ends_later("2026", "2026-11"));
    EXPECT_TRUE(ends_later("2026-W14", "2026-Q1")) << "it ends in April";
    EXPECT_TRUE(ends_later("2026-T2", "2026-T1"));
    EXPECT_FALSE(ends_later("2026-03", "2026-03"));
    EXPECT_FALSE(ends_later("2026-Q1", "2026-03")) << "both end on the same day";
    for (const char* unknown : {"once", "2026-T1", ""}) {
        EXPECT_FALSE(ends_later(unknown, "2020-01")) << unknown;
        EXPECT_FALSE(ends_later("2030-01", unknown)) << unknown;
    }
}

TEST(Period, OverlapsWhatItSharesADayWith) {
    EXPECT_TRUE(overlap("2026-03", "2026-Q1"));
    EXPECT_TRUE(overlap("2026-W14", "2026-03"));
    EXPECT_TRUE(overlap("2026-W14", "2026-04"));
    EXPECT_TRUE(overlap("2026-T1", "2026-T1"));
    EXPECT_TRUE(overlap("once", "2026-03"));
    EXPECT_TRUE(overlap("2026-T2", "once"));
    EXPECT_FALSE(overlap("2026-03", "2026-04"));
    EXPECT_FALSE(overlap("2026-T1", "2026-T2"));
    EXPECT_FALSE(overlap("2026-T1", "2026-02")) << "nobody knows";
    EXPECT_FALSE(overlap("", ""));
}

TEST(Period, HasNoNameForTermsAndNonsense) {
    for (const char* label : {"once", "2026-T1", "garbage"}) EXPECT_FALSE(period_named(label));
}

}  // namespace
}  // namespace duban
