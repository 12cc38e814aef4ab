// csv: a list as a table: RFC 4180, UTF-8 with or without a byte order mark. The first row names
// the columns: 序号,工作任务,责任单位[,完成时限] or no,title,units[,due], in any order; units are
// separated by 、 and dates are 2026-09-01. Thread-safety: safe for concurrent use.
#pragma once

#include <string_view>

#include "tools/cli/import/listed_plan.h"

namespace duban {

struct CsvRow {
    std::size_t line = 0;  // where it begins
    std::vector<std::string> fields;
};
// Errors: invalid_argument with the line: an open quote, text after a closing quote.
[[nodiscard]] Result<std::vector<CsvRow>> read_csv(std::string_view text);

// Whether the text's first line names the columns of such a table.
[[nodiscard]] bool looks_like_csv(std::string_view text);
// Errors: invalid_argument with the line.
[[nodiscard]] Result<ListedPlan> parse_csv_plan(std::string_view text);

}  // namespace duban
