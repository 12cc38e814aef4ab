// Stuck: escalated because time was up, and silent for as long again. Computed when asked, never
// stored. Thread-safety: safe for concurrent use (no state).
#pragma once

#include <cstdint>

#include "domain/approval/approval.h"
#include "domain/task/task.h"

namespace duban {

[[nodiscard]] bool is_stuck(const Approval& approval, const ApprovalNode& node, const Slot& slot,
                            Timestamp now);
// Open approvals with such a slot.
[[nodiscard]] std::int32_t stuck_approvals(const TaskState& task, Timestamp now);

}  // namespace duban
