// The commands about reports. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
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

// 更正: the office puts another value in the place of an accepted one. `value` names the indicator,
// and the member where it has some.
struct CorrectValue {
    TaskId task;
    UnitCode unit;             // that reported it; empty: whichever did
    std::string period;        // of the cell, or of the report
    std::uint32_t report = 0;  // its number, where several are meant; 0: the one that there is
    ReportedValue value;
    std::string reason;
};
DUBAN_DECLARE_COMMAND(CorrectValue)

}  // namespace duban
