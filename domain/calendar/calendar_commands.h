// The commands about the working-day calendar. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include "domain/base/command.h"
#include "domain/calendar/calendar.h"

namespace duban {

// A year's days, in place of what was published for it before. Its version is given by the
// decision.
struct PublishCalendar {
    CalendarYear calendar;
    [[nodiscard]] StreamId stream() const { return calendar_stream(calendar.year); }
};
DUBAN_DECLARE_COMMAND(PublishCalendar)

}  // namespace duban
