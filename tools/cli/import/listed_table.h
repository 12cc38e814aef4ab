// listed_table: a list as a table: a row with headings, then a row for each task. Above the
// headings may stand a title, in one cell. Which headings are known, and what they mean, says
// headings.h; columns stand in any order. The units of a task stand
// - in 责任单位 alone, the lead first, or
// - in 责任单位, which names the lead alone, and 配合单位, or
// - in 牵头单位, which names the lead alone, and 责任单位 or 配合单位.
// Every filled cell is understood or refused. Thread-safety: safe for concurrent use.
#pragma once

#include <optional>
#include <string_view>

#include "tools/cli/import/listed_plan.h"
#include "tools/cli/import/unit_names.h"

namespace duban {

// What stands between the cells of the text, when one of its first rows then names at least two
// known columns: a comma, a semicolon or a tab.
[[nodiscard]] std::optional<char> table_delimiter(std::string_view text);

// Errors: invalid_argument with the lines.
[[nodiscard]] Result<ListedPlan> parse_listed_table(std::string_view text, char delimiter,
                                                    const UnitNames& names);

// A day as lists write it: 2026-09-01, 2026-9-1, 2026/9/1, 2026.9.1, 2026年9月1日. Nothing for any
// other text, and for a day that the calendar does not have.
[[nodiscard]] std::optional<Date> parse_listed_date(std::string_view text);

}  // namespace duban
