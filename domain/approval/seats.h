// Whom a route's selectors mean in a task, and who holds a slot today. Holders are computed, never
// kept: a new head may act at once, a former one may not.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/approval/route.h"
#include "domain/approval/walk.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/directory/directory.h"
#include "domain/task/task.h"

namespace duban {

// In what the selectors are read.
struct SeatScope {
    const TaskState& task;
    UnitCode own;   // the subject's unit
    UnitCode each;  // whose run it is, in an each
};

// The seats of a selector of unit and post, in order. Where the office itself has a part in the
// task, the leader stands in for it: it must not decide on its own unit's work as the office.
[[nodiscard]] std::vector<Seat> seats_meant(const std::string& unit, Post post,
                                            const SeatScope& scope);
[[nodiscard]] Seat seat_meant(const SeatSelector& selector, const SeatScope& scope);
// Those of every selector that names a seat, each once.
[[nodiscard]] std::vector<Seat> seats_meant(const std::vector<Selector>& selectors,
                                            const SeatScope& scope);

// A slot for each whom a node asks, equal ones once, numbered and open. Picked persons come from
// the command, or from the node's last round. Errors: rule pick.
[[nodiscard]] Result<std::vector<Slot>> slots_meant(const Walk& walk, const Spot& spot);

// The active persons who hold the slot by themselves, of the task's units or not, ordered, without
// `except`; empty when it is vacant.
[[nodiscard]] std::vector<PersonId> live_holders(const Slot& slot, const PersonId& except,
                                                 const TaskState& task, const Directory& directory);
// The same; while nobody holds the slot, the office's head (the leader, where the office itself has
// a part in the task, or nobody but `except` is the office's head), so that no approval waits for
// nobody.
[[nodiscard]] std::vector<PersonId> slot_holders(const Slot& slot, const PersonId& except,
                                                 const TaskState& task, const Directory& directory);

// The seat to which slots go that nobody holds: the settler's, or the leader's.
[[nodiscard]] Seat settling_seat(const Seat& settler, const PersonId& except,
                                 const Directory& directory);

// The slot as it stands today: a delegation whose delegate is gone is as if taken back.
[[nodiscard]] Slot slot_today(const Slot& slot, const TaskState& task, const Directory& directory);
// Whether somebody may act on the slot of an open node: it is asked, or waits for a delegate.
[[nodiscard]] bool can_act_now(const Slot& slot);
// The unit to whose persons alone the slot may be given on: of the seats of the task's units. Empty
// for slots of the office, of leaders and of persons named as such.
[[nodiscard]] UnitCode unit_kept(const Slot& slot, const TaskState& task);

// Whether the person may speak for a holder of the slot whose proxy he is: for his own unit's
// seats, or as somebody of no unit of the task; never on a subject that he started or wrote.
[[nodiscard]] bool may_be_proxy(const Slot& slot, const PersonId& principal, const PersonId& person,
                                const TaskState& task, const Approval& approval,
                                const Directory& directory);

// The start seats of a unit: who may submit for it.
[[nodiscard]] std::vector<Seat> start_seats(const RoutePlan& plan, const TaskState& task,
                                            const UnitCode& unit);

}  // namespace duban
