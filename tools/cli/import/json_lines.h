// json_lines: on which lines of a JSON text the items of a list begin; the parser that reads the
// text keeps no positions. Thread-safety: safe for concurrent use.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace duban {

// Of the list that is the member `name` of the outermost object, in their order; none when there is
// no such list or its name is written with escapes. Requires: `text` is JSON.
[[nodiscard]] std::vector<std::size_t> item_lines(std::string_view text, std::string_view name);

}  // namespace duban
