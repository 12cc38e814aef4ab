// Rows of the board and of task.list: the stored row with what depends on the day and the reader.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/render/task_json.h"
#include "api/schema/schema.h"
#include "storage/views/board_view.h"

namespace duban {

// Requires: row and task are of one moment.
[[nodiscard]] nlohmann::json board_row_json(const BoardRow& row, const TaskState& task,
                                            const TaskViewer& viewer);
// The same of what a reader sees of the task; a guest sees less, and no stored row shows it.
[[nodiscard]] nlohmann::json seen_row_json(const BoardRow& row, const TaskState& task,
                                           const TaskSight& sight, const TaskViewer& viewer);
[[nodiscard]] Schema board_row_schema();

}  // namespace duban
