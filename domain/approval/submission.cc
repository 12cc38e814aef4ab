#include "domain/approval/submission.h"

#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/flow.h"
#include "domain/approval/returns.h"
#include "domain/approval/seats.h"
#include "domain/approval/standing.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

std::string word_of(SubjectKind kind) {
    return std::string(enum_name(kind));
}

Picks picks_of(const std::vector<PickFor>& picks) {
    Picks made;
    for (const auto& pick : picks) made[pick.node] = pick.persons;
    return made;
}

bool waits_for_nobody(const TaskState& task, const Approval& approval, const Facts& facts) {
    return std::any_of(approval.nodes.begin(), approval.nodes.end(), [&](const ApprovalNode& node) {
        return node.fill && node.state == NodeState::open &&
               std::ranges::all_of(node.slots, [&](const Slot& slot) {
                   return live_holders(slot, node.except, task, facts.directory).empty();
               });
    });
}

// Whoever was asked for the open start because nobody had revised it in time; nullptr when nobody
// was.
const Slot* escalated_start(const Approval& approval) {
    for (const ApprovalNode& node : approval.nodes) {
        if (!node.fill || node.state != NodeState::open) continue;
        for (const Slot& slot : node.slots) {
            if (slot.escalated && slot.state == SlotState::open) return &slot;
        }
    }
    return nullptr;
}

Result<Capacity> require_escalated(const TaskState& task, const Slot& slot, const std::string& kind,
                                   const Facts& facts) {
    const bool vacant = live_holders(slot, {}, task, facts.directory).empty();
    const Seat seat = vacant ? settler_of(task) : slot.seat.value_or(settler_of(task));
    return require_seat(facts, {seat}, "revise this " + kind + ", whose time was up");
}

// Those who may start may revise, and so may whoever wrote the last revision. Once time was up for
// them, only whoever was asked instead may.
Result<Capacity> reviser(const TaskState& task, const SubjectHead& subject,
                         const Approval& approval, const RoutePlan& plan, const Facts& facts) {
    const std::string kind = word_of(approval.subject.kind);
    if (const auto* asked = escalated_start(approval)) {
        return require_escalated(task, *asked, kind, facts);
    }
    auto right = require_right(task, facts, subject.unit, starters(plan, task),
                               "revise this " + kind + ", besides its author");
    if (right) return right->capacity;
    const bool author = subject.newest.author == facts.actor &&
                        works_in(facts.directory, facts.actor, subject.unit);
    if (author) return Capacity{facts.actor, {}, {subject.unit, Post::clerk}};
    // Where the unit has nobody left who could, whoever settles the task's objections stands in.
    if (waits_for_nobody(task, approval, facts)) {
        return require_seat(facts, {settler_of(task)}, "revise this " + kind);
    }
    return refusal(right);
}

}  // namespace

Result<const RoutePlan*> route_for(const TaskState& task, SubjectKind kind, const Facts& facts) {
    return route_for(task, kind, facts.routes);
}

Result<const RoutePlan*> route_for(const TaskState& task, SubjectKind kind,
                                   const RouteBook& routes) {
    RouteId id(enum_name(kind));
    for (const auto& binding : task.routes) {
        if (binding.kind == kind) id = binding.route;
    }
    if (const auto* plan = newest_route(routes, id)) return plan;
    return refuse("no_route", "No route \"" + id.value + "\" for a subject of the kind " +
                                  word_of(kind) + " is published; the office must publish one.");
}

UnitRule starters(const RoutePlan& plan, const TaskState& task) {
    return UnitRule{[&plan, &task](const UnitCode& unit) { return start_seats(plan, task, unit); },
                    plan.route().subject == SubjectKind::report};
}

Status check_signed(const TaskState& task, const UnitCode& unit) {
    const auto part = require_part(task, unit);
    if (!part) return refusal(part);
    const auto state = (*part)->state;
    if (state == AssignmentState::signed_ || state == AssignmentState::working) return {};
    return refuse("not_signed", unit.value + " must sign in for its part before it can report.");
}

Status check_asker(const TaskState& task, const UnitCode& unit) {
    const bool outside =
        (unit.value == office_unit || unit.value == zone_unit) && !takes_part(*task.mandate, unit);
    return outside ? Status{} : check_signed(task, unit);
}

std::vector<UnitCode> askers(const TaskState& task) {
    auto units = units_of(task);
    for (const char* code : {office_unit, zone_unit}) {
        if (UnitCode unit(code); std::ranges::find(units, unit) == units.end()) {
            units.push_back(std::move(unit));
        }
    }
    return units;
}

Status check_none_open(const TaskState& task, SubjectKind kind, const UnitCode& unit) {
    const auto* open = open_subject(task, kind, unit);
    if (open == nullptr) return {};
    const bool returned = open->state == ReportState::returned;
    return refuse(word_of(kind) + "_open",
                  to_string(subject_id(task.id, kind, open->no)) + " of " + unit.value +
                      (returned ? " was returned; revise it instead of submitting another."
                                : " is still in approval; wait for its end."));
}

Result<Decision> submit(const TaskState& task, const UnitRight& right, const RoutePlan& plan,
                        const SubjectId& subject, Event submitted,
                        const std::vector<PickFor>& picks, const Facts& facts) {
    const std::uint32_t no = task.approvals.empty() ? 1 : task.approvals.back().no + 1;
    Walk walk(task, no, plan, facts, right.capacity.on_behalf_of);
    walk.set_picks(picks_of(picks));
    walk.emit(std::move(submitted));
    walk.emit(ApprovalOpened{{task.id, no},
                             plan.route().route,
                             plan.route().ver,
                             {kind_of(subject), subject, right.unit},
                             1,
                             facts.content_digest,
                             plan.route().reclaim});
    if (auto begun = begin_flow(walk); !begun) return refusal(begun);
    return decision_of(walk.take(), right.capacity.on_behalf_of);
}

Result<Revising> require_reviser(const TaskState& task, const SubjectId& id, const Facts& facts) {
    const auto* subject = find_subject(task, id);
    const std::string kind = word_of(kind_of(id));
    if (subject == nullptr) {
        return fail(Errc::not_found, "There is no " + kind + " " + to_string(id) + ".", kind);
    }
    const auto* approval = find_approval(task, subject->approval);
    DUBAN_ASSERT(approval != nullptr);
    const auto plan = plan_of(*approval, facts);
    if (!plan) return refusal(plan);
    auto capacity = reviser(task, *subject, *approval, **plan, facts);
    if (!capacity) return refusal(capacity);
    return Revising{id, *subject, **plan, std::move(capacity->on_behalf_of)};
}

Status check_revisable(const TaskState& task, const Revising& revising, const std::string& note,
                       const Facts& facts) {
    const std::string kind = word_of(kind_of(revising.id));
    const auto* approval = find_approval(task, revising.subject.approval);
    DUBAN_ASSERT(approval != nullptr);
    if (approval->state == ApprovalState::held) return check_approval_unheld(task, *approval);
    if (revising.subject.state != ReportState::returned) {
        return refuse(kind + "_not_returned", to_string(revising.id) +
                                                  " was not returned; only a returned " + kind +
                                                  " can be revised.");
    }
    // Nobody has a part yet in a task whose issue is asked for.
    const bool parts = kind_of(revising.id) != SubjectKind::issue;
    return (parts ? check_asker(task, revising.subject.unit) : Status{})
        .and_then([&] { return limit_text(note, "note", opinion_characters_max); })
        .and_then([&]() -> Status {
            if (is_changed(revising, facts) || !note.empty()) return {};
            return refuse("unchanged",
                          "The content is the same as revision " +
                              std::to_string(revising.subject.newest.no) +
                              "; change what the return asked for, or say in note why it is "
                              "submitted as it was.");
        });
}

Result<Decision> resubmit(const TaskState& task, const Revising& revising, Event revised,
                          bool material, const std::string& note, const std::vector<PickFor>& picks,
                          const Facts& facts) {
    const bool changed = is_changed(revising, facts);
    const std::uint32_t revision = revising.subject.newest.no + (changed ? 1 : 0);
    Walk walk(task, revising.subject.approval, revising.plan, facts, revising.on_behalf_of);
    walk.set_picks(picks_of(picks));
    walk.emit(std::move(revised));
    walk.emit(ApprovalResubmitted{walk.id(), revision, facts.content_digest});
    auto passed = pass_start(walk, changed, changed && material, note);
    if (!passed) return refusal(passed);
    return decision_of(walk.take(), revising.on_behalf_of);
}

}  // namespace duban
