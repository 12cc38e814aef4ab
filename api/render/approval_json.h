// An approval as its readers need it: every node of its route with the slots of the newest round
// and who holds them today, what it waits for, its closed rounds, copies and pending returns.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/render/task_json.h"
#include "api/schema/schema.h"
#include "domain/task/task_history.h"

namespace duban {

// Of the history only the rounds of that approval are read.
[[nodiscard]] nlohmann::json approval_json(const TaskState& task, const Approval& approval,
                                           const TaskHistory& history, const TaskViewer& viewer);
[[nodiscard]] Schema approval_schema();

}  // namespace duban
