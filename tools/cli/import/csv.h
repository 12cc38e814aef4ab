// csv: rows of a table as text: RFC 4180 with any one character between the cells.
// Thread-safety: safe for concurrent use.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"

namespace duban {

struct CsvRow {
    std::size_t line = 0;  // where it begins
    std::vector<std::string> fields;
};

struct CsvTable {
    std::vector<CsvRow> rows;  // without those that have nothing in any cell
    // What ended the reading early: invalid_argument with the line: an open quote, a quote inside a
    // cell without quotes, text after a closing quote.
    std::optional<Error> fault;
};

// Requires: lines end with '\n'.
[[nodiscard]] CsvTable read_csv(std::string_view text, char delimiter = ',');

}  // namespace duban
