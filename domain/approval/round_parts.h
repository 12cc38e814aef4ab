// What rounds are made of: whom a slot is for, and how a round is opened anew.
// Not for callers: use rounds.h. Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>
#include <vector>

#include "domain/approval/seats.h"
#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

// Who is not asked in the node, although he holds a seat of it; "" for nobody.
[[nodiscard]] PersonId excepted(const Walk& walk, const Spot& spot);
[[nodiscard]] SeatScope scope_of(const Walk& walk, const Spot& spot);
void skip_slot(Slot& slot, SkipReason reason);
// Whom the slot is for, once it is known who holds it. Errors: rule no_holder.
[[nodiscard]] Status judge_slot(Walk& walk, const Spot& spot, Slot& slot);
// The slot goes to whoever settles what waits for nobody. Errors: rule no_holder.
[[nodiscard]] Status give_to_office(Walk& walk, const RouteNode& node, Slot& slot);

// The first undecided slot keeps its turn, the later ones wait for theirs.
void put_in_turn(std::vector<Slot>& slots);
// Opens the round with these slots; with nobody left to ask, the node is passed over.
[[nodiscard]] Status begin_round(Walk& walk, const Spot& spot, std::vector<Slot> slots);
// The slots of the newest round as it was before it was interrupted, with that slot open again for
// that person ("": for nobody in particular). Errors: rule no_holder.
[[nodiscard]] Result<std::vector<Slot>> interrupted_slots(Walk& walk, const Spot& spot,
                                                          const std::string& asked,
                                                          const PersonId& person);

}  // namespace duban
