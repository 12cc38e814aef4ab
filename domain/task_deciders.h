// decide_one: the decision of each task command, one overload a command; what decide consists of.
// Not for callers: decide (decide.h) first asks whether the actor may see the task at all.
// Requires: the task exists, except for RegisterTask. Errors: as decide.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include "domain/decide.h"

namespace duban {

// task_commands.cc
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const RegisterTask& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const ApproveTask& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const IssueTask& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const HoldTask& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const ResumeTask& command,
                                          const Facts& facts);

// amend_command.cc
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const AmendTask& command,
                                          const Facts& facts);

// urge_commands.cc
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const UrgeTask& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const UrgeUnsigned& command,
                                          const Facts& facts);

// assignment_commands.cc
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const SignAssignment& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const ObjectAssignment& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const SettleObjection& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const AssignHandler& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const BreakDown& command,
                                          const Facts& facts);

// report_commands.cc
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const SaveReport& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const SubmitReport& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const ReviseReport& command,
                                          const Facts& facts);

// approval_commands.cc
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const ApproveStep& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const RejectStep& command,
                                          const Facts& facts);
[[nodiscard]] Result<Decision> decide_one(const TaskState& task, const ReturnStep& command,
                                          const Facts& facts);

}  // namespace duban
