// decide: what happens when a command meets a state. Pure: the same state, command and facts give
// the same events or the same refusal. Nothing is changed here; evolve does that.
// Errors of every decide: forbidden (detail names who may), not_found (also for what the actor may
// not see), invalid_argument (field), rule_violation (rule).
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <variant>
#include <vector>

#include "domain/commands.h"
#include "domain/directory.h"
#include "domain/facts.h"
#include "domain/plan.h"
#include "domain/route.h"
#include "domain/task_events.h"

namespace duban {

using Event = std::variant<DirectoryEvent, PlanEvent, RouteEvent, TaskEvent>;

// An event that is to be appended to a stream.
struct NewEvent {
    StreamId stream;
    Event event;
    bool operator==(const NewEvent&) const = default;
};
using NewEvents = std::vector<NewEvent>;

// What follows from an accepted command. No events when there is nothing left to do.
struct Decision {
    NewEvents events;
    PersonId on_behalf_of;  // for whom the actor acts as a proxy; empty when for himself
    bool operator==(const Decision&) const = default;
};

// The stream that a directory, plan, route or task event belongs to.
[[nodiscard]] StreamId stream_of(const Event& event);

// Days for signing in when the office names no other date.
inline constexpr int sign_in_days = 3;

// One task's commands. RegisterTask also emits PlanTaskAdded on the plan's stream.
[[nodiscard]] Result<Decision> decide(const TaskState& state, const TaskCommand& command,
                                      const Facts& facts);

[[nodiscard]] Result<Decision> decide_directory(const DirectoryCommand& command,
                                                const Facts& facts);

// Idempotent: the same plan with the same content gives no events. The same plan with other content
// is refused. Units that the directory does not have are put; every task is registered and
// approved on the basis of the list itself.
[[nodiscard]] Result<Decision> decide_import(const ImportPlan& command, const Facts& facts);

[[nodiscard]] Result<Decision> decide_publish(const PublishRoute& command, const Facts& facts);

}  // namespace duban
