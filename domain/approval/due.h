// Dues: by when a round is to be decided, or a wait ends, worked out from the route's rule when it
// opens. Not the clock: what happens then is in time_commands.h, and react.h arms the timers.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <optional>

#include "domain/approval/approval_time_events.h"
#include "domain/approval/walk.h"
#include "domain/calendar/calendar.h"

namespace duban {

// Of the round that is about to be opened; nothing where the route names none. A given day that is
// not known ends a wait at once.
[[nodiscard]] std::optional<NodeDue> due_of(const Walk& walk, const Spot& spot);
// From when on a slot that was escalated now is stuck.
[[nodiscard]] Timestamp stuck_from(const Walk& walk, const DueRule& rule);

// What becomes of the clocks of an open round that stood still from `stopped` until now: what was
// left of them is left. Nothing when nothing moves. Called on the walk after the resume.
[[nodiscard]] std::optional<ClocksMoved> moved_by_hold(const Walk& walk, const ApprovalNode& run,
                                                       Timestamp stopped);
// Moves the clocks of all open rounds so.
void move_clocks(Walk& walk, Timestamp stopped);

// What another calendar than the one that was counted on makes of a due day; nothing when it makes
// nothing else of it, or no working days were counted.
[[nodiscard]] std::optional<CountedDay> recounted(const NodeDue& due,
                                                  const CalendarBook& calendars);
// Moves the days of all open rounds to the present calendar.
void recount_dues(Walk& walk);

}  // namespace duban
