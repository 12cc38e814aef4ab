// The commands about reports. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

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
};
DUBAN_DECLARE_COMMAND(SubmitReport)

struct ReviseReport {
    ReportId report;
    ReportContent content;
};
DUBAN_DECLARE_COMMAND(ReviseReport)

}  // namespace duban
