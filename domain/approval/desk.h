// Desk: the slots of open approvals that are somebody's own, whatever posts he holds: those that
// name him, those that are bound to him, and those on which he is asked for his opinion. What only
// his seat makes his is not on it: that goes with the seat.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <set>

#include "domain/approval/approval.h"
#include "domain/directory/directory.h"
#include "domain/task/task.h"

namespace duban {

// The persons whom undecided slots name, in any of these ways. Empty for an approval that is
// closed. It asks no directory, so some may hold what names them no longer.
[[nodiscard]] std::set<PersonId> desk_persons(const Approval& approval);
// Whether an approval of the task names him.
[[nodiscard]] bool is_on_desk(const TaskState& task, const PersonId& person);

// own: he is to decide, now or later, though he may wait for others. lent: he was asked for his
// opinion on somebody else's slot.
enum class DeskHold { none, own, lent };
// What the slot of an open node is to him today. A slot that he has approved and that waits for the
// signers behind him is none of his.
[[nodiscard]] DeskHold desk_hold(const Slot& slot, const ApprovalNode& run, const PersonId& person,
                                 const TaskState& task, const Directory& directory);

}  // namespace duban
