// A row of a table of which every row is a test: its name, the words of the trade for it, and what
// has to hold. Instantiate with ValuesIn(rows) and name_of_row.
// Thread-safety: immutable values.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace duban {

struct TableRow {
    const char* name;
    const char* words;
    void (*holds)();
};

inline void PrintTo(const TableRow& row, std::ostream* out) {
    *out << row.words;
}

inline std::string name_of_row(const testing::TestParamInfo<TableRow>& info) {
    return info.param.name;
}

}  // namespace duban
