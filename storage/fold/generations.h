// Generations of the folded rows (views, index, timers): where the rows of one stand, and how the
// others go away.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/views/view.h"

namespace duban {

// Rows that belong together: one view of one generation, its index, or its timers.
struct RowRange {
    std::string name;
    Family family = Family::view;
    std::string prefix;  // what their keys start with
};

// All views, then "index" and "timer".
[[nodiscard]] std::vector<RowRange> ranges_of(ViewGeneration generation);
// The generation that a key of one of these families belongs to; nothing for a malformed key.
[[nodiscard]] std::optional<ViewGeneration> generation_of(Family family, std::string_view key);

// Writes the row or its absence.
void put_row(const RowChange& row, WriteSet& changes);

// Removes the rows of every other generation, in all view versions. Errors: storage_failed.
[[nodiscard]] Status erase_other_generations(Database& database, ViewGeneration kept);

}  // namespace duban
