// The commands about extensions. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <string>
#include <vector>

#include "domain/approval/picks.h"
#include "domain/base/command.h"
#include "domain/extension/extension.h"

namespace duban {

struct RequestExtension {
    TaskId task;
    UnitCode unit;
    ExtensionContent content;
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(RequestExtension)

struct ReviseExtension {
    SubjectId subject;
    ExtensionContent content;
    std::string note = {};  // required where the content did not change
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(ReviseExtension)

}  // namespace duban
