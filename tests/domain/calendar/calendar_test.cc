#include "domain/calendar/calendar.h"

#include <gtest/gtest.h>

#include "tests/support/directory_fixture.h"

namespace duban {
namespace {

CalendarBook announced_book() {
    CalendarBook book;
    for (CalendarYear year : announced_years()) {
        year.ver = version_of(book) + 1;
        book.years[year.year] = year;
    }
    return book;
}

std::string counted(const char* from, std::int32_t days) {
    return to_string(add_workdays(announced_book(), day(from), days).day);
}

TEST(Calendar, CountsFromTheNextDayOverHolidaysAndWorkedWeekends) {
    EXPECT_EQ(counted("2026-02-12", 5), "2026-02-26");
    EXPECT_EQ(counted("2026-02-13", 7), "2026-03-02");
    EXPECT_EQ(counted("2026-04-30", 3), "2026-05-08");
    EXPECT_EQ(counted("2026-09-18", 5), "2026-09-24");
    EXPECT_EQ(counted("2026-09-30", 3), "2026-10-10") << "a Saturday that is worked";
    EXPECT_EQ(counted("2026-01-01", 1), "2026-01-04") << "a Sunday that is worked";
}

TEST(Calendar, CountsBackwards) {
    EXPECT_EQ(counted("2026-10-10", -3), "2026-09-30");
    EXPECT_EQ(counted("2026-03-02", 0), "2026-03-02");
}

TEST(Calendar, HasTheWorkingDaysOfTheAnnouncedYears) {
    const auto in_year = [](int year) {
        const auto before = day(std::to_string(year - 1) + "-12-31");
        return workdays_between(announced_book(), before, day(std::to_string(year) + "-12-31"));
    };
    EXPECT_EQ(in_year(2024), 251);
    EXPECT_EQ(in_year(2025), 248);
    EXPECT_EQ(in_year(2026), 248);
}

TEST(Calendar, CountingAndCountingBetweenAgree) {
    const auto book = announced_book();
    for (Date from = day("2026-01-01"); from < day("2026-12-01"); from = add_days(from, 1)) {
        for (const int days : {1, 2, 5, 9}) {
            EXPECT_EQ(workdays_between(book, from, add_workdays(book, from, days).day), days)
                << to_string(from);
        }
    }
    EXPECT_EQ(workdays_between(book, day("2026-03-02"), day("2026-03-01")), 0);
}

TEST(Calendar, MarksWhatIsCountedThroughAYearThatIsNotPublished) {
    const auto book = announced_book();
    EXPECT_FALSE(add_workdays(book, day("2026-12-28"), 3).provisional);
    const auto next_year = add_workdays(book, day("2026-12-28"), 4);
    EXPECT_EQ(to_string(next_year.day), "2027-01-01") << "a Friday like others, as far as is known";
    EXPECT_TRUE(next_year.provisional);
    EXPECT_TRUE(add_workdays(weekends_alone(), day("2026-01-05"), 1).provisional);
}

TEST(Calendar, LetsTheNextYearsNoticeChangeDecember) {
    auto book = announced_book();
    EXPECT_TRUE(is_workday(book, day("2026-12-31")));
    CalendarYear next;
    next.year = 2027;
    next.ver = 4;
    next.off = {day("2026-12-31")};
    book.years[2027] = next;
    EXPECT_FALSE(is_workday(book, day("2026-12-31")));
    EXPECT_EQ(version_of(book), 4U);
}

TEST(Calendar, StopsAtTheLastDayThatThereIs) {
    EXPECT_EQ(add_workdays(weekends_alone(), last_date, 5).day, last_date);
}

TEST(CalendarYear, RefusesWhatItCannotMean) {
    const auto field_of = [](const CalendarYear& year) {
        const auto checked = check_year(year, "calendar");
        return checked ? std::string() : checked.error().field;
    };
    CalendarYear year = announced_years().back();
    EXPECT_EQ(field_of(year), "");
    const auto broken = [&](auto change) {
        CalendarYear copy = year;
        change(copy);
        return field_of(copy);
    };
    EXPECT_EQ(broken([](CalendarYear& one) { one.year = 1900; }), "calendar.year");
    EXPECT_EQ(broken([](CalendarYear& one) { one.notice = ""; }), "calendar.notice");
    EXPECT_EQ(broken([](CalendarYear& one) { one.off[1] = day("2025-11-30"); }), "calendar.off[1]");
    EXPECT_EQ(broken([](CalendarYear& one) { one.off[0] = day("2025-12-31"); }), "");
    EXPECT_EQ(broken([](CalendarYear& one) { one.off[2] = one.off[0]; }), "calendar.off[0]");
    EXPECT_EQ(broken([](CalendarYear& one) { one.work[0] = one.off[8]; }), "calendar.work[0]");
    EXPECT_EQ(broken([](CalendarYear& one) { one.work[0] = day("2026-03-02"); }),
              "calendar.work[0]")
        << "a Monday";
}

}  // namespace
}  // namespace duban
