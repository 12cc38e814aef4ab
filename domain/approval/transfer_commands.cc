#include <algorithm>
#include <utility>

#include "domain/approval/handing_on.h"
#include "domain/approval/seats.h"
#include "domain/approval/signer_commands.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// The only open node that asks somebody.
Result<std::string> only_open_node(const Approval& approval) {
    std::string address;
    for (const ApprovalNode& run : approval.nodes) {
        if (run.state != NodeState::open || run.slots.empty() || run.fill) continue;
        if (!address.empty()) {
            return fail(Errc::invalid_argument,
                        "Several nodes are open: " + address + ", " + run.node +
                            "; name the one that is meant.",
                        "node");
        }
        address = run.node;
    }
    return address;
}

// The slot that the head of the office means.
Result<Standing> slot_meant(const TaskState& task, const ReassignSlot& command,
                            const Facts& facts) {
    Standing standing;
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    standing.approval = *approval;
    const auto head = require_judge(task, facts, {settler_of(task)}, "reassign an approval's work");
    if (!head) return refusal(head);
    standing.on_behalf_of = head->on_behalf_of;
    auto running = require_not_held(task, "reassign work in its approvals").and_then([&] {
        return check_approval_running(task, **approval);
    });
    if (!running) return refusal(running);
    const auto plan = plan_of(**approval, facts);
    if (!plan) return refusal(plan);
    standing.plan = *plan;
    auto address = command.node.empty() ? only_open_node(**approval) : command.node;
    if (!address) return refusal(address);
    standing.spot = Walk(task, (*approval)->no, **plan, facts, {}).spot_of(*address);
    standing.run = find_node(**approval, *address);
    standing.address = std::move(*address);
    if (standing.spot.place == no_place) {
        return fail(Errc::invalid_argument, "The route has no node \"" + standing.address + "\".",
                    "node");
    }
    if (!standing.is_open() || standing.run->slots.empty() || standing.run->fill) {
        return refuse("node_not_open",
                      name_of(standing.node()) + " asks nobody in this approval now.", "node");
    }
    const auto& slots = standing.run->slots;
    const auto found = std::ranges::find_if(slots, [&](const Slot& slot) {
        return command.slot.empty() ? can_act_now(slot) : slot.slot == command.slot;
    });
    if (found == slots.end()) {
        return fail(Errc::invalid_argument,
                    standing.address + " has no open slot \"" + command.slot + "\".", "slot");
    }
    standing.slot = &*found;
    return standing;
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const TransferSlot& command,
                                   const Facts& facts) {
    const auto standing =
        require_act(task, command.approval, command.node, command.slot, Act::transfer, facts);
    if (!standing) return refusal(standing);
    const Receiver receiver{command.to, "to", unit_kept(*standing->slot, task), false};
    auto checked = limit_text(command.opinion, "opinion", opinion_characters_max).and_then([&] {
        return check_receiver(task, *standing, receiver, facts);
    });
    if (!checked) return refusal(checked);
    return decision_of({transfer_of(*standing, command.approval, receiver, false, command.opinion)},
                       standing->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const ReassignSlot& command,
                                   const Facts& facts) {
    const auto standing = slot_meant(task, command, facts);
    if (!standing) return refusal(standing);
    const SlotState state = standing->slot->state;
    if (!is_undecided(state) || state == SlotState::passing) {
        return refuse("already_decided",
                      "Slot " + standing->slot->slot + " of " + name_of(standing->node()) +
                          " is not asked any more.",
                      "slot");
    }
    const Receiver receiver{command.to, "to", {}, true};
    auto checked = require_text(command.opinion, "opinion", opinion_characters_max).and_then([&] {
        return check_receiver(task, *standing, receiver, facts);
    });
    if (!checked) return refusal(checked);
    return decision_of({transfer_of(*standing, command.approval, receiver, true, command.opinion)},
                       standing->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(TransferSlot)
DUBAN_DEFINE_COMMAND(ReassignSlot)

}  // namespace duban
