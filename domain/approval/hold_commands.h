// The commands about an approval's clocks: that stop them, let them go on, and move its days.
// Imperative; plain data as it came in. Thread-safety: immutable values.
#pragma once

#include <string>

#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

// 挂起: by the office, or by who is asked in a node that offers it. Its clocks stop.
struct HoldApproval {
    ApprovalId approval;
    std::string node;
    std::string slot;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(HoldApproval)

// 恢复: by the office, or by who held it.
struct ResumeApproval {
    ApprovalId approval;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(ResumeApproval)

// Counts the open due days of an approval anew, on the calendar as it is published today. For the
// office.
struct MoveDue {
    ApprovalId approval;
};
DUBAN_DECLARE_COMMAND(MoveDue)

}  // namespace duban
