#include <algorithm>
#include <utility>

#include "domain/approval/approval_changes.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/signers.h"
#include "domain/approval/spoken.h"
#include "domain/base/event_kind.ipp"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

bool is_blank(const ApprovalNode& node) {
    return node.branches.empty() && node.units.empty();
}

// What the decision of the round before leaves standing.
void keep_decision(Slot& slot, const std::vector<Slot>& before) {
    const auto old = std::ranges::find(before, slot.slot, &Slot::slot);
    if (old == before.end()) return;
    slot.said = old->said;
    slot.by = old->by;
    slot.on_behalf_of = old->on_behalf_of;
    slot.opinion = old->opinion;
    slot.revision = old->revision;
    slot.at = old->at;
}

ApprovalState state_after(ApprovalResult result) {
    switch (result) {
        case ApprovalResult::passed:
            return ApprovalState::passed;
        case ApprovalResult::rejected:
            return ApprovalState::rejected;
        case ApprovalResult::withdrawn:
            return ApprovalState::withdrawn;
        case ApprovalResult::ended:
            return ApprovalState::ended;
        case ApprovalResult::voided:
            break;
    }
    return ApprovalState::voided;
}

ReportState report_state_after(ApprovalResult result) {
    switch (result) {
        case ApprovalResult::passed:
            return ReportState::accepted;
        case ApprovalResult::rejected:
            return ReportState::rejected;
        case ApprovalResult::withdrawn:
            return ReportState::withdrawn;
        case ApprovalResult::ended:
            return ReportState::ended;
        case ApprovalResult::voided:
            break;
    }
    return ReportState::voided;
}

void begin_round(ApprovalNode& node, std::uint32_t round, const Stamp& stamp) {
    node.round = round;
    node.opened = stamp.time;
    node.reason = SkipReason::none;
    node.returned.reset();
    node.due.reset();
}

// Puts the closed round down for good. `person` is who ended it.
void put_down(TaskEvolution& task, Approval& approval, const ApprovalNode& node, Round round,
              const Stamp& stamp) {
    round.node = node.node;
    round.round = node.round;
    round.end = node.state;
    round.returned = node.returned;
    round.revision = approval.revision;
    round.revision_digest = approval.revision_digest;
    round.opened = node.opened;
    round.time = stamp.time;
    round.slots = node.slots;
    task.over.rounds.push_back({approval.no, ++approval.ended, std::move(round)});
}

void pop_returns(Approval& approval, const std::string& target, const Stamp& stamp) {
    for (const PendingReturn& one : approval.stack) {
        if (one.to == target) note_answered(approval, one, stamp);
    }
    std::erase_if(approval.stack, [&](const PendingReturn& one) { return one.to == target; });
}

template <class Decided>
Slot* decide_slot(TaskState& task, const Decided& event, SlotState state, Said said,
                  const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return nullptr;
    begin_undo(*approval, event.node, event.round, event.slot, stamp);
    auto* slot = slot_in(node_in(*approval, event.node), event.slot);
    if (slot == nullptr) return nullptr;
    slot->state = state;
    slot->said = said;
    slot->by = stamp.actor;
    slot->on_behalf_of = stamp.on_behalf_of;
    slot->opinion = event.opinion;
    slot->revision = event.revision;
    slot->at = stamp.time;
    if (stamp.actor.value != system_actor) note_spoken(*approval, party_of(*slot), event.revision);
    return slot;
}

}  // namespace

static void apply(TaskState& task, const ApprovalOpened& event, const Stamp& stamp) {
    Approval approval;
    approval.no = event.approval.no;
    approval.route = event.route;
    approval.route_version = event.route_version;
    approval.subject = event.subject;
    approval.starter = stamp.actor;
    approval.parent = event.parent;
    approval.started = stamp.time;
    approval.revision = event.revision;
    approval.revision_digest = event.revision_digest;
    approval.reclaim = event.reclaim;
    note_spoken(approval, {event.subject.unit, {}}, event.revision);
    if (event.parent) {
        if (const auto* parent = find_approval(task, event.parent->approval)) {
            approval.starter = parent->starter;
        }
    }
    task.approvals.push_back(std::move(approval));
    task.open_approvals.edit().push_back(event.approval.no);
    auto* subject = subject_in(task, event.subject.id);
    if (subject != nullptr && !event.parent) subject->approval = event.approval.no;
}

static void apply(TaskState& task, const ApprovalResubmitted& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    approval->state = ApprovalState::running;
    approval->revision = event.revision;
    approval->revision_digest = event.revision_digest;
    note_spoken(*approval, {approval->subject.unit, {}}, event.revision);
    if (auto* subject = subject_in(task, approval->subject.id)) {
        subject->state = ReportState::in_approval;
    }
}

static void apply(TaskState& task, const RoundOpened& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = change_node(*approval, event.node, stamp);
    begin_round(node, event.round, stamp);
    node.state = NodeState::open;
    node.fill = event.fill;
    node.mode = event.mode;
    node.except = event.except;
    node.due = event.due;
    const auto before = std::exchange(node.slots, event.slots);
    for (Slot& slot : node.slots) {
        const bool stands = slot.state == SlotState::kept || slot.state == SlotState::passing ||
                            slot.state == SlotState::transferred;
        if (stands) keep_decision(slot, before);
        if (slot.state == SlotState::passing) slot.said = Said::nothing;
        if (slot.state == SlotState::kept) {
            note_spoken(*approval, party_of(slot), approval->revision);
        }
    }
    if (!event.fill) return;
    (approval->hold ? approval->hold->before : approval->state) = ApprovalState::returned;
    if (auto* subject = subject_in(task, approval->subject.id)) {
        subject->state = ReportState::returned;
    }
}

static void apply(TaskEvolution& task, const NodeSkipped& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = change_node(*approval, event.node, stamp);
    begin_round(node, event.round, stamp);
    node.state = NodeState::skipped;
    node.reason = event.reason;
    node.slots = event.slots;
    node.branches.clear();
    node.units.clear();
    Round round;
    round.reason = enum_name(event.reason);
    put_down(task, *approval, node, std::move(round), stamp);
    pop_returns(*approval, event.node, stamp);
}

static void apply(TaskState& task, const SlotOpened& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    note_round(*approval, event.node, stamp);
    auto& node = change_node(*approval, event.node, stamp);
    if (auto* slot = slot_in(node, event.slot.slot)) {
        *slot = event.slot;
    } else {
        node.slots.push_back(event.slot);
    }
}

static void apply(TaskState& task, const SlotClosed& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    note_round(*approval, event.node, stamp);
    auto* slot = slot_in(change_node(*approval, event.node, stamp), event.slot);
    if (slot == nullptr) return;
    slot->state = event.state;
    slot->reason = event.reason;
}

// The rest of the pool is asked no longer, and again after a release.
static void apply(TaskState& task, const SlotClaimed& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (Slot& slot : change_node(*approval, event.node, stamp).slots) {
        if (slot.pos != SignerPos::none) continue;
        if (slot.state != SlotState::open && slot.state != SlotState::idle) continue;
        const bool claimed = slot.slot == event.slot;
        slot.state = claimed ? SlotState::open : SlotState::idle;
        slot.bound = claimed ? event.person : PersonId();
    }
}

static void apply(TaskState& task, const SlotReleased& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (Slot& slot : change_node(*approval, event.node, stamp).slots) {
        const bool waits = slot.state == SlotState::idle && slot.pos == SignerPos::none;
        if (waits) slot.state = SlotState::open;
        if (slot.slot == event.slot) slot.bound = PersonId();
    }
}

// Signers who were added may still have to speak, or have spoken against it.
static void apply(TaskState& task, const SlotApproved& event, const Stamp& stamp) {
    auto* slot = decide_slot(task, event, SlotState::approved, Said::yes, stamp);
    auto* approval = approval_in(task, event.approval);
    if (slot == nullptr || approval == nullptr) return;
    const auto& node = node_in(*approval, event.node);
    if (waits_for(node, *slot, SignerPos::with) || waits_for(node, *slot, SignerPos::after)) {
        slot->state = SlotState::passing;
        slot->said = Said::nothing;
    } else if (has_refusal_inside(node, *slot)) {
        slot->said = Said::no;
    }
}

static void apply(TaskState& task, const SlotRejected& event, const Stamp& stamp) {
    auto* slot = decide_slot(task, event, SlotState::rejected, Said::no, stamp);
    if (slot != nullptr && event.veto) slot->veto = true;
}

static void apply(TaskState& task, const SlotReturned& event, const Stamp& stamp) {
    const auto* slot = decide_slot(task, event, SlotState::returned, Said::nothing, stamp);
    auto* approval = approval_in(task, event.approval);
    if (slot == nullptr || approval == nullptr) return;
    auto& node = node_in(*approval, event.node);
    if (event.within) {
        // The new round of the same node has other decisions.
        if (approval->reclaim) approval->undos.edit().back().before.push_back(node);
        node.returned = ReturnedTo{event.to, event.then, event.branches};
        return;
    }
    node.returned = ReturnedTo{event.to, event.then, event.branches};
    const auto& by = stamp.on_behalf_of.empty() ? stamp.actor : stamp.on_behalf_of;
    approval->stack.push_back(
        {event.node, event.slot, by, event.to, event.then, event.branches, event.revision});
}

static void apply(TaskEvolution& task, const RoundEnded& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    note_round(*approval, event.node, stamp);
    auto& node = change_node(*approval, event.node, stamp);
    if (node.round != event.round) begin_round(node, event.round, stamp);
    node.fill = node.fill || event.fill;
    node.state = event.end;
    for (Slot& slot : node.slots) {
        if (!is_undecided(slot.state)) continue;
        slot.state = SlotState::cancelled;
        slot.interrupted = true;
    }
    // The first fill is no longer waited for: the approval runs again, or is about to be closed.
    if (node.fill && event.end == NodeState::cancelled) {
        (approval->hold ? approval->hold->before : approval->state) = ApprovalState::running;
        auto* subject = subject_in(task, approval->subject.id);
        if (subject != nullptr) subject->state = ReportState::in_approval;
    }
    if (is_blank(node)) {
        Round round;
        round.reason = event.reason;
        round.opinion = event.opinion;
        const auto* decided = slot_in(node, event.slot);
        if (decided != nullptr) {
            round.person = decided->by;
            round.on_behalf_of = decided->on_behalf_of;
            round.opinion = decided->opinion;
        } else if (stamp.actor.value != system_actor && (node.fill || !node.slots.empty())) {
            round.person = stamp.actor;
            round.on_behalf_of = stamp.on_behalf_of;
        }
        put_down(task, *approval, node, std::move(round), stamp);
    }
    if (!is_passed(event.end)) return;
    pop_returns(*approval, event.node, stamp);
    // What a new pass has not reset stands for the revision with which the fill is passed.
    if (event.fill) note_standing(*approval);
}

static void apply(TaskState& task, const BlockEntered& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = change_node(*approval, event.node, stamp);
    node.state = NodeState::open;
    if (event.resumed) return;
    begin_round(node, event.round, stamp);
    node.branches = event.branches;
    node.units.clear();
    for (const auto& unit : event.units) node.units.push_back({unit, UnitRunState::open});
}

static void apply(TaskState& task, const UnitRunChanged& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (UnitRun& run : change_node(*approval, event.node, stamp).units) {
        if (run.unit == event.unit) run.state = event.state;
    }
}

static void apply(TaskState& task, const GotoTaken& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval != nullptr) ++change_node(*approval, event.node, stamp).taken;
}

static void apply(TaskState& task, const NodesReset& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (const auto& address : event.nodes) {
        auto& node = change_node(*approval, address, stamp);
        // How a round ended that was open stays to be seen until the node is reached again.
        if (is_passed(node.state) || node.state == NodeState::open ||
            node.state == NodeState::rejected) {
            node.state = NodeState::idle;
        }
        node.branches.clear();
        node.units.clear();
    }
    for (const auto& address : event.suspended) {
        change_node(*approval, address, stamp).state = NodeState::idle;
    }
}

static void apply(TaskState& task, const JumpRefused& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (PendingReturn& one : approval->stack) {
        one.then = Resume::rerun;
        one.branches = Branches::cancel;
    }
}

static void apply(TaskState& task, const ReturnDeferred& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval != nullptr) approval->stack.push_back(event.back);
}

static void apply(TaskState& task, const CopiesSent& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (const auto& person : event.to) {
        Copy copy;
        copy.to = person;
        copy.by = stamp.actor;
        copy.reason = event.reason;
        copy.node = event.node;
        copy.at = stamp.time;
        copy.diff = event.diff;
        approval->copies.push_back(std::move(copy));
    }
}

static void apply(TaskState& task, const ApprovalCopied& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (const auto& person : event.to) {
        Copy copy;
        copy.to = person;
        copy.by = stamp.actor;
        copy.reason = CopyReason::manual;
        copy.at = stamp.time;
        approval->copies.push_back(std::move(copy));
    }
}

static void apply(TaskState& task, const ApprovalRead& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (std::size_t i = 0; i < approval->copies.size(); ++i) {
        const Copy& copy = approval->copies[i];
        if (copy.to == stamp.actor && !copy.read_at) approval->copies.edit(i).read_at = stamp.time;
    }
}

static void apply(TaskState& task, const ApprovalClosed& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    approval->state = state_after(event.result);
    approval->ended_reason = event.reason;
    approval->hold.reset();
    approval->stopped.reset();
    approval->stack.clear();
    approval->undos = {};
    std::erase(task.open_approvals.edit(), event.approval.no);
    // The fate of the subject hangs on the parent.
    if (approval->parent) return;
    close_subject(task, approval->subject.id, report_state_after(event.result));
}

static void apply(TaskState& task, const ApprovalMigrated& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval != nullptr) approval->route_version = event.to;
}

DUBAN_APPROVAL_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
