// The commands about closings. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <string>
#include <vector>

#include "domain/approval/picks.h"
#include "domain/base/command.h"
#include "domain/closing/closing.h"

namespace duban {

struct RequestClosing {
    TaskId task;
    UnitCode unit;
    ClosingContent content;
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(RequestClosing)

struct ReviseClosing {
    SubjectId subject;
    ClosingContent content;
    std::string note = {};  // required where the content did not change
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(ReviseClosing)

}  // namespace duban
