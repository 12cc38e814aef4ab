// The task view: the whole TaskState of each task, for decisions and for queries.
// Thread-safety: safe for concurrent use.
#pragma once

#include "domain/task.h"
#include "storage/views/view.h"

namespace duban {

extern const View task_view;
// A task without events has stage absent. Errors: corrupt, storage_failed.
[[nodiscard]] Result<TaskState> read_task(const Snapshot& snapshot, const TaskId& task);
// The same from another generation than the present one.
[[nodiscard]] Result<TaskState> read_task(const Snapshot& snapshot, ViewGeneration generation,
                                          const TaskId& task);
// Visits the plan's tasks in the order of their numbers until `visit` returns false.
[[nodiscard]] Status read_tasks(const Snapshot& snapshot, const PlanId& plan, std::uint32_t from_no,
                                const std::function<bool(TaskState&&)>& visit);

}  // namespace duban
