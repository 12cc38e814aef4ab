// The plan board: one row per task with what does not depend on the present day. Lights, days left
// and attainment are computed when the board is read (api/). A row changes with what it shows, not
// with every event.
// Thread-safety: safe for concurrent use.
#pragma once

#include <vector>

#include "domain/directory/access.h"
#include "domain/task/inbox.h"
#include "domain/task/task.h"
#include "storage/views/view.h"

namespace duban {

struct UnitUrges {
    UnitCode unit;
    std::uint32_t count = 0;
    bool operator==(const UnitUrges&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitUrges, (), (unit, count))

// Somebody outside of the task who sees these approvals and reports of it
// (domain/approval/sight.h).
struct BoardGuest {
    static constexpr bool sparse = true;
    Party party;
    std::vector<std::uint32_t> approvals;
    std::vector<std::uint32_t> reports;
    bool operator==(const BoardGuest&) const = default;
};
BOOST_DESCRIBE_STRUCT(BoardGuest, (), (party, approvals, reports))

struct BoardRow {
    TaskId task;
    std::string title;
    UnitCode lead;
    std::vector<UnitCode> co;
    std::vector<UnitCode> units;  // all that see the whole task
    TaskStage stage = TaskStage::absent;
    bool held = false;
    std::optional<Date> due;  // working_due
    std::int32_t open_approvals = 0;
    std::int32_t returned_reports = 0;
    std::int32_t assignments = 0;  // not released
    std::int32_t waiting = 0;      // of these: not signed in
    std::int32_t objected = 0;
    std::int32_t accepted_reports = 0;
    std::int32_t pending_reports = 0;  // in approval
    std::uint32_t corrections = 0;     // of accepted values
    std::vector<UnitUrges> urges;      // of units that were urged
    std::vector<Duty> waits;           // for whom its approvals wait
    std::vector<BoardGuest> guests;    // who else sees a part of it
    // Not stored: the row cannot be read, nor the task that it shows. Only `task` is known, and no
    // unit sees it.
    bool unreadable = false;
    bool operator==(const BoardRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(BoardRow, (),
                      (task, title, lead, co, units, stage, held, due, open_approvals,
                       returned_reports, assignments, waiting, objected, accepted_reports,
                       pending_reports, corrections, urges, waits, guests))

extern const View board_view;
[[nodiscard]] BoardRow board_row(const TaskState& task);
// Whether the reader sees the task, as one of its own or as a guest.
[[nodiscard]] bool may_see_row(const Access& access, const BoardRow& row);
// Whether he sees that approval of it, or that report; 0 stands for none.
[[nodiscard]] bool may_see_in_row(const Access& access, const BoardRow& row, std::uint32_t approval,
                                  std::uint32_t report);
// How often the unit was urged on the task.
[[nodiscard]] std::uint32_t urges_of(const BoardRow& row, const UnitCode& unit);
// A row that cannot be read is made from the task's state, or is marked as unreadable when that
// cannot be read either; both are told to the snapshot's RowFaults.
// The row of one task; nothing when there is no such task. Errors: storage_failed, unsupported.
[[nodiscard]] Result<std::optional<BoardRow>> read_board_row(const Snapshot& snapshot,
                                                             const TaskId& task);
// All rows of a plan in the order of their numbers. Errors: storage_failed, unsupported.
[[nodiscard]] Result<std::vector<BoardRow>> read_board(const Snapshot& snapshot,
                                                       const PlanId& plan);

}  // namespace duban
