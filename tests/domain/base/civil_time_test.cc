#include "domain/base/civil_time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "tests/support/print.h"

namespace duban {
namespace {

constexpr std::int32_t last_day = 2932896;  // 9999-12-31

TEST(Date, ReadsAndWritesCivilDays) {
    EXPECT_EQ(parse_date("1970-01-01")->days, 0);
    EXPECT_EQ(parse_date("2026-09-01")->days, 20697);
    EXPECT_EQ(parse_date("9999-12-31")->days, last_day);
    EXPECT_EQ(to_string(Date{20697}), "2026-09-01");
    EXPECT_TRUE(parse_date("2024-02-29"));
}

TEST(Date, RefusesWhatTheCalendarDoesNotHave) {
    for (const char* text :
         {"", "2026-9-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32",
          "2026/01/01", "20260101", "2026-01-01 ", "-026-01-01", "2026-+1-01", "2026-01-1x"}) {
        const auto parsed = parse_date(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, Errc::invalid_argument) << text;
    }
}

RC_GTEST_PROP(Date, TextRoundTrips, ()) {
    const Date date{*rc::gen::inRange<std::int32_t>(0, last_day + 1)};
    const auto read = parse_date(to_string(date));
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == date);
}

RC_GTEST_PROP(Date, TextOrdersLikeTheDay, ()) {
    const Date a{*rc::gen::inRange<std::int32_t>(0, last_day + 1)};
    const Date b{*rc::gen::inRange<std::int32_t>(0, last_day + 1)};
    RC_ASSERT((a < b) == (to_string(a) < to_string(b)));
}

TEST(Timestamp, ReadsAndWritesMilliseconds) {
    EXPECT_EQ(to_string(Timestamp{0}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(parse_timestamp("2026-09-01T10:00:00.123Z")->ms, 20697 * day_ms + 36'000'123);
    EXPECT_EQ(to_string(*parse_timestamp("9999-12-31T23:59:59.999Z")), "9999-12-31T23:59:59.999Z");
}

TEST(Timestamp, RefusesEveryOtherForm) {
    for (const char* text :
         {"", "2026-09-01T10:00:00Z", "2026-09-01T10:00:00.123", "2026-09-01 10:00:00.123Z",
          "2026-09-01T24:00:00.000Z", "2026-09-01T10:60:00.000Z", "2026-09-01T10:00:60.000Z",
          "2026-02-30T10:00:00.000Z", "1969-12-31T23:59:59.999Z", "2026-09-01T10:00:00.12xZ",
          "2026-09-01T10:00:00,123Z", "2026-09-01T1-:00:00.000Z", "2026-09-01T10:00:00.123+"}) {
        EXPECT_FALSE(parse_timestamp(text)) << text;
    }
}

RC_GTEST_PROP(Timestamp, TextRoundTrips, ()) {
    const Timestamp time{*rc::gen::inRange<std::int64_t>(0, (last_day + 1) * day_ms)};
    const auto read = parse_timestamp(to_string(time));
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == time);
}

TEST(OfficeDay, BeginsEightHoursBeforeTheUtcDay) {
    EXPECT_EQ(to_string(office_date(*parse_timestamp("2026-09-01T15:59:59.999Z"))), "2026-09-01");
    EXPECT_EQ(to_string(office_date(*parse_timestamp("2026-09-01T16:00:00.000Z"))), "2026-09-02");
    EXPECT_EQ(office_date(Timestamp{-8 * 3600 * 1000}).days, 0);
    EXPECT_EQ(office_date(Timestamp{-8 * 3600 * 1000 - 1}).days, -1);
}

RC_GTEST_PROP(OfficeDay, EndsWhereTheNextBegins, ()) {
    const Date date{*rc::gen::inRange<std::int32_t>(0, last_day)};
    const Timestamp end = end_of_office_day(date);
    RC_ASSERT(office_date(end) == add_days(date, 1));
    RC_ASSERT(office_date(Timestamp{end.ms - 1}) == date);
}

// A row holds texts; a day or a moment that was computed has to come back as it went.
void expect_read_back(Date date) {
    const auto read = parse_date(to_string(date));
    ASSERT_TRUE(read) << to_string(date);
    EXPECT_EQ(*read, date);
}
void expect_read_back(Timestamp time) {
    const auto read = parse_timestamp(to_string(time));
    ASSERT_TRUE(read) << to_string(time);
    EXPECT_EQ(*read, time);
}

TEST(Saturation, KeepsEverySumOfDaysWithinTheCalendar) {
    constexpr std::int64_t low = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t high = std::numeric_limits<std::int64_t>::max();
    for (const Date date : {first_date, Date{-1}, Date{0}, Date{20'697}, last_date}) {
        for (const std::int64_t days : {low, -3'700'000L, -1L, 0L, 1L, 3'700'000L, high}) {
            expect_read_back(add_days(date, days));
        }
    }
    EXPECT_EQ(add_days(last_date, 1), last_date);
    EXPECT_EQ(add_days(first_date, -1), first_date);
    EXPECT_EQ(add_days(first_date, last_date.days - first_date.days), last_date);
}

TEST(Saturation, KeepsEveryMomentOfADayWithinItsTextForm) {
    constexpr std::int32_t high = std::numeric_limits<std::int32_t>::max();
    for (const std::int32_t days : {-high - 1, first_date.days, -1, 0, last_date.days, high}) {
        expect_read_back(end_of_office_day(Date{days}));
    }
    EXPECT_EQ(to_string(end_of_office_day(last_date)), "9999-12-31T16:00:00.000Z");
}

TEST(Saturation, KeepsTheDayOfEveryMomentWithinTheCalendar) {
    constexpr std::int64_t high = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t ms : {-high - 1, -day_ms, std::int64_t{0}, last_timestamp.ms, high}) {
        expect_read_back(office_date(Timestamp{ms}));
    }
    EXPECT_EQ(office_date(last_timestamp), last_date);
    EXPECT_EQ(to_string(last_timestamp), "9999-12-31T23:59:59.999Z");
}

TEST(Saturation, GivesWhatLiesOutsideTheTextOfTheNearest) {
    EXPECT_EQ(to_string(Date{last_date.days + 1}), "9999-12-31");
    EXPECT_EQ(to_string(Date{first_date.days - 1}), "0000-01-01");
    EXPECT_EQ(to_string(Timestamp{last_timestamp.ms + 1}), to_string(last_timestamp));
}

}  // namespace
}  // namespace duban
