#include "domain/approval/stuck.h"

#include <algorithm>

namespace duban {

bool is_stuck(const Approval& approval, const ApprovalNode& node, const Slot& slot, Timestamp now) {
    const bool waits = node.state == NodeState::open && slot.state == SlotState::open;
    if (!waits || !slot.escalated || !is_open(approval)) return false;
    return slot.stuck_at <= approval.stopped.value_or(now);
}

std::int32_t stuck_approvals(const TaskState& task, Timestamp now) {
    std::int32_t count = 0;
    for (const std::uint32_t no : *task.open_approvals) {
        const auto* approval = find_approval(task, no);
        if (approval == nullptr) continue;
        const bool stuck = std::any_of(
            approval->nodes.begin(), approval->nodes.end(), [&](const ApprovalNode& node) {
                return std::ranges::any_of(node.slots, [&](const Slot& slot) {
                    return is_stuck(*approval, node, slot, now);
                });
            });
        count += stuck ? 1 : 0;
    }
    return count;
}

}  // namespace duban
