#include "storage/views/board_view.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/approval/sight.h"
#include "storage/codec/described_json.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/rows.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

bool shows_the_same(const TaskState& before, const TaskState& after) {
    return before.version > 0 && before.stage == after.stage && before.mandate.is(after.mandate) &&
           before.assignments.is(after.assignments) && before.reports.is(after.reports) &&
           before.approvals.is(after.approvals) && before.urges.is(after.urges) &&
           before.holds.is(after.holds) && before.due_set_at == after.due_set_at &&
           before.corrected == after.corrected;
}

void project_board(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (change.after == nullptr || shows_the_same(*change.before, *change.after)) return;
    out.push_back(view_row(ViewId::board, generation, task_key(change.after->id),
                           to_row(board_row(*change.after))));
}

std::vector<UnitUrges> count_urges(const TaskState& task) {
    std::map<UnitCode, std::uint32_t> counts;
    for (const Urge& urge : task.urges) {
        for (const UnitCode& unit : std::set(urge.units.begin(), urge.units.end())) ++counts[unit];
    }
    std::vector<UnitUrges> urges;
    for (const auto& [unit, count] : counts) urges.push_back({unit, count});
    return urges;
}

std::vector<BoardGuest> guests_of(const TaskState& task) {
    std::vector<BoardGuest> guests;
    for (const PartySight& one : outside_parties(task)) {
        BoardGuest& guest = guests.emplace_back();
        guest.party = one.party;
        for (const SeenApproval& seen : one.approvals) {
            guest.approvals.push_back(seen.approval);
            if (seen.subject.kind == 'r') guest.reports.push_back(seen.subject.no);
        }
    }
    return guests;
}

bool has(const std::vector<std::uint32_t>& numbers, std::uint32_t number) {
    return std::ranges::find(numbers, number) != numbers.end();
}

Result<BoardRow> row_of(const Snapshot& snapshot, const TaskId& task, std::string_view bytes) {
    auto row = from_row<BoardRow>(bytes);
    if (row) return row;
    snapshot.row_faults().tell("the board's row of " + to_string(task), row.error());
    const auto state = read_task(snapshot, task);
    if (!state && state.error().code != Errc::corrupt) {
        return tl::unexpected<Error>(state.error());
    }
    if (state && state->stage != TaskStage::absent) return board_row(*state);
    BoardRow unreadable;
    unreadable.task = task;
    unreadable.unreadable = true;
    return unreadable;
}

template <class Items, class Holds>
std::int32_t count(const Items& items, const Holds& holds) {
    return static_cast<std::int32_t>(std::count_if(items.begin(), items.end(), holds));
}

}  // namespace

const View board_view = {ViewId::board, "board", 7, &project_board};

BoardRow board_row(const TaskState& task) {
    const auto reports_in = [&](ReportState state) {
        return count(task.reports, [&](const Report& report) { return report.state == state; });
    };
    const auto assignments_in = [&](AssignmentState state) {
        return count(task.assignments, [&](const Assignment& a) { return a.state == state; });
    };
    BoardRow row;
    row.task = task.id;
    row.title = task.mandate->title;
    row.lead = task.mandate->lead;
    row.co = task.mandate->co;
    row.units = units_of(task);
    row.stage = task.stage;
    row.held = is_held(task);
    row.due = working_due(task);
    for (const std::uint32_t no : *task.open_approvals) {
        const auto* approval = find_approval(task, no);
        if (approval == nullptr) continue;
        if (approval->state != ApprovalState::returned) ++row.open_approvals;
        for (Duty& duty : approval_duties(*approval)) row.waits.push_back(std::move(duty));
    }
    row.returned_reports = reports_in(ReportState::returned);
    row.assignments = static_cast<std::int32_t>(task.assignments.size()) -
                      assignments_in(AssignmentState::released);
    row.waiting = assignments_in(AssignmentState::waiting);
    row.objected = assignments_in(AssignmentState::objected);
    row.accepted_reports = reports_in(ReportState::accepted);
    row.pending_reports = reports_in(ReportState::in_approval);
    row.corrections = task.corrected;
    row.urges = count_urges(task);
    row.guests = guests_of(task);
    return row;
}

bool may_see_row(const Access& access, const BoardRow& row) {
    return may_see_in_row(access, row, 0, 0);
}

bool may_see_in_row(const Access& access, const BoardRow& row, std::uint32_t approval,
                    std::uint32_t report) {
    return may_see_task(access, row.units) ||
           std::ranges::any_of(row.guests, [&](const BoardGuest& guest) {
               if (!is_of(access, guest.party)) return false;
               return approval != 0 ? has(guest.approvals, approval)
                                    : report == 0 || has(guest.reports, report);
           });
}

std::uint32_t urges_of(const BoardRow& row, const UnitCode& unit) {
    const auto found = std::find_if(row.urges.begin(), row.urges.end(),
                                    [&](const UnitUrges& one) { return one.unit == unit; });
    return found == row.urges.end() ? 0 : found->count;
}

Result<std::optional<BoardRow>> read_board_row(const Snapshot& snapshot, const TaskId& task) {
    const auto stored = read_row(snapshot, ViewId::board, task_key(task));
    if (!stored) return tl::unexpected<Error>(stored.error());
    if (!*stored) return std::optional<BoardRow>();
    auto row = row_of(snapshot, task, **stored);
    if (!row) return tl::unexpected<Error>(row.error());
    return std::optional<BoardRow>(std::move(*row));
}

Result<std::vector<BoardRow>> read_board(const Snapshot& snapshot, const PlanId& plan) {
    std::vector<BoardRow> rows;
    const auto status =
        read_rows(snapshot, ViewId::board, plan_prefix(plan), plan_prefix(plan),
                  [&](std::string_view key, std::string_view value) -> Result<bool> {
                      const auto no = parse_be32(key.substr(plan_prefix(plan).size()));
                      auto row = row_of(snapshot, {plan, no.value_or(0)}, value);
                      if (!row) return tl::unexpected<Error>(row.error());
                      rows.push_back(std::move(*row));
                      return true;
                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return rows;
}

}  // namespace duban
