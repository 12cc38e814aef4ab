// The commands about issues on request. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <string>
#include <vector>

#include "domain/approval/picks.h"
#include "domain/base/command.h"
#include "domain/issuing/issuing.h"

namespace duban {

// By the office, or the leader where the office has a part in the task.
struct RequestIssue {
    TaskId task;
    IssuingContent content;
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(RequestIssue)

struct ReviseIssue {
    SubjectId subject;
    IssuingContent content;
    std::string note = {};  // required where the content did not change
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(ReviseIssue)

}  // namespace duban
