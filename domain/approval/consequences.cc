#include "domain/approval/consequences.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "domain/approval/approval_events.h"
#include "domain/approval/due.h"
#include "domain/approval/flow.h"
#include "domain/approval/standing.h"
#include "domain/approval/sub_route.h"
#include "domain/base/event_stamp.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// An event ends a wait, whose end is an event: a route cannot go in circles for ever on that.
constexpr std::size_t events_max = 2000;

struct OpenWait {
    std::uint32_t approval = 0;
    std::string node;
};

// The open waits of the task's approvals for an event of that type.
std::vector<OpenWait> waits_for(const TaskState& task, std::string_view type, const Facts& facts) {
    std::vector<OpenWait> waits;
    for (const std::uint32_t no : *task.open_approvals) {
        const auto* approval = find_approval(task, no);
        if (approval == nullptr) continue;
        for (const ApprovalNode& run : approval->nodes) {
            const bool waits_here = run.state == NodeState::open && !run.fill &&
                                    run.slots.empty() && run.branches.empty() && run.units.empty();
            if (!waits_here) continue;
            const auto plan = plan_of(*approval, facts);
            if (!plan) continue;
            const PlaceNo place = (*plan)->find(parse_address(run.node).id);
            if (place != no_place && (*plan)->node(place).event == type) {
                waits.push_back({no, run.node});
            }
        }
    }
    return waits;
}

// The task as the decision's events leave it, and what they end.
class Consequences {
public:
    Consequences(const TaskState& task, const Facts& facts, Decision& decision)
        : task_(task), facts_(facts), decision_(decision) {
        stamp_.time = facts.now;
        stamp_.actor = facts.actor;
        stamp_.on_behalf_of = decision.on_behalf_of;
    }

    Status follow() {
        const TaskState before = task_;
        take_rest();
        if (auto left = drop_units(before); !left) return left;
        if (auto moved = start_clocks_again(before); !moved) return moved;
        if (auto ended = end_all_of_done(); !ended) return ended;
        for (;;) {
            DUBAN_ASSERT(decision_.events.size() <= events_max);
            if (!ended_.empty()) {
                const OpenWait wait = ended_.front();
                ended_.erase(ended_.begin());
                if (auto done = end_wait(wait); !done) return done;
                continue;
            }
            const auto settled = settle_sub();
            if (!settled) return refusal(settled);
            if (!*settled) return {};
        }
    }

private:
    // Folds the events that were added since.
    void take_rest() {
        for (; at_ < decision_.events.size(); ++at_) {
            const NewEvent& made = decision_.events[at_];
            if (made.stream != stream_ || !made.event.of(EventFamily::task)) continue;
            for (auto& wait : waits_for(task_, made.event.type().name, facts_)) {
                ended_.push_back(std::move(wait));
            }
            task_ = evolve(std::move(task_), made.event, stamp_);
        }
    }

    template <class Move>
    Status in_approval(std::uint32_t no, const Move& move) {
        const auto* approval = find_approval(task_, no);
        if (approval == nullptr || !duban::is_open(*approval)) return {};
        const auto plan = plan_of(*approval, facts_);
        if (!plan) return refusal(plan);
        Walk walk(task_, no, **plan, facts_, decision_.on_behalf_of);
        walk.never_refuse();
        if (auto moved = move(walk); !moved) return moved;
        for (Event& event : walk.take()) {
            auto stream = event.stream();
            decision_.events.push_back({std::move(stream), std::move(event)});
        }
        take_rest();
        return {};
    }

    // Nothing is asked any more on a task that is closed.
    Status end_all_of_done() {
        if (task_.stage != TaskStage::done) return {};
        const auto open = *task_.open_approvals;
        for (const std::uint32_t no : open) {
            auto ended = in_approval(no, [](Walk& walk) -> Status {
                end_approval(walk, "task_closed");
                return {};
            });
            if (!ended) return ended;
        }
        return {};
    }

    // One sub-route whose parent waits for it no longer, or one end that a parent waits for.
    Result<bool> settle_sub() {
        for (const Approval& one : task_.approvals) {
            if (!one.parent || !one.parent->waits) continue;
            const ParentNode parent = *one.parent;
            const auto* above = find_approval(task_, parent.approval);
            const auto* node = above == nullptr ? nullptr : find_node(*above, parent.node);
            const bool waited_for = node != nullptr && duban::is_open(*above) &&
                                    node->state == NodeState::open &&
                                    child_of(task_, parent.approval, parent.node) == &one;
            if (duban::is_open(one) == waited_for) continue;
            auto done = waited_for ? end_parents_node(parent, one.state == ApprovalState::passed)
                                   : end_child(one.no);
            if (!done) return refusal(done);
            return true;
        }
        return false;
    }

    Status end_child(std::uint32_t no) {
        const auto before = decision_.events.size();
        auto ended = in_approval(no, [](Walk& walk) -> Status {
            end_approval(walk, "parent");
            return {};
        });
        DUBAN_ASSERT(!ended || decision_.events.size() > before);
        return ended;
    }

    Status end_parents_node(const ParentNode& parent, bool passed) {
        return in_approval(parent.approval, [&](Walk& walk) {
            return end_sub(walk, walk.spot_of(parent.node), passed);
        });
    }

    Status end_wait(const OpenWait& wait) {
        return in_approval(wait.approval, [&](Walk& walk) -> Status {
            const Spot spot = walk.spot_of(wait.node);
            const auto* run = walk.run(spot);
            if (run == nullptr || run->state != NodeState::open) return {};
            const auto back = walk.pending(spot);
            walk.emit(RoundEnded{
                walk.id(), wait.node, run->round, false, NodeState::approved, {}, {}, {}});
            return go_on(walk, spot, back);
        });
    }

    // The task is held no longer: what was left of the clocks at the hold is left after it. Those
    // of an approval that is held itself stand still.
    Status start_clocks_again(const TaskState& before) {
        if (!is_held(before) || is_held(task_)) return {};
        for (const Approval& approval : before.approvals) {
            if (!approval.stopped || approval.hold) continue;
            auto moved = in_approval(approval.no, [&](Walk& walk) -> Status {
                move_clocks(walk, *approval.stopped);
                return {};
            });
            if (!moved) return moved;
        }
        return {};
    }

    // The units that had a part before the decision and have none after it.
    Status drop_units(const TaskState& before) {
        for (const Assignment& part : before.assignments) {
            const bool leaves =
                part.state != AssignmentState::released && !has_open_part(task_, part.unit);
            if (!leaves) continue;
            const auto open = *task_.open_approvals;
            for (const std::uint32_t no : open) {
                auto dropped =
                    in_approval(no, [&](Walk& walk) { return drop_unit(walk, part.unit); });
                if (!dropped) return dropped;
            }
        }
        return {};
    }

    TaskState task_;
    const Facts& facts_;
    Decision& decision_;
    Stamp stamp_;
    StreamId stream_ = task_stream(task_.id);
    std::size_t at_ = 0;
    std::vector<OpenWait> ended_;
};

}  // namespace

Status add_consequences(const TaskState& task, const Facts& facts, Decision& decision) {
    return Consequences(task, facts, decision).follow();
}

}  // namespace duban
