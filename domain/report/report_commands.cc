#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/flow.h"
#include "domain/approval/returns.h"
#include "domain/approval/route_plan.h"
#include "domain/approval/seats.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_content.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"
#include "domain/task/unit_right.h"

namespace duban {
namespace {

constexpr const char* report_route = "report";

// Which one the office has bound to the task's reports, else the one of that name.
RouteId route_bound(const TaskState& task) {
    for (const auto& binding : task.routes) {
        if (binding.kind == SubjectKind::report) return binding.route;
    }
    return RouteId(report_route);
}

Result<const RoutePlan*> route_for_reports(const TaskState& task, const Facts& facts) {
    const auto id = route_bound(task);
    if (const auto* plan = newest_route(facts.routes, id)) return plan;
    return refuse("no_route", "No route \"" + id.value +
                                  "\" for reports is published; the office must publish one.");
}

// Who may start: the seats that the route names within the unit, and the handler of its part.
UnitRule starters(const RoutePlan& plan, const TaskState& task) {
    return UnitRule{[&plan, &task](const UnitCode& unit) { return start_seats(plan, task, unit); },
                    true};
}

Status check_signed(const TaskState& task, const UnitCode& unit) {
    const auto part = require_part(task, unit);
    if (!part) return refusal(part);
    const auto state = (*part)->state;
    if (state == AssignmentState::signed_ || state == AssignmentState::working) return {};
    return refuse("not_signed", unit.value + " must sign in for its part before it can report.");
}

Status check_period_free(const TaskState& task, const UnitCode& unit, const std::string& period) {
    for (const auto& report : task.reports) {
        if (report.unit == unit && report.state == ReportState::accepted &&
            report.period == period) {
            return refuse("period_accepted",
                          "The report of " + unit.value + " for " + period +
                              " is accepted already (" + to_string(ReportId{task.id, report.no}) +
                              ").",
                          "period");
        }
    }
    return {};
}

Status check_no_open_report(const TaskState& task, const UnitCode& unit) {
    const auto* open = open_report(task, unit);
    if (open == nullptr) return {};
    const bool returned = open->state == ReportState::returned;
    return refuse("report_open",
                  to_string(ReportId{task.id, open->no}) + " of " + unit.value +
                      (returned ? " was returned; revise it instead of submitting another."
                                : " is still in approval; wait for its end."));
}

template <class Item>
std::uint32_t next_no(const Parts<Item>& items) {
    return items.empty() ? 1 : items.back().no + 1;
}

Picks picks_of(const std::vector<PickFor>& picks) {
    Picks made;
    for (const auto& pick : picks) made[pick.node] = pick.persons;
    return made;
}

Result<Decision> submission(const TaskState& task, const UnitRight& right, const RoutePlan& plan,
                            const SubmitReport& command, const Facts& facts) {
    const ReportId report{task.id, next_no(task.reports)};
    const ApprovalId approval{task.id, next_no(task.approvals)};
    Walk walk(task, approval.no, plan, facts, right.capacity.on_behalf_of);
    walk.set_picks(picks_of(command.picks));
    walk.emit(ReportSubmitted{report, right.unit, facts.content_digest, command.content});
    walk.emit(ApprovalOpened{approval,
                             plan.route().route,
                             plan.route().ver,
                             {SubjectKind::report, SubjectId{task.id, 'r', report.no}, right.unit},
                             1,
                             facts.content_digest,
                             plan.route().reclaim});
    if (auto begun = begin_flow(walk); !begun) return refusal(begun);
    return decision_of(walk.take(), right.capacity.on_behalf_of);
}

// Whether a field on which decisions stand changed.
bool changes_material(const Route& route, const ReportContent& before, const ReportContent& after) {
    return std::ranges::any_of(route.material, [&](const std::string& field) {
        if (field == "indicators") return before.values != after.values;
        if (field == "summary") return before.summary != after.summary;
        if (field == "problems") return before.problems != after.problems;
        if (field == "next_steps") return before.next_steps != after.next_steps;
        if (field == "evidence") return before.evidence != after.evidence;
        return field == "period" && before.period != after.period;
    });
}

Result<Decision> resubmission(const TaskState& task, const Report& report, const RoutePlan& plan,
                              const ReviseReport& command, const Facts& facts,
                              const PersonId& on_behalf_of) {
    const ReportId id{task.id, report.no};
    const bool changed = report.newest.digest != facts.content_digest;
    const std::uint32_t revision = report.newest.no + (changed ? 1 : 0);
    const bool material =
        changed && changes_material(plan.route(), *report.content, command.content);
    Walk walk(task, report.approval, plan, facts, on_behalf_of);
    walk.set_picks(picks_of(command.picks));
    if (changed) {
        walk.emit(ReportRevised{id, report.unit, revision, facts.content_digest, command.content});
    } else {
        walk.emit(ReportRepeated{id, report.unit, revision, command.note});
    }
    walk.emit(ApprovalResubmitted{walk.id(), revision, facts.content_digest});
    auto passed = pass_start(walk, changed, material, command.note);
    if (!passed) return refusal(passed);
    return decision_of(walk.take(), on_behalf_of);
}

bool waits_for_nobody(const TaskState& task, const Report& report, const Facts& facts) {
    const auto* approval = find_approval(task, report.approval);
    if (approval == nullptr) return false;
    return std::any_of(
        approval->nodes.begin(), approval->nodes.end(), [&](const ApprovalNode& node) {
            return node.fill && node.state == NodeState::open &&
                   std::ranges::all_of(node.slots, [&](const Slot& slot) {
                       return live_holders(slot, node.except, task, facts.directory).empty();
                   });
        });
}

// Those who may start may revise, and so may whoever wrote the last revision.
Result<Capacity> require_reviser(const TaskState& task, const Report& report, const RoutePlan& plan,
                                 const Facts& facts) {
    auto right = require_right(task, facts, report.unit, starters(plan, task),
                               "revise this report, besides its author");
    if (right) return right->capacity;
    const bool author =
        report.newest.author == facts.actor && works_in(facts.directory, facts.actor, report.unit);
    if (author) return Capacity{facts.actor, {}, {report.unit, Post::clerk}};
    // Where the unit has nobody left who could, whoever settles the task's objections stands in.
    if (waits_for_nobody(task, report, facts)) {
        return require_seat(facts, {settler_of(task)}, "revise this report");
    }
    return refusal(right);
}

Status check_revision(const TaskState& task, const Report& report, const ReviseReport& command,
                      const Facts& facts) {
    const ReportContent& content = command.content;
    if (report.state != ReportState::returned) {
        return refuse("report_not_returned",
                      to_string(ReportId{task.id, report.no}) +
                          " was not returned; only a returned report can be revised.");
    }
    return check_signed(task, report.unit)
        .and_then([&] { return limit_text(command.note, "note", opinion_characters_max); })
        .and_then([&]() -> Status {
            if (report.newest.digest != facts.content_digest || !command.note.empty()) return {};
            return refuse("unchanged",
                          "The content is the same as revision " +
                              std::to_string(report.newest.no) +
                              "; change what the return asked for, or say in note why it is "
                              "submitted as it was.");
        })
        .and_then([&] { return check_period_free(task, report.unit, content.period); })
        .and_then([&] { return check_content(content, *task.mandate, report.unit); });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const SaveReport& command,
                                   const Facts& facts) {
    const auto route = route_for_reports(task, facts);
    if (!route) return refusal(route);
    const auto right =
        require_right(task, facts, command.unit, starters(**route, task), "write its report");
    if (!right) return refusal(right);
    auto issued = require_stage(task, TaskStage::issued, "not_issued", "write a report on it");
    if (!issued) return refusal(issued);
    const auto part = require_part(task, right->unit);
    if (!part) return refusal(part);
    auto checked = check_draft(command.content);
    if (!checked) return refusal(checked);
    return decision(right->capacity, {ReportDrafted{task.id, right->unit, command.content}});
}

static Result<Decision> decide_one(const TaskState& task, const SubmitReport& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto route = route_for_reports(task, facts);
    if (!route) return refusal(route);
    const auto right =
        require_right(task, facts, command.unit, starters(**route, task), "submit its report");
    if (!right) return refusal(right);
    const auto& unit = right->unit;
    auto checked =
        require_running(task, "report on it")
            .and_then([&] { return check_signed(task, unit); })
            .and_then([&] { return check_no_open_report(task, unit); })
            .and_then([&] { return check_period_free(task, unit, command.content.period); })
            .and_then([&] { return check_content(command.content, *task.mandate, unit); });
    if (!checked) return refusal(checked);
    return submission(task, *right, **route, command, facts);
}

static Result<Decision> decide_one(const TaskState& task, const ReviseReport& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto* report = find_report(task, command.report.no);
    if (report == nullptr) {
        return fail(Errc::not_found, "There is no report " + to_string(command.report) + ".",
                    "report");
    }
    const auto* approval = find_approval(task, report->approval);
    DUBAN_ASSERT(approval != nullptr);
    const auto route = plan_of(*approval, facts);
    if (!route) return refusal(route);
    const auto capacity = require_reviser(task, *report, **route, facts);
    if (!capacity) return refusal(capacity);
    auto checked = require_running(task, "revise a report on it").and_then([&] {
        return check_revision(task, *report, command, facts);
    });
    if (!checked) return refusal(checked);
    return resubmission(task, *report, **route, command, facts, capacity->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(SaveReport)
DUBAN_DEFINE_COMMAND(SubmitReport)
DUBAN_DEFINE_COMMAND(ReviseReport)

}  // namespace duban
