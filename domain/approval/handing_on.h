// Handing a slot on: what is asked of the person to whom somebody gives a slot, for good or for an
// opinion, or whom he adds beside it.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>

#include "domain/approval/signer_events.h"
#include "domain/approval/standing.h"

namespace duban {

struct Receiver {
    PersonId person;
    std::string field;       // of the command, that named him
    UnitCode unit;           // whose persons alone it may be; empty for anybody
    bool any_sight = false;  // he sees the task by the slot
};

// Active; sees the approval; of the unit whose seat is given on; without an undecided slot in the
// node; not the author, where the node keeps him out.
// Errors: invalid_argument, rules no_sight, other_unit, already_signer, own_report.
[[nodiscard]] Status check_receiver(const TaskState& task, const Standing& standing,
                                    const Receiver& receiver, const Facts& facts);
// The slot goes to the receiver for good.
[[nodiscard]] SlotTransferred transfer_of(const Standing& standing, const ApprovalId& approval,
                                          const Receiver& receiver, bool reassigned,
                                          const std::string& opinion);
// The act of a holder on his open slot, in the order in which refusals speak.
[[nodiscard]] Result<Standing> require_act(const TaskState& task, const ApprovalId& approval,
                                           const std::string& node, const std::string& slot,
                                           Act act, const Facts& facts);

}  // namespace duban
