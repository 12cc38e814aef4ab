#include "domain/approval/approval.h"

#include <algorithm>
#include <utility>

#include "domain/approval/approval_changes.h"

namespace duban {

bool is_pooled(const ApprovalNode& node, const Slot& slot) {
    return node.mode == NodeMode::claim && slot.bound.empty() && !slot.superior && !slot.escalated;
}

bool is_same_return(const PendingReturn& one, const PendingReturn& other) {
    return one.from == other.from && one.slot == other.slot && one.by == other.by &&
           one.revision == other.revision;
}

std::optional<Timestamp> next_moment(const NodeDue& due) {
    if (due.up) return std::nullopt;
    std::optional<Timestamp> next;
    if (due.over != Over::remind) next = due.at;
    if (!due.remind.empty() && (!next || due.remind.front() < *next)) next = due.remind.front();
    return next;
}

const ApprovalNode* find_node(const Approval& approval, std::string_view address) {
    const auto found = std::find_if(approval.nodes.begin(), approval.nodes.end(),
                                    [&](const ApprovalNode& one) { return one.node == address; });
    return found == approval.nodes.end() ? nullptr : &*found;
}

const Slot* find_slot(const ApprovalNode& node, std::string_view slot) {
    const auto found = std::ranges::find(node.slots, slot, &Slot::slot);
    return found == node.slots.end() ? nullptr : &*found;
}

Approval* approval_in(TaskState& task, const ApprovalId& id) {
    for (std::size_t i = 0; i < task.approvals.size(); ++i) {
        if (task.approvals[i].no == id.no) return &task.approvals.edit(i);
    }
    return nullptr;
}

ApprovalNode& node_in(Approval& approval, const std::string& address) {
    std::size_t at = 0;
    while (at < approval.nodes.size() && approval.nodes[at].node != address) ++at;
    if (at == approval.nodes.size()) {
        ApprovalNode made;
        made.node = address;
        approval.nodes.push_back(std::move(made));
    }
    return approval.nodes.edit(at);
}

Slot* slot_in(ApprovalNode& node, const std::string& slot) {
    const auto found = std::ranges::find(node.slots, slot, &Slot::slot);
    return found == node.slots.end() ? nullptr : &*found;
}

}  // namespace duban
