#include "domain/approval/course_commands.h"

#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/course_events.h"
#include "domain/approval/effects.h"
#include "domain/approval/flow.h"
#include "domain/approval/returns.h"
#include "domain/approval/seats.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// The approval with its route, and for whom the actor acts.
struct Course {
    const Approval* approval = nullptr;
    const RoutePlan* plan = nullptr;
    PersonId on_behalf_of;
};

Result<Course> course_of(const TaskState& task, const ApprovalId& id, const Facts& facts) {
    Course course;
    const auto approval = require_approval(task, id);
    if (!approval) return refusal(approval);
    course.approval = *approval;
    const auto plan = plan_of(**approval, facts);
    if (!plan) return refusal(plan);
    course.plan = *plan;
    return course;
}

Walk walk_on(const TaskState& task, const Course& course, const Facts& facts) {
    return {task, course.approval->no, *course.plan, facts, course.on_behalf_of};
}

// Closes it without a verdict of its route.
Result<Decision> closed(Walk& walk, Event act, ApprovalResult result,
                        const PersonId& on_behalf_of) {
    static const std::vector<EffectSpec> none;
    const bool withdrawn = result == ApprovalResult::withdrawn;
    auto effects = effects_of(walk, withdrawn ? walk.plan().route().on.withdraw : none);
    if (!effects) return refusal(effects);
    walk.emit(std::move(act));
    cancel_open(walk, 0, walk.plan().size(), {});
    walk.emit(ApprovalClosed{walk.id(), result});
    for (Event& effect : *effects) walk.emit(std::move(effect));
    return decision_of(walk.take(), on_behalf_of);
}

// Who started it; once he is gone, whoever may start it for the unit.
Status check_starter(const TaskState& task, Course& course, const Facts& facts) {
    const Approval& approval = *course.approval;
    const auto& unit = approval.subject.unit;
    const std::string act = "withdraw it";
    if (works_in(facts.directory, approval.starter, unit)) {
        if (approval.starter == facts.actor) return {};
        return fail(Errc::forbidden, "Only " + name_of(facts.directory, approval.starter) +
                                         ", who submitted it, may " + act + ".");
    }
    auto seat = require_seat(facts, start_seats(*course.plan, task, unit), act);
    if (!seat) return refusal(seat);
    course.on_behalf_of = seat->on_behalf_of;
    return {};
}

// Somebody spoke in a node after the first fill, in this round of it or in an earlier one.
bool is_decided_once(const Approval& approval) {
    return std::any_of(approval.nodes.begin(), approval.nodes.end(), [](const ApprovalNode& run) {
        const bool spoken = std::ranges::any_of(run.slots, [](const Slot& slot) {
            return !slot.by.empty() || !slot.taken_back.empty();
        });
        return !run.fill && (run.round > 1 || spoken);
    });
}

Status check_withdrawal_time(const Course& course) {
    if (course.approval->parent) {
        return refuse("too_late",
                      "It was started by a step of another approval; withdraw that one.");
    }
    switch (course.plan->route().withdraw) {
        case WithdrawRule::never:
            return refuse("too_late", "The route lets nobody withdraw what was submitted.");
        case WithdrawRule::before_first:
            if (!is_decided_once(*course.approval)) return {};
            return refuse("too_late",
                          "Somebody has decided on it already; the route lets it be withdrawn only "
                          "before that.");
        case WithdrawRule::before_end:
            break;
    }
    return {};
}

Status check_closable(const TaskState& task, const Course& course, const std::string& act) {
    return require_not_held(task, act).and_then(
        [&] { return check_approval_unheld(task, *course.approval); });
}

// The seat that settles the task's matters, or who is asked in a node that offers to end it.
Status check_ender(const TaskState& task, const EndApproval& command, Course& course,
                   const Facts& facts) {
    const auto head = require_judge(task, facts, {settler_of(task)}, "end it");
    if (head) {
        course.on_behalf_of = head->on_behalf_of;
        return {};
    }
    const auto standing = require_standing(task, command.approval, command.node, command.slot,
                                           false, "end it", facts);
    if (!standing) return refusal(standing);
    course.on_behalf_of = standing->on_behalf_of;
    return check_approval_open(task, *course.approval)
        .and_then([&] { return check_slot(task, *standing, false, facts); })
        .and_then([&] { return check_offered(*standing, Act::end); });
}

// A sub-route has no first fill of its own: what is submitted is the parent's.
PlaceNo first_to_jump_to(const Course& course) {
    return course.approval->parent ? (*course.plan)[RoutePlan::start()].next : RoutePlan::start();
}

tl::unexpected<Error> bad_jump(const Course& course, const std::string& to) {
    const RoutePlan& plan = *course.plan;
    std::string places;
    for (PlaceNo at = first_to_jump_to(course); at < plan.size(); at = plan[at].end) {
        const NodeKind kind = plan.node(at).kind;
        if (kind == NodeKind::goto_ || kind == NodeKind::auto_) continue;
        places += (places.empty() ? "" : ", ") + plan.node(at).id;
    }
    return refuse(
        "jump_target",
        "\"" + to + "\" is no node of the route's own list; jump to one of: " + places + ".", "to");
}

// Where the flow stands in the route's own list.
PlaceNo present_place(const Walk& walk) {
    for (PlaceNo at = 0; at < walk.plan().size(); at = walk.plan()[at].end) {
        const auto* run = walk.run({at, {}});
        if (run == nullptr) continue;
        const bool suspended = !run->branches.empty() || !run->units.empty();
        if (run->state == NodeState::open || (suspended && !is_passed(run->state))) return at;
    }
    return RoutePlan::start();
}

Status jump_to(Walk& walk, PlaceNo target) {
    const PlaceNo present = present_place(walk);
    cancel_open(walk, 0, walk.plan().size(), {});
    reset_range(walk, target, walk.plan().size(), {});
    for (PlaceNo at = present; at < target; at = walk.plan()[at].end) {
        const Spot spot{at, {}};
        if (is_passed(walk.state(spot))) continue;
        walk.emit(NodeSkipped{
            walk.id(), walk.address(spot), walk.next_round(spot), SkipReason::jump, {}});
    }
    return enter(walk, {target, {}});
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const WithdrawApproval& command,
                                   const Facts& facts) {
    auto course = course_of(task, command.approval, facts);
    if (!course) return refusal(course);
    auto checked = check_starter(task, *course, facts)
                       .and_then([&] { return check_closable(task, *course, "withdraw it"); })
                       .and_then([&] { return check_withdrawal_time(*course); })
                       .and_then([&] {
                           return limit_text(command.opinion, "opinion", opinion_characters_max);
                       });
    if (!checked) return refusal(checked);
    Walk walk = walk_on(task, *course, facts);
    return closed(walk, ApprovalWithdrawn{command.approval, command.opinion},
                  ApprovalResult::withdrawn, course->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const EndApproval& command,
                                   const Facts& facts) {
    auto course = course_of(task, command.approval, facts);
    if (!course) return refusal(course);
    auto checked = check_ender(task, command, *course, facts)
                       .and_then([&] { return check_approval_open(task, *course->approval); })
                       .and_then([&] {
                           return require_text(command.opinion, "opinion", opinion_characters_max);
                       });
    if (!checked) return refusal(checked);
    Walk walk = walk_on(task, *course, facts);
    return closed(walk, ApprovalEnded{command.approval, command.opinion}, ApprovalResult::ended,
                  course->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const VoidApproval& command,
                                   const Facts& facts) {
    auto course = course_of(task, command.approval, facts);
    if (!course) return refusal(course);
    const auto capacity = require_impartial(task, facts, "void an approval");
    if (!capacity) return refusal(capacity);
    course->on_behalf_of = capacity->on_behalf_of;
    if (course->approval->state == ApprovalState::voided) {
        return refuse("approval_not_running",
                      "The approval " + to_string(command.approval) + " is void already.");
    }
    auto given = require_text(command.opinion, "opinion", opinion_characters_max);
    if (!given) return refusal(given);
    Walk walk = walk_on(task, *course, facts);
    Event act = ApprovalVoided{command.approval, command.opinion};
    if (is_open(*course->approval)) {
        return closed(walk, std::move(act), ApprovalResult::voided, course->on_behalf_of);
    }
    const bool passed = course->approval->state == ApprovalState::passed;
    auto undone = passed ? undo_of(task, *course->approval, facts) : std::vector<Event>();
    walk.emit(std::move(act));
    for (Event& event : undone) walk.emit(std::move(event));
    return decision_of(walk.take(), course->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const JumpApproval& command,
                                   const Facts& facts) {
    auto course = course_of(task, command.approval, facts);
    if (!course) return refusal(course);
    const auto head = require_judge(task, facts, {settler_of(task)}, "jump in an approval");
    if (!head) return refusal(head);
    course->on_behalf_of = head->on_behalf_of;
    auto checked = require_not_held(task, "jump in its approvals")
                       .and_then([&] { return check_approval_unheld(task, *course->approval); })
                       .and_then([&] {
                           return require_text(command.opinion, "opinion", opinion_characters_max);
                       });
    if (!checked) return refusal(checked);
    const RoutePlan& plan = *course->plan;
    const PlaceNo target = plan.find(target_id(command.to));
    const bool own = target != no_place && plan[target].parent == no_place;
    if (!own || target < first_to_jump_to(*course)) return bad_jump(*course, command.to);
    const NodeKind kind = plan.node(target).kind;
    if (kind == NodeKind::goto_ || kind == NodeKind::auto_) return bad_jump(*course, command.to);
    Walk walk = walk_on(task, *course, facts);
    walk.emit(ApprovalJumped{command.approval, plan.node(target).id, command.opinion});
    if (auto jumped = jump_to(walk, target); !jumped) return refusal(jumped);
    return decision_of(walk.take(), course->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(WithdrawApproval)
DUBAN_DEFINE_COMMAND(EndApproval)
DUBAN_DEFINE_COMMAND(VoidApproval)
DUBAN_DEFINE_COMMAND(JumpApproval)

}  // namespace duban
