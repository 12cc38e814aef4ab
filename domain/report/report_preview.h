// What the accepted values of a task become once a report is accepted, for whoever writes or reads
// it before. Computed on the state as it stands; nothing is written, and what else is accepted
// meanwhile changes it.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/approval/route.h"
#include "domain/approval/route_plan.h"
#include "domain/indicator/indicator.h"
#include "domain/task/task.h"

namespace duban {

// One value of the report in its cell. The entries are accepted ones of the same cell.
struct ValuePreview {
    CellEntry entry;
    std::string before;  // what the cell (of that member) amounts to, as it is shown; "": no data
    std::string after;
    // Not so when a state of a later period stands already: the report comes late.
    bool counts = true;
    std::vector<CellEntry> replaces;  // that count no longer
    std::vector<CellEntry> joins;     // that go on counting beside it
    std::vector<CellEntry> overlaps;  // of these: reported for a period that shares days with it
};

// One indicator that the report has a value of, or that divides by one: its newest cell with data.
struct IndicatorPreview {
    std::string indicator;
    CellResult before;
    CellResult after;
};

struct ReportPreview {
    std::vector<ValuePreview> values;          // in the report's order
    std::vector<IndicatorPreview> indicators;  // in the task's order
    TaskProgress before;
    TaskProgress after;
};

// The effect by which the route accepts values; nullptr when it accepts none.
[[nodiscard]] const EffectSpec* accepting_effect(const RoutePlan& plan);

// `cells`: those of the report (cells_of), joined as the route says. Requires: the indicators are
// the task's.
[[nodiscard]] ReportPreview preview_of(const TaskState& task, const std::vector<CellEntry>& cells,
                                       Date today);

}  // namespace duban
