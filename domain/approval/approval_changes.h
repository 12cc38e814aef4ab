// What the families of events of an approval change alike; parts of which evolve consists.
// Not for callers: use evolve (task.h). Total, as evolve is. Thread-safety: one thread at a time.
#pragma once

#include <string>

#include "domain/approval/approval.h"
#include "domain/base/event_stamp.h"
#include "domain/task/task_changes.h"

namespace duban {

// To be changed; nullptr when there is none.
[[nodiscard]] Approval* approval_in(TaskState& task, const ApprovalId& id);
// To be changed; made when it was never reached.
[[nodiscard]] ApprovalNode& node_in(Approval& approval, const std::string& address);
// Called before a node is changed: what follows from the newest decision is put into its undo, and
// any other change ends the undos that speak of the node. (undo_evolve.cc)
void note_change(Approval& approval, const std::string& address, const Stamp& stamp);
// The same, and the node to be changed.
[[nodiscard]] inline ApprovalNode& change_node(Approval& approval, const std::string& address,
                                               const Stamp& stamp) {
    note_change(approval, address, stamp);
    return node_in(approval, address);
}
// Called before a slot is decided. (undo_evolve.cc)
void begin_undo(Approval& approval, const std::string& address, std::uint32_t round,
                const std::string& slot, const Stamp& stamp);
// Called before slots of a round change, or it ends, beside the one that is decided.
// (undo_evolve.cc)
void note_round(Approval& approval, const std::string& address, const Stamp& stamp);
// A return is answered. (undo_evolve.cc)
void note_answered(Approval& approval, const PendingReturn& answered, const Stamp& stamp);

// nullptr when there is none.
[[nodiscard]] Slot* slot_in(ApprovalNode& node, const std::string& slot);
// The slot of an event that names approval, node and slot; nullptr when there is none.
template <class E>
[[nodiscard]] Slot* slot_of(TaskState& task, const E& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    return approval == nullptr ? nullptr
                               : slot_in(change_node(*approval, event.node, stamp), event.slot);
}

}  // namespace duban
