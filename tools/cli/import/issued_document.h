// issued_document: a list as the office issues it, as plain text: after a heading, for each task a
// line with its number, one or more lines of text and, last, a line with the responsible units
// separated by 、. The first unit leads. Empty lines mean nothing. The document has no short
// titles. Thread-safety: safe for concurrent use.
#pragma once

#include <string_view>

#include "tools/cli/import/listed_plan.h"

namespace duban {

// Errors: invalid_argument with the line: no task, a number out of turn, a task without text or
// units.
[[nodiscard]] Result<ListedPlan> parse_issued_document(std::string_view text);

}  // namespace duban
