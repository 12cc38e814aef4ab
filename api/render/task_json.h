// A task as a console needs it, for one reader: names beside ids, computed lights, late flags and
// progress, accepted and pending values apart.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/schema/schema.h"
#include "domain/approval/route.h"
#include "domain/approval/sight.h"
#include "domain/directory/access.h"
#include "domain/task/light.h"
#include "domain/task/task_history.h"

namespace duban {

// Who looks, and when.
struct TaskViewer {
    const Directory& directory;
    const Access& access;
    Date today;
    const RouteBook* routes = nullptr;  // for the names of nodes
    Timestamp now = {};                 // for what is stuck
};

// An extension as it stands.
[[nodiscard]] nlohmann::json extension_json(const TaskId& task, const Extension& extension,
                                            const Directory& directory);
[[nodiscard]] Schema extension_schema();
// A closing as it stands.
[[nodiscard]] nlohmann::json closing_json(const TaskId& task, const Closing& closing,
                                          const Directory& directory);
[[nodiscard]] Schema closing_schema();
// An amendment on request as it stands.
[[nodiscard]] nlohmann::json amendment_json(const TaskId& task, const Amendment& amendment,
                                            const Directory& directory);
[[nodiscard]] Schema amendment_schema();
// An issue on request as it stands.
[[nodiscard]] nlohmann::json issuing_json(const TaskId& task, const Issuing& issuing,
                                          const Directory& directory);
[[nodiscard]] Schema issuing_schema();
[[nodiscard]] nlohmann::json task_json(const TaskRecord& record, const TaskViewer& viewer);
// The same of what a reader sees of it; a guest sees less.
[[nodiscard]] nlohmann::json seen_task_json(TaskRecord record, const TaskSight& sight,
                                            const TaskViewer& viewer);
[[nodiscard]] Schema task_schema();

[[nodiscard]] nlohmann::json assignments_json(const TaskState& task, const TaskViewer& viewer);
[[nodiscard]] Schema assignment_schema();

// Definitions with cells, accepted entries with what was corrected of them, and pending ones.
[[nodiscard]] nlohmann::json indicators_json(const TaskRecord& record, const TaskViewer& viewer);
[[nodiscard]] Schema indicator_result_schema();
// {"period","attainment","flagged","actual","percent"}, the last two where there is data.
[[nodiscard]] nlohmann::json cell_json(const CellResult& cell);
[[nodiscard]] Schema cell_schema();

// {"percent","met","with_data","of"}
[[nodiscard]] nlohmann::json progress_json(const TaskState& task, Date today);
[[nodiscard]] nlohmann::json progress_json(const TaskProgress& progress);
[[nodiscard]] Schema progress_schema();
// {"light","label","days_left"}
[[nodiscard]] nlohmann::json light_json(const TaskLight& light);
[[nodiscard]] Schema light_schema();

// {"no","digest","author":{…},"time"} without content.
[[nodiscard]] nlohmann::json revision_json(const Revision& revision, const Directory& directory);
[[nodiscard]] Schema revision_schema();
[[nodiscard]] Schema content_schema();

}  // namespace duban
