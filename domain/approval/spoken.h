// Spoken: evolve's record of who has decided in an approval, and of the revisions for which he did.
// It is a part of the state, because closed rounds are history and decisions read the state alone.
// Not for callers: what follows of it for sight is in sight.h.
// Thread-safety: one thread at a time.
#pragma once

#include <cstdint>

#include "domain/approval/approval.h"

namespace duban {

// Whose the slot is: the unit's of whose seat it is or from which it came to the person, else the
// person's.
[[nodiscard]] Party party_of(const Slot& slot);
void note_spoken(Approval& approval, const Party& party, std::uint32_t revision);
// Everybody whose decision stands in a node that was passed, for the present revision.
void note_standing(Approval& approval);

}  // namespace duban
