// apply: what each event changes, one overload an event; the parts of which evolve consists.
// Not for callers: use evolve (task_events.h), which also counts the version. Total, as evolve is:
// an event about something that the state does not have changes nothing.
// Thread-safety: one thread at a time.
#pragma once

#include "domain/task_events.h"

namespace duban {

// task_evolve.cc
void apply(TaskState& task, const TaskRegistered& event, const Stamp& stamp);
void apply(TaskState& task, const TaskApproved& event, const Stamp& stamp);
void apply(TaskState& task, const TaskReturned& event, const Stamp& stamp);
void apply(TaskState& task, const TaskIssued& event, const Stamp& stamp);
void apply(TaskState& task, const TaskAmended& event, const Stamp& stamp);
void apply(TaskState& task, const TaskHeld& event, const Stamp& stamp);
void apply(TaskState& task, const TaskResumed& event, const Stamp& stamp);
void apply(TaskState& task, const TaskUrged& event, const Stamp& stamp);

// assignment_evolve.cc
void apply(TaskState& task, const AssignmentSigned& event, const Stamp& stamp);
void apply(TaskState& task, const AssignmentObjected& event, const Stamp& stamp);
void apply(TaskState& task, const AssignmentSettled& event, const Stamp& stamp);
void apply(TaskState& task, const HandlerAssigned& event, const Stamp& stamp);
void apply(TaskState& task, const AssignmentBrokenDown& event, const Stamp& stamp);

// report_evolve.cc
void apply(TaskState& task, const ReportDrafted& event, const Stamp& stamp);
void apply(TaskState& task, const ReportSubmitted& event, const Stamp& stamp);
void apply(TaskState& task, const ReportRevised& event, const Stamp& stamp);
void apply(TaskState& task, const ReportAccepted& event, const Stamp& stamp);
void apply(TaskState& task, const ReportRejected& event, const Stamp& stamp);

// approval_evolve.cc
void apply(TaskState& task, const ApprovalOpened& event, const Stamp& stamp);
void apply(TaskState& task, const ApprovalResubmitted& event, const Stamp& stamp);
void apply(TaskState& task, const StepOpened& event, const Stamp& stamp);
void apply(TaskState& task, const StepSkipped& event, const Stamp& stamp);
void apply(TaskState& task, const StepApproved& event, const Stamp& stamp);
void apply(TaskState& task, const StepRejected& event, const Stamp& stamp);
void apply(TaskState& task, const StepReturned& event, const Stamp& stamp);
void apply(TaskState& task, const ApprovalClosed& event, const Stamp& stamp);

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
