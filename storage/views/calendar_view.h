// The calendar view: the newest publication of every year.
// Thread-safety: safe for concurrent use.
#pragma once

#include "domain/calendar/calendar.h"
#include "storage/views/view.h"

namespace duban {

extern const View calendar_view;
// Errors: corrupt when a year cannot be read, storage_failed.
[[nodiscard]] Result<CalendarBook> read_calendars(const Snapshot& snapshot);

}  // namespace duban
