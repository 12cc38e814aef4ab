// Facts: everything that a decision may depend on besides the state and the command. Time, ids,
// digests and chance come in as data, so that a decision can be repeated exactly.
// Thread-safety: immutable; refers to objects that outlive the call of decide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"

namespace duban {

struct CalendarBook;
struct Directory;
struct PlanBook;
struct RouteBook;
struct TaskState;

// A calendar in which nothing was published (domain/calendar/calendar.h).
[[nodiscard]] const CalendarBook& weekends_alone();

// The tasks, as they stand at the decision, in whose open approvals a slot is the person's own
// (domain/approval/desk.h): by their ids, and no more once there are more than `tasks_max`. Errors:
// corrupt, storage_failed.
using DeskLookup =
    std::function<Result<std::vector<TaskState>>(const PersonId& person, std::size_t tasks_max)>;

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
    // For commands that are about a person and not about one task.
    DeskLookup desk = {};
};

}  // namespace duban
