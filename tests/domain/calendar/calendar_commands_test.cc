#include "domain/calendar/calendar_commands.h"

#include <gtest/gtest.h>

#include "domain/base/decide.h"
#include "domain/calendar/calendar_events.h"
#include "tests/support/directory_fixture.h"

namespace duban {
namespace {

class PublishCalendarTest : public testing::Test {
protected:
    Result<Decision> publish(const std::string& actor, const CalendarYear& year) {
        return decide(PublishCalendar{year}, office_.as(actor));
    }
    void published(const CalendarYear& year) {
        const auto made = publish("office.head", year);
        ASSERT_TRUE(made) << made.error().detail;
        for (const auto& event : made->events) {
            office_.calendars = evolve(std::move(office_.calendars), event.event, Stamp{});
        }
    }
    static CalendarYear year(std::int32_t number) {
        CalendarYear made;
        made.year = number;
        made.notice = "通知";
        made.off = {day(std::to_string(number) + "-01-02"), day(std::to_string(number) + "-01-01")};
        return made;
    }

    DirectoryFixture office_ = small_office();
};

TEST_F(PublishCalendarTest, CountsPublicationsOverAllYears) {
    published(year(2026));
    published(year(2027));
    CalendarYear changed = year(2026);
    changed.off.pop_back();
    published(changed);
    EXPECT_EQ(office_.calendars.years.at(2027).ver, 2U);
    EXPECT_EQ(office_.calendars.years.at(2026).ver, 3U);
    EXPECT_EQ(office_.calendars.years.at(2026).off.size(), 1U);
}

TEST_F(PublishCalendarTest, KeepsTheDaysInOrderOnTheYearsOwnStream) {
    const auto made = publish("zone.leader", year(2026));
    ASSERT_TRUE(made);
    ASSERT_EQ(made->events.size(), 1U);
    EXPECT_EQ(made->events.front().stream, StreamId("calendar/2026"));
    const auto* event = made->events.front().event.get_if<CalendarPublished>();
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->calendar.off, (std::vector{day("2026-01-01"), day("2026-01-02")}));
}

TEST_F(PublishCalendarTest, PublishesTheSameDaysOnce) {
    published(year(2026));
    const auto again = publish("office.head", year(2026));
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->events.empty());
}

TEST_F(PublishCalendarTest, IsForTheOfficesHeadAndTheLeader) {
    for (const char* actor : {"office.clerk", "jtj.head", "admin.system"}) {
        const auto refused = publish(actor, year(2026));
        ASSERT_FALSE(refused) << actor;
        EXPECT_EQ(refused.error().code, Errc::forbidden) << actor;
    }
}

TEST_F(PublishCalendarTest, RefusesADayOfAnotherYear) {
    CalendarYear wrong = year(2026);
    wrong.off.push_back(day("2027-01-01"));
    const auto refused = publish("office.head", wrong);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "calendar.off[2]");
}

}  // namespace
}  // namespace duban
