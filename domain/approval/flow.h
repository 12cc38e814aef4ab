// The flow of an approval through the lists and blocks of its route: reaching a node, going on
// after one, blocks that end, and the end of it all.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

// Begins at the first fill, which the submission passes.
[[nodiscard]] Status begin_flow(Walk& walk);
// The flow reaches the node. Errors: rule no_holder, pick.
[[nodiscard]] Status enter(Walk& walk, const Spot& spot);
// The node is passed over.
[[nodiscard]] Status skip(Walk& walk, const Spot& spot, SkipReason reason,
                          std::vector<Slot> slots = {});
// The node is passed; `back` is the return that waited for it, as it stood before.
[[nodiscard]] Status go_on(Walk& walk, const Spot& spot, const std::optional<PendingReturn>& back);
// Ends it before its end, because of what happened elsewhere.
void end_approval(Walk& walk, const std::string& reason);
// Closes the approval as rejected.
[[nodiscard]] Status reject_approval(Walk& walk);
// The node's round ended with a refusal that decides.
[[nodiscard]] Status rejected(Walk& walk, const Spot& spot);

// Ends what is open among the nodes from `first` to before `last`, of one unit's run when a unit is
// given.
void cancel_open(Walk& walk, PlaceNo first, PlaceNo last, const UnitCode& unit);
// A unit has left the task: its runs and the open slots of its seats end; what it decided stands.
[[nodiscard]] Status drop_unit(Walk& walk, const UnitCode& unit);

}  // namespace duban
