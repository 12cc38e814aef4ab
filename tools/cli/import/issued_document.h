// issued_document: a list as the office issues it, as plain text: after a heading, for each task a
// line with its number, one or more lines of text and, last, a line with the responsible units
// separated by 、. The first unit leads. Empty lines mean nothing. Column headings may stand before
// the first number, one a line, if they are those three. The document has no short titles.
// Other forms of issued lists are refused where they begin: numbers in the line of the text, units
// behind labels or in brackets, more columns, sections, page marks, units over several lines.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string_view>

#include "tools/cli/import/listed_plan.h"
#include "tools/cli/import/unit_names.h"

namespace duban {

// Errors: invalid_argument with the lines.
[[nodiscard]] Result<ListedPlan> parse_issued_document(std::string_view text,
                                                       const UnitNames& names);

}  // namespace duban
