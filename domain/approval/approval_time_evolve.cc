#include "domain/approval/approval_changes.h"
#include "domain/approval/approval_time_events.h"
#include "domain/approval/signers.h"
#include "domain/base/event_kind.ipp"
#include "domain/task/task_changes.h"

namespace duban {
namespace {

// To be changed; nullptr when the event is about another round than the one that is there.
ApprovalNode* round_in(TaskState& task, const ApprovalId& id, const std::string& address,
                       std::uint32_t round) {
    auto* approval = approval_in(task, id);
    if (approval == nullptr) return nullptr;
    const auto* known = find_node(*approval, address);
    if (known == nullptr || known->round != round) return nullptr;
    return &node_in(*approval, address);
}

// Signers who were added and do not vote end with the slot beside which they stand.
void time_out(Slot& slot, NodeMode mode, Over over, Timestamp now) {
    if (!is_undecided(slot.state)) return;
    if (!counts_alone(slot, mode)) {
        slot.state = SlotState::cancelled;
        slot.interrupted = over == Over::return_;
        return;
    }
    // Who has approved was not silent: only those whom he added were.
    const bool decides = over == Over::deem || over == Over::pass || over == Over::reject;
    if (slot.state == SlotState::passing && decides) {
        slot.state = SlotState::approved;
        slot.said = over == Over::reject ? Said::no : Said::yes;
        return;
    }
    slot.state = over == Over::deem ? SlotState::deemed : SlotState::timed_out;
    slot.at = now;
    if (over == Over::deem || over == Over::pass) slot.said = Said::yes;
    if (over == Over::reject) slot.said = Said::no;
}

}  // namespace

static void apply(TaskState& task, const RoundReminded& event, const Stamp& stamp) {
    auto* node = round_in(task, event.approval, event.node, event.round);
    if (node == nullptr || !node->due) return;
    std::erase_if(node->due->remind, [&](Timestamp moment) { return moment <= stamp.time; });
    ++node->due->reminded;
}

static void apply(TaskState& task, const RoundTimedOut& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    auto* node = round_in(task, event.approval, event.node, event.round);
    if (approval == nullptr || node == nullptr) return;
    note_change(*approval, event.node, stamp);
    if (node->due) {
        node->due->up = true;
        node->due->remind.clear();
    }
    for (Slot& slot : node->slots) time_out(slot, node->mode, event.over, stamp.time);
    if (!event.returned) return;
    node->returned = event.returned;
    // A node that is asked anew comes back from nowhere.
    if (event.returned->to == event.node) return;
    approval->stack.push_back({event.node,
                               {},
                               {},
                               event.returned->to,
                               event.returned->then,
                               event.returned->branches,
                               approval->revision});
}

static void apply(TaskState& task, const ApprovalHeld& event, const Stamp& stamp) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr || !is_asking(*approval)) return;
    approval->hold = ApprovalHold{stamp.actor, stamp.time, approval->state};
    approval->state = ApprovalState::held;
    if (!approval->stopped) approval->stopped = stamp.time;
}

static void apply(TaskState& task, const ApprovalResumed& event, const Stamp&) {
    auto* approval = approval_in(task, event.approval);
    if (approval == nullptr || !approval->hold) return;
    approval->state = approval->hold->before;
    approval->hold.reset();
    if (!is_held(task)) approval->stopped.reset();
}

static void apply(TaskState& task, const ClocksMoved& event, const Stamp&) {
    auto* node = round_in(task, event.approval, event.node, event.round);
    if (node == nullptr) return;
    if (event.due) node->due = event.due;
    for (const SlotClock& clock : event.slots) {
        if (auto* slot = slot_in(*node, clock.slot)) slot->stuck_at = clock.stuck_at;
    }
}

void stop_clocks(TaskState& task, Timestamp now) {
    for (std::size_t i = 0; i < task.approvals.size(); ++i) {
        const Approval& approval = task.approvals[i];
        if (is_open(approval) && !approval.stopped) task.approvals.edit(i).stopped = now;
    }
}

void start_clocks(TaskState& task) {
    for (std::size_t i = 0; i < task.approvals.size(); ++i) {
        const Approval& approval = task.approvals[i];
        if (approval.stopped && !approval.hold) task.approvals.edit(i).stopped.reset();
    }
}

DUBAN_APPROVAL_TIME_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
