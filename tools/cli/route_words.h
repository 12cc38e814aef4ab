// route_words: what parts of a route say, in words for a drawing.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <string>
#include <vector>

#include "domain/approval/route.h"

namespace duban {

// "task.coop_count > 0 and not (task.key = true)".
[[nodiscard]] std::string words_of(const Condition& condition);
// "lead head", "person jtj.head", "1 to 3 of office clerk, named by the starter".
[[nodiscard]] std::string words_of(const Selector& selector);
[[nodiscard]] std::string words_of(const SeatSelector& seat);
// "due 3 working days after opening, reminders -1 0, then to zone leader".
[[nodiscard]] std::string words_of(const DueRule& due);
// What a node is and asks for, a line each: the name first.
[[nodiscard]] std::vector<std::string> lines_of(const RouteNode& node);

}  // namespace duban
