// What follows in a task's approvals from what was done to the task: a wait that an event ends, a
// unit that left and is asked no longer, a sub-route and its parent, a task that is done. Part of
// decide (domain/base/decide.h), not for callers. Thread-safety: safe for concurrent use (no state
// of its own).
#pragma once

#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "domain/base/result.h"
#include "domain/task/task.h"

namespace duban {

// Adds the events that follow. `task` is as the decision found it.
[[nodiscard]] Status add_consequences(const TaskState& task, const Facts& facts,
                                      Decision& decision);

}  // namespace duban
