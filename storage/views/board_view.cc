#include "storage/views/board_view.h"

#include <algorithm>

#include "storage/described_json.h"
#include "storage/keys.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

void project_board(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (change.after == nullptr) return;
    out.push_back(view_row(ViewId::board, generation, task_key(change.after->id),
                           to_row(board_row(*change.after, change.record.envelope.time))));
}

template <class Items, class Holds>
std::int32_t count(const Items& items, const Holds& holds) {
    return static_cast<std::int32_t>(std::count_if(items.begin(), items.end(), holds));
}

}  // namespace

const View board_view = {ViewId::board, "board", 3, &project_board};

BoardRow board_row(const TaskState& task, Timestamp changed) {
    const auto reports_in = [&](ReportState state) {
        return count(task.reports, [&](const Report& report) { return report.state == state; });
    };
    const auto assignments_in = [&](AssignmentState state) {
        return count(task.assignments, [&](const Assignment& a) { return a.state == state; });
    };
    BoardRow row;
    row.task = task.id;
    row.title = task.mandate.title;
    row.lead = task.mandate.lead;
    row.co = task.mandate.co;
    row.units = units_of(task);
    row.stage = task.stage;
    row.held = is_held(task);
    row.version = task.version;
    row.due = working_due(task);
    row.open_approvals = count(task.approvals, [](const Approval& approval) {
        return approval.state == ApprovalState::running;
    });
    row.returned_reports = reports_in(ReportState::returned);
    row.assignments = static_cast<std::int32_t>(task.assignments.size()) -
                      assignments_in(AssignmentState::released);
    row.waiting = assignments_in(AssignmentState::waiting);
    row.objected = assignments_in(AssignmentState::objected);
    row.accepted_reports = reports_in(ReportState::accepted);
    row.pending_reports = reports_in(ReportState::in_approval);
    row.changed = changed;
    return row;
}

Result<std::optional<BoardRow>> read_board_row(const Snapshot& snapshot, const TaskId& task) {
    const auto stored = read_row(snapshot, ViewId::board, task_key(task));
    if (!stored) return tl::unexpected<Error>(stored.error());
    if (!*stored) return std::optional<BoardRow>();
    auto row = from_row<BoardRow>(**stored);
    if (!row) return tl::unexpected<Error>(row.error());
    return std::optional<BoardRow>(std::move(*row));
}

Result<std::vector<BoardRow>> read_board(const Snapshot& snapshot, const PlanId& plan) {
    std::vector<BoardRow> rows;
    const auto status = read_rows(snapshot, ViewId::board, plan_prefix(plan), plan_prefix(plan),
                                  [&](std::string_view, std::string_view value) -> Result<bool> {
                                      auto row = from_row<BoardRow>(value);
                                      if (!row) return tl::unexpected<Error>(row.error());
                                      rows.push_back(std::move(*row));
                                      return true;
                                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return rows;
}

}  // namespace duban
