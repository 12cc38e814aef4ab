#include "storage/views/task_view.h"

#include "storage/described_json.h"
#include "storage/keys.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

void project_task(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (change.after == nullptr) return;
    out.push_back(
        view_row(ViewId::task, generation, task_key(change.after->id), to_row(*change.after)));
}

}  // namespace

const View task_view = {ViewId::task, "task", 2, &project_task};

Result<TaskState> read_task(const Snapshot& snapshot, const TaskId& task) {
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    return read_task(snapshot, *generation, task);
}

Result<TaskState> read_task(const Snapshot& snapshot, ViewGeneration generation,
                            const TaskId& task) {
    auto stored = from_read<TaskState>(
        snapshot.get(Family::view, view_key(ViewId::task, generation, task_key(task))));
    if (!stored) return tl::unexpected<Error>(stored.error());
    return std::move(*stored).value_or(TaskState{});
}

Status read_tasks(const Snapshot& snapshot, const PlanId& plan, std::uint32_t from_no,
                  const std::function<bool(TaskState&&)>& visit) {
    return read_rows(snapshot, ViewId::task, plan_prefix(plan), task_key({plan, from_no}),
                     [&](std::string_view, std::string_view value) -> Result<bool> {
                         auto task = from_row<TaskState>(value);
                         if (!task) return tl::unexpected<Error>(task.error());
                         return visit(std::move(*task));
                     });
}

}  // namespace duban
