// What decisions changed, kept while it can be taken back.
#include <algorithm>
#include <utility>

#include "domain/approval/approval_changes.h"

namespace duban {
namespace {

bool speaks_of(const Undo& undo, const std::string& address) {
    return undo.node == address ||
           std::ranges::find(undo.before, address, &ApprovalNode::node) != undo.before.end();
}

bool follows(const Undo& undo, const Stamp& stamp) {
    return undo.by == stamp.actor && undo.at == stamp.time;
}

ApprovalNode image_of(const Approval& approval, const std::string& address) {
    const auto* node = find_node(approval, address);
    if (node != nullptr) return *node;
    ApprovalNode blank;
    blank.node = address;
    return blank;
}

}  // namespace

void begin_undo(Approval& approval, const std::string& address, std::uint32_t round,
                const std::string& slot, const Stamp& stamp) {
    if (!approval.reclaim) return;
    auto& undos = approval.undos.edit();
    std::erase_if(undos, [&](const Undo& undo) { return speaks_of(undo, address); });
    Undo undo;
    undo.node = address;
    undo.round = round;
    undo.slot = slot;
    undo.by = stamp.actor;
    undo.at = stamp.time;
    undos.push_back(std::move(undo));
}

void note_change(Approval& approval, const std::string& address, const Stamp& stamp) {
    if (approval.undos->empty()) return;
    const bool recording = follows(approval.undos->back(), stamp);
    const bool spoken_of = std::ranges::any_of(
        *approval.undos, [&](const Undo& undo) { return speaks_of(undo, address); });
    if (!recording && !spoken_of) return;
    auto& undos = approval.undos.edit();
    const auto others = undos.end() - (recording ? 1 : 0);
    undos.erase(std::remove_if(undos.begin(), others,
                               [&](const Undo& undo) { return speaks_of(undo, address); }),
                others);
    if (recording && !speaks_of(undos.back(), address)) {
        undos.back().before.push_back(image_of(approval, address));
    }
}

void note_round(Approval& approval, const std::string& address, const Stamp& stamp) {
    if (approval.undos->empty() || !follows(approval.undos->back(), stamp)) return;
    const Undo& newest = approval.undos->back();
    const auto* node = find_node(approval, address);
    const bool own = newest.node == address && node != nullptr && node->round == newest.round;
    const bool kept =
        std::ranges::find(newest.before, address, &ApprovalNode::node) != newest.before.end();
    if (own && !kept) approval.undos.edit().back().before.push_back(*node);
}

void note_answered(Approval& approval, const PendingReturn& answered, const Stamp& stamp) {
    if (approval.undos->empty() || !follows(approval.undos->back(), stamp)) return;
    auto& all = approval.undos.edit().back().answered;
    // Of one that was deferred, what it waited for first.
    const bool known = std::ranges::any_of(
        all, [&](const PendingReturn& one) { return is_same_return(one, answered); });
    if (!known) all.push_back(answered);
}

}  // namespace duban
