#include "domain/approval/sub_route.h"

#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/flow.h"
#include "domain/task/guards.h"

namespace duban {

Status start_child(Walk& walk, const Spot& spot) {
    const RouteNode& node = walk.node(spot);
    const RoutePlan* plan = newest_route(walk.facts().routes, node.route);
    if (plan == nullptr) {
        return refuse("no_route", name_of(node) + " starts the route \"" + node.route.value +
                                      "\", which is not published; the office must publish it.");
    }
    const bool waits = node.wait.value_or(true);
    const std::uint32_t round = walk.next_round(spot);
    if (waits) {
        walk.emit(RoundOpened{walk.id(), walk.address(spot), round, false, NodeMode::one, {}, {}});
    }
    const std::uint32_t no = walk.task().approvals.back().no + 1;
    const Approval& parent = walk.approval();
    walk.emit(ApprovalOpened{{walk.task().id, no},
                             plan->route().route,
                             plan->route().ver,
                             parent.subject,
                             parent.revision,
                             parent.revision_digest,
                             plan->route().reclaim,
                             ParentNode{parent.no, walk.address(spot), waits}});
    Walk child(walk.task(), no, *plan, walk.facts(), walk.on_behalf_of());
    if (!walk.refuses()) child.never_refuse();
    child.set_picks(walk.picks());
    auto begun = go_on(child, Spot{RoutePlan::start(), {}}, std::nullopt);
    if (!begun) return begun;
    walk.absorb(std::move(child));
    if (!waits) {
        const auto back = walk.pending(spot);
        walk.emit(RoundEnded{
            walk.id(), walk.address(spot), round, false, NodeState::approved, {}, {}, {}});
        return go_on(walk, spot, back);
    }
    const auto* made = find_approval(walk.task(), no);
    DUBAN_ASSERT(made != nullptr);
    if (is_open(*made)) return {};
    return end_sub(walk, spot, made->state == ApprovalState::passed);
}

Status end_sub(Walk& walk, const Spot& spot, bool passed) {
    const auto* run = walk.run(spot);
    DUBAN_ASSERT(run != nullptr);
    const auto round = run->round;
    const auto back = walk.pending(spot);
    const auto end = passed ? NodeState::approved : NodeState::rejected;
    walk.emit(RoundEnded{walk.id(), walk.address(spot), round, false, end, {}, {}, {}});
    return passed ? go_on(walk, spot, back) : rejected(walk, spot);
}

const Approval* child_of(const TaskState& task, std::uint32_t parent, std::string_view node) {
    const Approval* newest = nullptr;
    for (const Approval& one : task.approvals) {
        const bool its = one.parent && one.parent->approval == parent && one.parent->node == node;
        if (its) newest = &one;
    }
    return newest;
}

}  // namespace duban
