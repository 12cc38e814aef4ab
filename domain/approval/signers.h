// Signers who were added beside a slot: sets before, with and after it, which may have sets of
// their own. Where a set stands, and what follows from it for the slot. Thread-safety: safe for
// concurrent use (no state of its own).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

// The lowest number that is free at the level of `prefix` ("" at the top): "3", "1.2".
[[nodiscard]] std::string free_slot(const std::vector<Slot>& slots, const std::string& prefix);
// "1" of "1.2"; "" at the top.
[[nodiscard]] std::string level_of(const std::string& slot);

// Whether the slot counts by itself in the round: it was not added, or it votes.
[[nodiscard]] bool counts_alone(const Slot& slot, NodeMode mode);
// Whether somebody added to the slot refused.
[[nodiscard]] bool has_refusal_inside(const ApprovalNode& run, const Slot& slot);
// Whether the slot still waits for signers who stand there beside it.
[[nodiscard]] bool waits_for(const ApprovalNode& run, const Slot& slot, SignerPos pos);
// The places of those who were added to the slot, to them in turn, and so on.
[[nodiscard]] std::vector<std::size_t> added_below(const std::vector<Slot>& slots,
                                                   std::string_view slot);
// Where a slot that is added to `slot`, or replaces it, is put.
[[nodiscard]] std::size_t place_after(const std::vector<Slot>& slots, const std::string& slot);

// The states in which undecided slots stand that hang on others: behind signers before them, or in
// a set that is not asked yet.
void put_sets_in_order(ApprovalNode& run);

// Moves the sets on after a decision in the node: opens whose turn it is, ends what is decided.
void settle_signers(Walk& walk, const Spot& spot);
// Closes a slot of an open round, and with it the undecided ones that were added to it.
void close_slot(Walk& walk, const Spot& spot, const std::string& slot, SlotState state,
                SkipReason reason);

}  // namespace duban
