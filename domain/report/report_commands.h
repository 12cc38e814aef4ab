// The commands about reports. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <string>
#include <vector>

#include "domain/approval/picks.h"
#include "domain/base/command.h"
#include "domain/report/report.h"

namespace duban {

struct SaveReport {
    TaskId task;
    UnitCode unit;
    ReportContent content;
};
DUBAN_DECLARE_COMMAND(SaveReport)

struct SubmitReport {
    TaskId task;
    UnitCode unit;
    ReportContent content;
    std::vector<PickFor> picks = {};  // where the route lets the starter name persons
};
DUBAN_DECLARE_COMMAND(SubmitReport)

struct ReviseReport {
    ReportId report;
    ReportContent content;
    std::string note = {};  // required where the content did not change
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(ReviseReport)

}  // namespace duban
