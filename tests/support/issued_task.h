// A task in the hands of its units, built by hand: issued on 2026-01-15, due on 2026-12-31, lead
// jtj (signed in) and cooperating unit rsj (waiting, to sign by 2026-01-18).
#pragma once

#include <string>
#include <utility>

#include "domain/task/task.h"
#include "tests/support/directory_fixture.h"

namespace duban {

inline Assignment part(const std::string& unit, UnitRole role, AssignmentState state) {
    Assignment assignment;
    assignment.unit = UnitCode(unit);
    assignment.role = role;
    assignment.state = state;
    assignment.given = noon("2026-01-15");
    assignment.sign_by = day("2026-01-18");
    if (state == AssignmentState::signed_ || state == AssignmentState::working) {
        assignment.signed_at = noon("2026-01-16");
    }
    return assignment;
}

inline TaskState issued_task() {
    TaskState task;
    task.id = TaskId{PlanId("plan"), 1};
    task.stage = TaskStage::issued;
    Mandate mandate;
    mandate.title = "职业院校教师职称制度改革";
    mandate.lead = UnitCode("jtj");
    mandate.co = {UnitCode("rsj")};
    mandate.due = day("2026-12-31");
    task.mandate = std::move(mandate);
    task.registered_at = noon("2026-01-10");
    task.issued_at = noon("2026-01-15");
    task.due_set_at = noon("2026-01-15");
    task.assignments = {part("jtj", UnitRole::lead, AssignmentState::signed_),
                        part("rsj", UnitRole::co, AssignmentState::waiting)};
    return task;
}

inline void add_report(TaskState& task, const std::string& unit, const std::string& period,
                       ReportState state) {
    Report report;
    report.no = static_cast<std::uint32_t>(task.reports.size()) + 1;
    report.unit = UnitCode(unit);
    report.state = state;
    report.period = period;
    report.newest.no = 1;
    task.reports.push_back(std::move(report));
}

inline void hold(TaskState& task, const std::string& from) {
    task.holds.push_back(HoldPeriod{noon(from), std::nullopt, "等政策"});
}

inline void resume(TaskState& task, const std::string& at) {
    task.holds.edit(task.holds.size() - 1).until = noon(at);
}

}  // namespace duban
