// Facts: everything that a decision may depend on besides the state and the command. Time, ids,
// digests and chance come in as data, so that a decision can be repeated exactly.
// Thread-safety: immutable; refers to objects that outlive the call of decide.
#pragma once

#include <cstdint>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"

namespace duban {

struct CalendarBook;
struct Directory;
struct PlanBook;
struct RouteBook;

// A calendar in which nothing was published (domain/calendar/calendar.h).
[[nodiscard]] const CalendarBook& weekends_alone();

struct Facts {
    Timestamp now;
    PersonId actor;
    const Directory& directory;
    const PlanBook& plans;
    const RouteBook& routes;
    // Digest of the canonical bytes of what the command carries: a report's content, a plan
    // document. Empty for other commands.
    Digest content_digest;
    // A number that nobody can foresee, for draws.
    std::uint64_t chance = 0;
    // The working days.
    const CalendarBook& calendars = weekends_alone();
};

}  // namespace duban
