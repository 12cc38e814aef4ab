// What the events of more than one family change in a task; parts of which evolve consists.
// Not for callers: use evolve (task.h). Total, as evolve is.
// Thread-safety: one thread at a time.
#pragma once

#include <optional>
#include <string>

#include "domain/event_stamp.h"
#include "domain/task.h"

namespace duban {

struct ApprovalOpened;

// Gives each unit of the mandate its part and releases the others; lead first, then the mandate's
// order, then the released ones. Units that join get a fresh part. (assignment_evolve.cc)
void match_assignments(TaskState& task, Timestamp now, std::optional<Date> sign_by);
// Replaces the mandate and keeps the old one with the reason. (task_evolve.cc)
void replace_mandate(TaskState& task, Mandate mandate, const std::string& reason, Timestamp now);
// The approval as its first event makes it. (approval_evolve.cc)
[[nodiscard]] Approval begun_approval(const ApprovalOpened& event, const PersonId& starter);
// nullptr when there is none. (report_evolve.cc)
[[nodiscard]] Report* report_in(TaskState& task, std::uint32_t no);

}  // namespace duban
