// The plan board: one row per task with what does not depend on the present day. Lights, days left
// and attainment are computed when the board is read (api/).
// Thread-safety: safe for concurrent use.
#pragma once

#include <vector>

#include "domain/task.h"
#include "storage/views/view.h"

namespace duban {

struct BoardRow {
    TaskId task;
    std::string title;
    UnitCode lead;
    std::vector<UnitCode> co;
    std::vector<UnitCode> units;  // all that see the row
    TaskStage stage = TaskStage::absent;
    bool held = false;
    std::uint64_t version = 0;
    std::optional<Date> due;  // working_due
    std::int32_t open_approvals = 0;
    std::int32_t returned_reports = 0;
    std::int32_t assignments = 0;  // not released
    std::int32_t waiting = 0;      // of these: not signed in
    std::int32_t objected = 0;
    std::int32_t accepted_reports = 0;
    std::int32_t pending_reports = 0;  // in approval
    Timestamp changed;                 // time of the last event
    bool operator==(const BoardRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(BoardRow, (),
                      (task, title, lead, co, units, stage, held, version, due, open_approvals,
                       returned_reports, assignments, waiting, objected, accepted_reports,
                       pending_reports, changed))

extern const View board_view;
[[nodiscard]] BoardRow board_row(const TaskState& task, Timestamp changed);
// The row of one task; nothing when there is no such task. Errors: corrupt, storage_failed.
[[nodiscard]] Result<std::optional<BoardRow>> read_board_row(const Snapshot& snapshot,
                                                             const TaskId& task);
// All rows of a plan in the order of their numbers. Errors: corrupt, storage_failed.
[[nodiscard]] Result<std::vector<BoardRow>> read_board(const Snapshot& snapshot,
                                                       const PlanId& plan);

}  // namespace duban
