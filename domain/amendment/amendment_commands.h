// The commands about amendments on request. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <string>
#include <vector>

#include "domain/amendment/amendment.h"
#include "domain/approval/picks.h"
#include "domain/base/command.h"

namespace duban {

// By whom the route lets start: units of the task, or the office. Left out, the unit is the one of
// the task for which the actor may, else the office.
struct RequestAmendment {
    TaskId task;
    UnitCode unit;
    AmendmentContent content;
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(RequestAmendment)

struct ReviseAmendment {
    SubjectId subject;
    AmendmentContent content;
    std::string note = {};  // required where the content did not change
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(ReviseAmendment)

}  // namespace duban
