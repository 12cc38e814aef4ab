// Returns: where one may go back to, what is decided anew by it, and how the flow comes back to who
// returned.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>
#include <vector>

#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

// Where a return goes: to a node, or within a node in turn to an earlier slot.
struct ReturnTarget {
    Spot spot;
    std::string slot;
    [[nodiscard]] bool within() const { return !slot.empty(); }
};

// `to` as the command names it: "" for the first that the route allows, start, prev, or a node with
// or without '#'. Errors: rule return_target.
[[nodiscard]] Result<ReturnTarget> return_target(const Walk& walk, const Spot& from,
                                                 const std::string& slot, const std::string& to);

// After the event of the return: ends the round, resets what is to be decided anew and opens the
// target. Errors: rule no_holder.
[[nodiscard]] Status carry_back(Walk& walk, const Spot& from, const std::string& slot,
                                const ReturnTarget& target);
// The target of a return is passed and the flow goes straight to who returned.
[[nodiscard]] Status jump_back(Walk& walk, const Spot& target, const PendingReturn& back);

// Resets every node from `first` to before `last`, of one unit's run when a unit is given.
void reset_range(Walk& walk, PlaceNo first, PlaceNo last, const UnitCode& unit);

// The first fill is open and a new revision, or a note on the same, passes it: material changes
// void what was decided, others are copied to those whose decision stands. `material`: a field of
// the route's list changed. Errors: rule no_holder, pick.
[[nodiscard]] Status pass_start(Walk& walk, bool changed, bool material, const std::string& note);

}  // namespace duban
