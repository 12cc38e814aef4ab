// decide: what happens when a command meets a state. Pure: the same state, command and facts give
// the same events or the same refusal. Nothing is changed here; evolve does that.
// Errors of every decide: forbidden (detail names who may), not_found (also for what the actor may
// not see), invalid_argument (field), rule_violation (rule).
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <vector>

#include "domain/base/command.h"
#include "domain/base/event.h"
#include "domain/base/result.h"

namespace duban {

struct Facts;
struct TaskState;

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

// The decision to append these events, each to its own stream.
[[nodiscard]] Decision decision_of(std::vector<Event> events, PersonId on_behalf_of = {});

// Days for signing in when the office names no other date.
inline constexpr int sign_in_days = 3;

// A command that is about one task, on that task's state. Requires: command.task().
[[nodiscard]] Result<Decision> decide(const TaskState& state, const Command& command,
                                      const Facts& facts);
// A command that is not. Requires: no command.task().
[[nodiscard]] Result<Decision> decide(const Command& command, const Facts& facts);

}  // namespace duban
