// Where two nodes of a route stand to each other: the list that holds both ways.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <optional>
#include <vector>

#include "domain/approval/walk.h"

namespace duban {

// `target` comes before `from` in the flow. Both ways begin in the same list: `target_way` with the
// node of that list that is the target or holds it, down to the target; `from_way` likewise.
struct ReturnPath {
    std::vector<Spot> target_way;
    std::vector<Spot> from_way;
};

// Nothing when they stand in different branches or runs of a block, or the other way round.
[[nodiscard]] std::optional<ReturnPath> path_between(const Walk& walk, const Spot& target,
                                                     const Spot& from);

}  // namespace duban
