#include "domain/approval/spoken.h"

#include <algorithm>

namespace duban {
namespace {

bool has_decided(const Slot& slot) {
    return !slot.by.empty() && slot.by.value != system_actor &&
           (slot.state == SlotState::approved || slot.state == SlotState::rejected ||
            slot.state == SlotState::kept);
}

}  // namespace

Party party_of(const Slot& slot) {
    if (slot.seat) return {slot.seat->unit, {}};
    if (!slot.unit.empty()) return {slot.unit, {}};
    return {{}, slot.person};
}

void note_spoken(Approval& approval, const Party& party, std::uint32_t revision) {
    auto known = std::ranges::find(approval.spoken, party, &Spoken::party);
    if (known == approval.spoken.end()) {
        approval.spoken.push_back({party, {}});
        known = std::prev(approval.spoken.end());
    }
    auto& revisions = known->revisions;
    const auto at = std::ranges::lower_bound(revisions, revision);
    if (at == revisions.end() || *at != revision) revisions.insert(at, revision);
}

void note_standing(Approval& approval) {
    for (const ApprovalNode& node : approval.nodes) {
        const bool stands = is_passed(node.state) || node.state == NodeState::rejected;
        if (!stands || node.fill) continue;
        for (const Slot& slot : node.slots) {
            if (has_decided(slot)) note_spoken(approval, party_of(slot), approval.revision);
        }
    }
}

}  // namespace duban
