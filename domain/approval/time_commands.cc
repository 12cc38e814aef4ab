#include "domain/approval/time_commands.h"

#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/approval_time_events.h"
#include "domain/approval/flow.h"
#include "domain/approval/returns.h"
#include "domain/approval/rounds.h"
#include "domain/approval/seats.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// The round for whose clock the command was sent; nullptr when that does not go off now.
const ApprovalNode* round_to_keep(const TaskState& task, const KeepTime& command, Timestamp now) {
    const auto* approval = find_approval(task, command.approval.no);
    if (approval == nullptr || !goes_on_in_approvals(task)) return nullptr;
    if (!is_asking(*approval)) return nullptr;
    const auto* run = find_node(*approval, command.node);
    if (run == nullptr || run->state != NodeState::open || run->round != command.round) {
        return nullptr;
    }
    const auto next = run->due ? next_moment(*run->due) : std::nullopt;
    return next == command.at && now >= command.at ? run : nullptr;
}

void remind(Walk& walk, const ApprovalNode& run) {
    std::vector<PersonId> to;
    for (const Slot& slot : run.slots) {
        if (slot.state != SlotState::open) continue;
        for (auto& person : slot_holders(slot, run.except, walk.task(), walk.directory())) {
            to.push_back(std::move(person));
        }
    }
    std::ranges::sort(to);
    const auto twice = std::ranges::unique(to);
    to.erase(twice.begin(), twice.end());
    walk.emit(RoundReminded{walk.id(), run.node, run.round, std::move(to)});
}

void time_out(Walk& walk, const ApprovalNode& run, Over over,
              std::optional<ReturnedTo> returned = std::nullopt) {
    const std::string address = run.node;
    walk.emit(RoundTimedOut{walk.id(), address, run.round, over, std::move(returned)});
}

// Where the route's first target does not stand open, the start does. A return inside does not
// leave a sub-route, which has none: there the node is asked anew.
Status return_by_time(Walk& walk, const Spot& spot, const ApprovalNode& run) {
    const RouteNode& node = walk.node(spot);
    const auto found = return_target(walk, spot, "", "");
    const Spot start = walk.approval().parent ? spot : Spot{RoutePlan::start(), {}};
    const ReturnTarget target = found && !found->within() ? *found : ReturnTarget{start, {}};
    const Resume then = node.return_.then == Resume::ask ? Resume::rerun : node.return_.then;
    const std::uint32_t round = run.round;
    time_out(walk, run, Over::return_,
             ReturnedTo{walk.address(target.spot), then, node.return_.branches});
    if (target.spot != spot) return carry_back(walk, spot, "", target);
    walk.emit(
        RoundEnded{walk.id(), walk.address(spot), round, false, NodeState::returned, {}, {}, {}});
    return enter(walk, spot);
}

// A first fill that nobody answers cannot go on: there is no newer revision.
Status reject_fill(Walk& walk, const Spot& spot) {
    walk.emit(RoundEnded{walk.id(),
                         walk.address(spot),
                         walk.run(spot)->round,
                         true,
                         NodeState::rejected,
                         {},
                         {},
                         {}});
    return reject_approval(walk);
}

Status end_wait(Walk& walk, const Spot& spot, const ApprovalNode& run) {
    const auto back = walk.pending(spot);
    walk.emit(RoundEnded{
        walk.id(), walk.address(spot), run.round, false, NodeState::approved, {}, {}, {}});
    return go_on(walk, spot, back);
}

Status time_is_up(Walk& walk, const Spot& spot, const ApprovalNode& run) {
    if (walk.node(spot).kind == NodeKind::wait) return end_wait(walk, spot, run);
    const Over over = run.due ? run.due->over : Over::remind;
    const bool fill = run.fill;
    if (over == Over::return_) return return_by_time(walk, spot, run);
    time_out(walk, run, over);
    if (over == Over::escalate) return open_escalated(walk, spot);
    return fill ? reject_fill(walk, spot) : settle(walk, spot, "");
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const KeepTime& command,
                                   const Facts& facts) {
    const auto* kept = round_to_keep(task, command, facts.now);
    if (kept == nullptr) return Decision{};
    const auto* approval = find_approval(task, command.approval.no);
    const auto plan = plan_of(*approval, facts);
    if (!plan) return refusal(plan);
    Walk walk(task, approval->no, **plan, facts, {});
    walk.never_refuse();
    const Spot spot = walk.spot_of(command.node);
    const auto* run = walk.run(spot);
    DUBAN_ASSERT(run != nullptr && run->due);
    const NodeDue due = run->due.value_or(NodeDue{});
    if (due.over == Over::remind || facts.now < due.at) {
        remind(walk, *run);
    } else if (auto done = time_is_up(walk, spot, *run); !done) {
        return refusal(done);
    }
    return decision_of(walk.take());
}

DUBAN_DEFINE_COMMAND(KeepTime)

}  // namespace duban
