// The task view: the state of each task, a row a part, and its history. An event writes the rows of
// the parts that it touched.
// Thread-safety: safe for concurrent use.
#pragma once

#include "domain/task/task.h"
#include "domain/task/task_history.h"
#include "storage/views/view.h"

namespace duban {

extern const View task_view;

// A task without events has stage absent. Errors: corrupt, which is told to the snapshot's
// RowFaults and concerns this task alone; storage_failed.
[[nodiscard]] Result<TaskState> read_task(const Snapshot& snapshot, const TaskId& task);
// The same from another generation than the present one.
[[nodiscard]] Result<TaskState> read_task(const Snapshot& snapshot, ViewGeneration generation,
                                          const TaskId& task);

// All that is over in a task. Errors: corrupt, storage_failed.
[[nodiscard]] Result<TaskHistory> read_task_history(const Snapshot& snapshot, const TaskId& task);
// The same without the contents of revisions that are not the newest of their report.
[[nodiscard]] Result<TaskHistory> read_task_outline(const Snapshot& snapshot,
                                                    const TaskState& task);
// The revisions of a report, of all its reports when `report` is 0, without contents.
[[nodiscard]] Result<TaskHistory> read_revisions(const Snapshot& snapshot, const TaskId& task,
                                                 std::uint32_t report);
// Nothing when there is no such revision.
[[nodiscard]] Result<std::optional<ReportContent>> read_content(const Snapshot& snapshot,
                                                                const ReportId& report,
                                                                std::uint32_t revision);
// The comments on an approval.
[[nodiscard]] Result<TaskHistory> read_comments(const Snapshot& snapshot, const TaskId& task,
                                                std::uint32_t approval);
// What was submitted of an extension.
[[nodiscard]] Result<TaskHistory> read_extensions(const Snapshot& snapshot, const TaskId& task,
                                                  std::uint32_t extension);
// What was submitted of a closing.
[[nodiscard]] Result<TaskHistory> read_closings(const Snapshot& snapshot, const TaskId& task,
                                                std::uint32_t closing);
// What the office corrected of accepted values.
[[nodiscard]] Result<TaskHistory> read_corrections(const Snapshot& snapshot, const TaskId& task);
// What was submitted of an amendment.
[[nodiscard]] Result<TaskHistory> read_amendments(const Snapshot& snapshot, const TaskId& task,
                                                  std::uint32_t amendment);
// What was submitted of an issue.
[[nodiscard]] Result<TaskHistory> read_issuings(const Snapshot& snapshot, const TaskId& task,
                                                std::uint32_t issuing);
// The ended rounds of an approval, of all its approvals when `approval` is 0.
[[nodiscard]] Result<TaskHistory> read_rounds(const Snapshot& snapshot, const TaskId& task,
                                              std::uint32_t approval);

}  // namespace duban
