// What an amendment on request does to the mandate once it is granted, and how that is undone.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>
#include <optional>

#include "domain/amendment/amendment_events.h"
#include "domain/base/facts.h"
#include "domain/task/task.h"

namespace duban {

// The effect amend; nothing where the mandate says so already.
// Errors: rule mandate_changed, where a member that it names was changed by somebody else since it
// was asked for; what the task does not bear any more (mandate_changes.h).
[[nodiscard]] Result<std::optional<AmendmentApplied>> amendment_applied(const TaskState& task,
                                                                        const Amendment& amendment,
                                                                        const Facts& facts);

// What puts back the members that still are as it made them; nothing when none is.
// Errors: rule task_done; what the task does not bear.
[[nodiscard]] Result<std::optional<AmendmentUndone>> amendment_undone(const TaskState& task,
                                                                      const Amendment& amendment,
                                                                      const Facts& facts);

// By how many working days it moves the task's day that counts; 0 where it does not, or not later.
[[nodiscard]] std::int32_t workdays_asked(const TaskState& task, const Amendment& amendment);

}  // namespace duban
