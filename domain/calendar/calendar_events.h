// The events of the working-day calendar. Past tense; plain data; a change of meaning is a new
// version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>

#include "domain/base/event.h"
#include "domain/calendar/calendar.h"

namespace duban {

struct CalendarPublished {
    static constexpr EventType type{"calendar.published", 1, Audience::business, EventRole::act};
    CalendarYear calendar;
    [[nodiscard]] StreamId stream() const { return calendar_stream(calendar.year); }
    bool operator==(const CalendarPublished&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalendarPublished, (), (calendar))

// Each event of the family.
#define DUBAN_CALENDAR_EVENTS(EVENT) EVENT(CalendarPublished)

DUBAN_CALENDAR_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
