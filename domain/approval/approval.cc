#include "domain/approval/approval.h"

#include <algorithm>

namespace duban {

const ApprovalNode* find_node(const Approval& approval, std::string_view address) {
    const auto found = std::find_if(approval.nodes.begin(), approval.nodes.end(),
                                    [&](const ApprovalNode& one) { return one.node == address; });
    return found == approval.nodes.end() ? nullptr : &*found;
}

const Slot* find_slot(const ApprovalNode& node, std::string_view slot) {
    const auto found = std::ranges::find(node.slots, slot, &Slot::slot);
    return found == node.slots.end() ? nullptr : &*found;
}

}  // namespace duban
