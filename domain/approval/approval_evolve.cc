#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/base/event_kind.ipp"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

// To be changed; nullptr when there is none.
Approval* approval_in(TaskState& task, const ApprovalId& id) {
    for (std::size_t i = 0; i < task.approvals.size(); ++i) {
        if (task.approvals[i].no == id.no) return &task.approvals.edit(i);
    }
    return nullptr;
}

// To be changed; made when it was never reached.
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

void begin_round(ApprovalNode& node, std::uint32_t round, const Stamp& stamp) {
    node.round = round;
    node.opened = stamp.time;
    node.reason = SkipReason::none;
    node.returned.reset();
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

void pop_returns(Approval& approval, const std::string& target) {
    std::erase_if(approval.stack, [&](const PendingReturn& one) { return one.to == target; });
}

template <class Decided>
Slot* decide_slot(TaskState& task, const Decided& event, SlotState state, Said said,
                  const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return nullptr;
    auto* slot = slot_in(node_in(*approval, event.node), event.slot);
    if (slot == nullptr) return nullptr;
    slot->state = state;
    slot->said = said;
    slot->by = stamp.actor;
    slot->on_behalf_of = stamp.on_behalf_of;
    slot->opinion = event.opinion;
    slot->revision = event.revision;
    slot->at = stamp.time;
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
    approval.started = stamp.time;
    approval.revision = event.revision;
    approval.revision_digest = event.revision_digest;
    task.approvals.push_back(std::move(approval));
    task.open_approvals.edit().push_back(event.approval.no);
    if (auto* report = report_in(task, event.subject.id.no)) report->approval = event.approval.no;
}

static void apply(TaskState& task, const ApprovalResubmitted& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    approval->state = ApprovalState::running;
    approval->revision = event.revision;
    approval->revision_digest = event.revision_digest;
    if (auto* report = report_in(task, report_of(*approval))) {
        report->state = ReportState::in_approval;
    }
}

static void apply(TaskState& task, const RoundOpened& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = node_in(*approval, event.node);
    begin_round(node, event.round, stamp);
    node.state = NodeState::open;
    node.fill = event.fill;
    node.mode = event.mode;
    node.except = event.except;
    const auto before = std::exchange(node.slots, event.slots);
    for (Slot& slot : node.slots) {
        if (slot.state == SlotState::kept) keep_decision(slot, before);
    }
    if (!event.fill) return;
    approval->state = ApprovalState::returned;
    if (auto* report = report_in(task, report_of(*approval))) {
        report->state = ReportState::returned;
    }
}

static void apply(TaskEvolution& task, const NodeSkipped& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = node_in(*approval, event.node);
    begin_round(node, event.round, stamp);
    node.state = NodeState::skipped;
    node.reason = event.reason;
    node.slots = event.slots;
    node.branches.clear();
    node.units.clear();
    Round round;
    round.reason = enum_name(event.reason);
    put_down(task, *approval, node, std::move(round), stamp);
    pop_returns(*approval, event.node);
}

static void apply(TaskState& task, const SlotOpened& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = node_in(*approval, event.node);
    if (auto* slot = slot_in(node, event.slot.slot)) {
        *slot = event.slot;
    } else {
        node.slots.push_back(event.slot);
    }
}

static void apply(TaskState& task, const SlotClosed& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto* slot = slot_in(node_in(*approval, event.node), event.slot);
    if (slot == nullptr) return;
    slot->state = event.state;
    slot->reason = event.reason;
}

// The rest of the pool is asked no longer, and again after a release.
static void apply(TaskState& task, const SlotClaimed& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (Slot& slot : node_in(*approval, event.node).slots) {
        if (slot.state != SlotState::open && slot.state != SlotState::idle) continue;
        const bool claimed = slot.slot == event.slot;
        slot.state = claimed ? SlotState::open : SlotState::idle;
        slot.bound = claimed ? event.person : PersonId();
    }
}

static void apply(TaskState& task, const SlotReleased& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (Slot& slot : node_in(*approval, event.node).slots) {
        if (slot.state == SlotState::idle) slot.state = SlotState::open;
        if (slot.slot == event.slot) slot.bound = PersonId();
    }
}

static void apply(TaskState& task, const SlotApproved& event, const Stamp& stamp) {
    decide_slot(task, event, SlotState::approved, Said::yes, stamp);
}

static void apply(TaskState& task, const SlotRejected& event, const Stamp& stamp) {
    decide_slot(task, event, SlotState::rejected, Said::no, stamp);
}

static void apply(TaskState& task, const SlotReturned& event, const Stamp& stamp) {
    const auto* slot = decide_slot(task, event, SlotState::returned, Said::nothing, stamp);
    auto* approval = approval_in(task, event.approval);
    if (slot == nullptr || approval == nullptr) return;
    auto& node = node_in(*approval, event.node);
    node.returned = ReturnedTo{event.to, event.then, event.branches};
    if (event.within) return;
    const auto& by = stamp.on_behalf_of.empty() ? stamp.actor : stamp.on_behalf_of;
    approval->stack.push_back(
        {event.node, event.slot, by, event.to, event.then, event.branches, event.revision});
}

static void apply(TaskEvolution& task, const RoundEnded& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = node_in(*approval, event.node);
    if (node.round != event.round) begin_round(node, event.round, stamp);
    node.fill = node.fill || event.fill;
    node.state = event.end;
    for (Slot& slot : node.slots) {
        if (slot.state == SlotState::open || slot.state == SlotState::idle) {
            slot.state = SlotState::cancelled;
        }
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
    if (is_passed(event.end)) pop_returns(*approval, event.node);
}

static void apply(TaskState& task, const BlockEntered& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    auto& node = node_in(*approval, event.node);
    node.state = NodeState::open;
    if (event.resumed) return;
    begin_round(node, event.round, stamp);
    node.branches = event.branches;
    node.units.clear();
    for (const auto& unit : event.units) node.units.push_back({unit, UnitRunState::open});
}

static void apply(TaskState& task, const UnitRunChanged& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (UnitRun& run : node_in(*approval, event.node).units) {
        if (run.unit == event.unit) run.state = event.state;
    }
}

static void apply(TaskState& task, const GotoTaken& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval != nullptr) ++node_in(*approval, event.node).taken;
}

static void apply(TaskState& task, const NodesReset& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr) return;
    for (const auto& address : event.nodes) {
        auto& node = node_in(*approval, address);
        // How a round ended that was open stays to be seen until the node is reached again.
        if (is_passed(node.state) || node.state == NodeState::open ||
            node.state == NodeState::rejected) {
            node.state = NodeState::idle;
        }
        node.branches.clear();
        node.units.clear();
    }
    for (const auto& address : event.suspended) {
        node_in(*approval, address).state = NodeState::idle;
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
    const bool passed = event.result == ApprovalResult::passed;
    approval->state = passed ? ApprovalState::passed : ApprovalState::rejected;
    approval->stack.clear();
    std::erase(task.open_approvals.edit(), event.approval.no);
    close_report(task, report_of(*approval),
                 passed ? ReportState::accepted : ReportState::rejected);
}

DUBAN_APPROVAL_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
