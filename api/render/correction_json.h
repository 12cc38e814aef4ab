// Corrections of accepted values as answers show them: both values, who, for whom, when and why.
// Thread-safety: safe for concurrent use.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "api/schema/schema.h"
#include "domain/directory/directory.h"
#include "domain/task/task_history.h"

namespace duban {

// Those that `takes` takes, in the order in which they were made.
[[nodiscard]] nlohmann::json corrections_json(
    const TaskHistory& history, const TaskId& task, const Directory& directory,
    const std::function<bool(const ValueCorrection&)>& takes);
[[nodiscard]] Schema corrections_schema();

}  // namespace duban
