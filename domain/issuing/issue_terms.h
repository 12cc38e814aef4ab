// The terms on which a task is issued, whether the office issues it at once or an approval does.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include "domain/base/facts.h"
#include "domain/issuing/issuing.h"
#include "domain/task/task_events.h"

namespace duban {

// The issue today. Requires: the task is established.
// Errors: invalid_argument (due, sign_by, duties[i].…, routes.…).
[[nodiscard]] Result<TaskIssued> issued_on(const TaskState& task, const IssueTerms& terms,
                                           const Facts& facts);

}  // namespace duban
