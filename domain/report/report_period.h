// Which period the lead is to report for next.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <optional>

#include "domain/indicator/period.h"
#include "domain/task/task.h"

namespace duban {

// The oldest period since the issue that has no accepted report of the lead and none in approval.
// Periods that lay wholly in a hold are not asked for; an open hold counts until `today`. Nothing
// when the task is not issued, has no civil report period, or is reported to its working_due.
[[nodiscard]] std::optional<Period> next_report_period(const TaskState& task, Date today);

}  // namespace duban
