#include "domain/approval/approval_commands.h"

#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/returns.h"
#include "domain/approval/rounds.h"
#include "domain/approval/standing.h"
#include "domain/approval/vetoes.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

template <class Deciding>
Result<Standing> judge(const TaskState& task, const Deciding& command, Act act,
                       const Facts& facts) {
    auto standing = require_standing(task, command.approval, command.node, command.slot, false,
                                     "decide", facts);
    if (!standing) return standing;
    auto checked =
        require_not_held(task, "decide in its approvals")
            .and_then([&] { return check_undecided(*standing, command.revision, facts); })
            .and_then([&] { return check_approval_running(task, *standing->approval); })
            .and_then([&] {
                return check_revision(*standing->approval, command.revision,
                                      command.revision_digest);
            })
            .and_then([&] { return check_slot(task, *standing, false, facts); })
            .and_then([&] { return check_offered(*standing, act); })
            .and_then([&] { return check_opinion(*standing, act, command.opinion); });
    if (!checked) return refusal(checked);
    return standing;
}

Walk walk_of(const TaskState& task, const Standing& standing, const Facts& facts) {
    return {task, standing.approval->no, *standing.plan, facts, standing.on_behalf_of};
}

template <class Decided, class Deciding>
Decided decided(const Standing& standing, const Deciding& command) {
    Decided event;
    event.approval = command.approval;
    event.node = standing.address;
    event.round = standing.run->round;
    event.slot = standing.slot->slot;
    event.revision = command.revision;
    event.revision_digest = command.revision_digest;
    event.opinion = command.opinion;
    return event;
}

// How a return goes on, by the route or, where it leaves that open, by the command.
Result<Resume> resume_of(const RouteNode& node, const std::optional<Resume>& asked) {
    const Resume rule = node.return_.then;
    if (rule != Resume::ask) {
        if (!asked || *asked == rule) return rule;
        return fail(Errc::invalid_argument,
                    name_of(node) + " fixes how a return goes on: " + std::string(enum_name(rule)) +
                        "; leave then out.",
                    "then");
    }
    if (asked && *asked != Resume::ask) return *asked;
    return fail(Errc::invalid_argument,
                "Say how it goes on when the return is answered: then is rerun (every step again) "
                "or jump (straight back to you).",
                "then");
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const ApproveSlot& command,
                                   const Facts& facts) {
    const auto standing = judge(task, command, Act::approve, facts);
    if (!standing) return refusal(standing);
    Walk walk = walk_of(task, *standing, facts);
    Picks picks;
    for (const auto& pick : command.picks) picks[pick.node] = pick.persons;
    walk.set_picks(std::move(picks));
    auto event = decided<SlotApproved>(*standing, command);
    const std::string slot = event.slot;
    walk.emit(std::move(event));
    if (auto settled = settle(walk, standing->spot, slot); !settled) return refusal(settled);
    return decision_of(walk.take(), standing->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const RejectSlot& command,
                                   const Facts& facts) {
    const auto standing = judge(task, command, Act::reject, facts);
    if (!standing) return refusal(standing);
    Walk walk = walk_of(task, *standing, facts);
    auto event = decided<SlotRejected>(*standing, command);
    const PersonId& holder = standing->on_behalf_of.empty() ? facts.actor : standing->on_behalf_of;
    event.veto = may_veto(walk, standing->spot, holder);
    const std::string slot = event.slot;
    walk.emit(std::move(event));
    if (auto settled = settle(walk, standing->spot, slot); !settled) return refusal(settled);
    return decision_of(walk.take(), standing->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const ReturnSlot& command,
                                   const Facts& facts) {
    const auto standing = judge(task, command, Act::return_, facts);
    if (!standing) return refusal(standing);
    Walk walk = walk_of(task, *standing, facts);
    const auto& node = standing->node();
    const std::string slot = standing->slot->slot;
    const auto target = return_target(walk, standing->spot, slot, command.to);
    if (!target) return refusal(target);
    const auto then = resume_of(node, command.then);
    if (!then) return refusal(then);
    auto event = decided<SlotReturned>(*standing, command);
    event.to = walk.address(target->spot);
    event.then = *then;
    event.branches = node.return_.branches;
    event.within = target->within();
    walk.emit(std::move(event));
    if (auto carried = carry_back(walk, standing->spot, slot, *target); !carried) {
        return refusal(carried);
    }
    return decision_of(walk.take(), standing->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(ApproveSlot)
DUBAN_DEFINE_COMMAND(RejectSlot)
DUBAN_DEFINE_COMMAND(ReturnSlot)

}  // namespace duban
