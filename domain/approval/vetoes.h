// Vetoes of a vote (R19): the slots whose refusal fails it, by the seat or person that they name,
// or by a seat that whoever speaks for them holds.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <vector>

#include "domain/approval/walk.h"

namespace duban {

// Marks those of a new round.
void mark_vetoes(const Walk& walk, const Spot& spot, std::vector<Slot>& slots);
// Whether the person is named in the veto of the node, or holds a seat that is. False in any node
// but a vote.
[[nodiscard]] bool may_veto(const Walk& walk, const Spot& spot, const PersonId& person);
// Whether the slot may veto, as those hold it who do today.
[[nodiscard]] bool may_veto(const Walk& walk, const Spot& spot, const Slot& slot);

}  // namespace duban
