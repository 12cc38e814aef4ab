// Blocks of a route: entering their branches and runs, and when they end.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

// Enters the branches whose turn it is, or the runs of the units; a block that a return left goes
// on with those that it had.
[[nodiscard]] Status enter_block(Walk& walk, const Spot& block);
// A list in the block has come to its end: a branch, or the run of `unit`.
[[nodiscard]] Status end_list(Walk& walk, const Spot& block, const UnitCode& unit);
// Whether everything in the list was passed; of an each, in the run of `unit`.
[[nodiscard]] bool list_is_passed(const Walk& walk, const Spot& block, std::size_t branch,
                                  const UnitCode& unit);
// The next node behind that one in its list that was not passed; no_place: there is none.
[[nodiscard]] PlaceNo next_unpassed(const Walk& walk, const Spot& spot);
// A refusal that decides ends the run of a unit in an each.
[[nodiscard]] Status fail_run(Walk& walk, const Spot& each, const UnitCode& unit);
// Ends the block's round without going on.
void end_block(Walk& walk, const Spot& block, NodeState end);
// How an each ends by the runs that have ended.
[[nodiscard]] NodeState end_of_each(const ApprovalNode& run);
// Whether somebody in the unit's run was silent until time was up, and deemed to consent.
[[nodiscard]] bool has_silence(const Walk& walk, const Spot& each, const UnitCode& unit);
// Whether anything in the unit's run was refused.
[[nodiscard]] bool has_refusal(const Walk& walk, const Spot& each, const UnitCode& unit);

}  // namespace duban
