// Positions as clients write them: decimal strings, where "-1" stands before the first event.
// Inside, such a place is kept as the position that comes after it.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/ids.h"

namespace duban {

// The text of the position before `next`: "-1" for the first, "41" for 42.
[[nodiscard]] std::string before_text(Position next);
// The position after the one that the text names: 0 for "-1". Errors: invalid_argument.
[[nodiscard]] Result<Position> parse_after(std::string_view text, const std::string& field);
// A position that an event can have. Errors: invalid_argument.
[[nodiscard]] Result<Position> parse_position(std::string_view text, const std::string& field);

}  // namespace duban
