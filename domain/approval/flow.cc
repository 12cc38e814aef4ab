#include "domain/approval/flow.h"

#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/blocks.h"
#include "domain/approval/due.h"
#include "domain/approval/effects.h"
#include "domain/approval/returns.h"
#include "domain/approval/rounds.h"
#include "domain/approval/route_check.h"
#include "domain/approval/route_values.h"
#include "domain/approval/seats.h"
#include "domain/approval/sub_route.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// A node in which nobody is asked: it ends in the pass in which it is reached.
void pass_by_itself(Walk& walk, const Spot& spot, NodeState end, const std::string& reason = {}) {
    walk.emit(RoundEnded{
        walk.id(), walk.address(spot), walk.next_round(spot), false, end, {}, reason, {}});
}

// The end of the approval comes first; it takes the content off the report.
Status close(Walk& walk, ApprovalResult result, const std::vector<EffectSpec>& on_end) {
    cancel_open(walk, 0, walk.plan().size(), {});
    if (walk.supposes()) {
        walk.emit(ApprovalClosed{walk.id(), result});
        return {};
    }
    auto effects = effects_of(walk, on_end);
    if (!effects) return refusal(effects);
    walk.emit(ApprovalClosed{walk.id(), result});
    for (Event& effect : *effects) walk.emit(std::move(effect));
    return {};
}

Status close_passed(Walk& walk) {
    return close(walk, ApprovalResult::passed, walk.plan().route().on.pass);
}

Status close_rejected(Walk& walk) {
    const auto& approval = walk.approval();
    const auto subject = approval.subject;
    const auto revision = approval.revision;
    const bool whole = !approval.parent;
    auto closed = close(walk, ApprovalResult::rejected, walk.plan().route().on.reject);
    if (closed && whole && subject.kind == SubjectKind::report) {
        walk.emit(ReportRejected{ReportId{walk.task().id, subject.id.no}, revision});
    }
    return closed;
}

// ---- Nodes that nobody decides -------------------------------------------------------------

// Whoever has no copy yet and may see the approval.
Status send_copies(Walk& walk, const Spot& spot) {
    std::vector<PersonId> to;
    const auto slots = slots_meant(walk, spot);
    if (!slots) return refusal(slots);
    for (const Slot& slot : *slots) {
        for (const auto& person : live_holders(slot, {}, walk.task(), walk.directory())) {
            const auto& copies = walk.approval().copies;
            const bool has = std::any_of(copies.begin(), copies.end(), [&](const Copy& copy) {
                return copy.to == person && copy.reason == CopyReason::node;
            });
            const bool named = std::ranges::find(to, person) != to.end();
            if (!has && !named && sees_task(walk, person)) to.push_back(person);
        }
    }
    if (!to.empty()) {
        walk.emit(CopiesSent{walk.id(), std::move(to), CopyReason::node, walk.address(spot), {}});
    }
    const auto back = walk.pending(spot);
    pass_by_itself(walk, spot, NodeState::approved);
    return go_on(walk, spot, back);
}

Status run_effects(Walk& walk, const std::vector<EffectSpec>& effects) {
    auto events = effects_of(walk, effects);
    if (!events) return refusal(events);
    for (Event& event : *events) walk.emit(std::move(event));
    return {};
}

Status decide_by_itself(Walk& walk, const Spot& spot) {
    const auto& node = walk.node(spot);
    if (node.result == AutoResult::reject) {
        pass_by_itself(walk, spot, NodeState::rejected, node.why);
        if (auto done = run_effects(walk, node.effects); !done) return done;
        return close_rejected(walk);
    }
    const auto back = walk.pending(spot);
    pass_by_itself(walk, spot, NodeState::approved, node.why);
    if (node.result == AutoResult::pass) {
        // What settles the subject is done once, as the nearer word says.
        auto all = node.effects;
        for (const EffectSpec& one : walk.plan().route().on.pass) {
            const bool there = std::ranges::any_of(all, [&](const EffectSpec& other) {
                return other == one ||
                       (one.do_ && settles_subject(*one.do_) && other.do_ == one.do_);
            });
            if (!there) all.push_back(one);
        }
        return close(walk, ApprovalResult::passed, all);
    }
    if (auto done = run_effects(walk, node.effects); !done) return done;
    return go_on(walk, spot, back);
}

// Where an enclosing list holds the target: the spot of that list through which one gets to `from`.
Spot in_list_of(const Walk& walk, Spot from, PlaceNo target) {
    while (walk.plan()[from.place].parent != walk.plan()[target].parent ||
           walk.plan()[from.place].branch != walk.plan()[target].branch) {
        from = parent_of(walk.plan(), from);
        DUBAN_ASSERT(from.place != no_place);
    }
    return from;
}

Status skip_between(Walk& walk, const Spot& from, PlaceNo target) {
    for (PlaceNo at = walk.plan()[from.place].next; at != target; at = walk.plan()[at].next) {
        walk.emit(NodeSkipped{walk.id(),
                              walk.address({at, from.unit}),
                              walk.next_round({at, from.unit}),
                              SkipReason::goto_,
                              {}});
    }
    return enter(walk, {target, from.unit});
}

Status go_elsewhere(Walk& walk, const Spot& spot) {
    const auto& node = walk.node(spot);
    const auto* run = walk.run(spot);
    const std::uint32_t taken = run == nullptr ? 0 : run->taken;
    const auto back = walk.pending(spot);
    pass_by_itself(walk, spot, NodeState::approved);
    if (taken >= (node.max == 0 ? goto_times_default : node.max)) {
        return go_on(walk, spot, back);
    }
    const PlaceNo target = walk.plan().find(target_id(node.to));
    const Spot from = in_list_of(walk, spot, target);
    const Spot to{target, from.unit};
    walk.emit(GotoTaken{walk.id(), walk.address(spot), walk.address(to)});
    if (target > spot.place) {
        if (from != spot) {
            cancel_open(walk, from.place + 1, walk.plan()[from.place].end, from.unit);
            end_block(walk, from, NodeState::approved);
        }
        return skip_between(walk, from, target);
    }
    cancel_open(walk, target, walk.plan()[from.place].end, from.unit);
    reset_range(walk, target, walk.plan()[from.place].end, from.unit);
    return enter(walk, to);
}

// Left by a return that keeps its branches: it goes on, whatever its condition says by then.
bool is_suspended(const Walk& walk, const Spot& spot) {
    const auto* run = walk.run(spot);
    return run != nullptr && (!run->branches.empty() || !run->units.empty());
}

}  // namespace

Status begin_flow(Walk& walk) {
    const Spot start{RoutePlan::start(), {}};
    walk.emit(RoundEnded{walk.id(), walk.address(start), 1, true, NodeState::approved, {}, {}, {}});
    return go_on(walk, start, std::nullopt);
}

Status enter(Walk& walk, const Spot& spot) {
    const auto& node = walk.node(spot);
    const bool comes_back =
        is_suspended(walk, spot) || (walk.back && walk.back->from == walk.address(spot));
    if (node.when && !comes_back && !holds(*node.when, values_of(walk))) {
        return skip(walk, spot, SkipReason::when);
    }
    switch (node.kind) {
        case NodeKind::task:
            if (spot.place != RoutePlan::start()) return open_round(walk, spot);
            open_fill(walk, spot);
            return {};
        case NodeKind::choose:
        case NodeKind::par:
        case NodeKind::inc:
        case NodeKind::each:
            return enter_block(walk, spot);
        case NodeKind::cc:
            return send_copies(walk, spot);
        case NodeKind::goto_:
            return go_elsewhere(walk, spot);
        case NodeKind::auto_:
            return decide_by_itself(walk, spot);
        case NodeKind::sub:
            return start_child(walk, spot);
        case NodeKind::wait:
            walk.emit(RoundOpened{walk.id(),
                                  walk.address(spot),
                                  walk.next_round(spot),
                                  false,
                                  NodeMode::one,
                                  {},
                                  {},
                                  due_of(walk, spot)});
            return {};
    }
    return {};
}

Status skip(Walk& walk, const Spot& spot, SkipReason reason, std::vector<Slot> slots) {
    const auto back = walk.pending(spot);
    walk.emit(NodeSkipped{walk.id(), walk.address(spot), walk.next_round(spot), reason,
                          std::move(slots)});
    return go_on(walk, spot, back);
}

Status go_on(Walk& walk, const Spot& spot, const std::optional<PendingReturn>& back) {
    if (walk.closed()) return {};
    if (back && back->then == Resume::jump) return jump_back(walk, spot, *back);
    const PlaceNo next = walk.plan()[spot.place].next;
    if (next != no_place) return enter(walk, {next, spot.unit});
    const Spot block = parent_of(walk.plan(), spot);
    if (block.place == no_place) return close_passed(walk);
    return end_list(walk, block, spot.unit);
}

Status rejected(Walk& walk, const Spot& spot) {
    const PlaceNo each = walk.plan()[spot.place].each;
    if (each == no_place) return close_rejected(walk);
    return fail_run(walk, {each, {}}, spot.unit);
}

void end_approval(Walk& walk, const std::string& reason) {
    cancel_open(walk, 0, walk.plan().size(), {});
    walk.emit(ApprovalClosed{walk.id(), ApprovalResult::ended, reason});
}

Status reject_approval(Walk& walk) {
    return close_rejected(walk);
}

void cancel_open(Walk& walk, PlaceNo first, PlaceNo last, const UnitCode& unit) {
    std::vector<std::pair<Spot, std::uint32_t>> open;
    for (const ApprovalNode& run : walk.approval().nodes) {
        if (run.state != NodeState::open) continue;
        Spot spot = walk.spot_of(run.node);
        const bool meant = unit.empty() || spot.unit.empty() || spot.unit == unit;
        if (spot.place >= first && spot.place < last && meant) {
            open.emplace_back(std::move(spot), run.round);
        }
    }
    std::ranges::sort(open, {}, [](const auto& one) { return one.first.place; });
    for (const auto& [spot, round] : open) {
        walk.emit(RoundEnded{
            walk.id(), walk.address(spot), round, false, NodeState::cancelled, {}, {}, {}});
    }
}

}  // namespace duban
