#include "domain/approval/hold_commands.h"

#include <utility>

#include "domain/approval/approval_time_events.h"
#include "domain/approval/due.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// The desk that follows the task, or the leader where the office itself has a part.
std::optional<Capacity> desk(const TaskState& task, const Facts& facts) {
    std::vector<Seat> seats = {seat_of(office_unit, Post::clerk), seat_of(office_unit, Post::head)};
    if (takes_part(*task.mandate, UnitCode(office_unit))) {
        seats = {seat_of(zone_unit, Post::leader)};
    }
    return capacity_for(facts.directory, facts.actor, seats, today_of(facts));
}

struct Holder {
    PersonId on_behalf_of;
    std::optional<Standing> standing;  // who is no desk acts in a slot
};

Result<Holder> require_holder(const TaskState& task, const HoldApproval& command,
                              const Facts& facts) {
    if (const auto capacity = desk(task, facts)) return Holder{capacity->on_behalf_of, {}};
    auto standing = require_standing(task, command.approval, command.node, command.slot, false,
                                     "put it on hold, besides the office,", facts);
    if (!standing) return refusal(standing);
    const bool asked = standing->is_open() && standing->slot != nullptr &&
                       standing->slot->state == SlotState::open;
    if (!asked) {
        return fail(Errc::forbidden,
                    "Only the office, or who is asked in an open step that offers it, may put an "
                    "approval on hold.");
    }
    return Holder{standing->on_behalf_of, std::move(*standing)};
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const HoldApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto holder = require_holder(task, command, facts);
    if (!holder) return refusal(holder);
    auto checked =
        require_under_way(task, "put its approvals on hold")
            .and_then([&] { return check_approval_unheld(task, **approval); })
            .and_then([&]() -> Status {
                return holder->standing ? check_offered(*holder->standing, Act::hold) : Status{};
            })
            .and_then(
                [&] { return require_text(command.opinion, "opinion", opinion_characters_max); });
    if (!checked) return refusal(checked);
    return decision_of({ApprovalHeld{command.approval, command.opinion}}, holder->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const ResumeApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto& hold = (*approval)->hold;
    const auto capacity = desk(task, facts);
    const bool held_it = hold && hold->by == facts.actor;
    if (!capacity && !held_it) {
        return fail(Errc::forbidden,
                    "Only the office, or who put it on hold, may resume an approval.");
    }
    auto running = require_under_way(task, "resume its approvals");
    if (!running) return refusal(running);
    if (!hold) {
        return refuse("not_held", "The approval " + to_string(command.approval) +
                                      " is not on hold; there is nothing to resume.");
    }
    auto opinion = limit_text(command.opinion, "opinion", opinion_characters_max);
    if (!opinion) return refusal(opinion);
    const auto plan = plan_of(**approval, facts);
    if (!plan) return refusal(plan);
    const PersonId on_behalf_of = capacity ? capacity->on_behalf_of : PersonId();
    const Timestamp stopped = (*approval)->stopped.value_or(hold->at);
    Walk walk(task, command.approval.no, **plan, facts, on_behalf_of);
    walk.emit(ApprovalResumed{command.approval, command.opinion});
    move_clocks(walk, stopped);
    return decision_of(walk.take(), on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const MoveDue& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto capacity = desk(task, facts);
    if (!capacity) {
        return fail(Errc::forbidden, "Only the office may move the due days of an approval.");
    }
    auto checked = require_under_way(task, "move due days in it").and_then([&] {
        return check_approval_unheld(task, **approval);
    });
    if (!checked) return refusal(checked);
    const auto plan = plan_of(**approval, facts);
    if (!plan) return refusal(plan);
    Walk walk(task, command.approval.no, **plan, facts, capacity->on_behalf_of);
    recount_dues(walk);
    return decision_of(walk.take(), capacity->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(HoldApproval)
DUBAN_DEFINE_COMMAND(MoveDue)
DUBAN_DEFINE_COMMAND(ResumeApproval)

}  // namespace duban
