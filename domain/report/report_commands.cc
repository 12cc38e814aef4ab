#include <algorithm>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/approval_flow.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_content.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"
#include "domain/task/task_changes.h"
#include "domain/task/unit_right.h"

namespace duban {
namespace {

constexpr const char* report_route = "report";

Result<const Route*> route_for_reports(const Facts& facts) {
    const auto* route = newest_route(facts.routes, RouteId(report_route));
    if (route != nullptr) return route;
    return refuse("no_route", "No route for reports is published; the office must publish one.");
}

// Who may start: the seats that the route names within the unit, and the handler of its part.
UnitRule starters(const Route& route, const TaskState& task) {
    return UnitRule{[&route, &task](const UnitCode& unit) {
                        auto seats = resolve(route.starts, task);
                        std::erase_if(seats, [&](const Seat& seat) { return seat.unit != unit; });
                        return seats;
                    },
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

Result<std::vector<Event>> submission(const TaskState& task, const UnitCode& unit,
                                      const Route& route, const ReportContent& content,
                                      const Facts& facts) {
    const ReportId report{task.id, next_no(task.reports)};
    const ApprovalOpened opened{ApprovalId{task.id, next_no(task.approvals)},
                                route.route,
                                route.ver,
                                route.subject,
                                report,
                                unit,
                                1,
                                facts.content_digest};
    const auto approval = begun_approval(opened, facts.actor);
    auto steps = advance({task, facts, route, approval, facts.actor, content}, 1);
    if (!steps) return steps;
    std::vector<Event> events{ReportSubmitted{report, unit, facts.content_digest, content}, opened};
    events.insert(events.end(), steps->begin(), steps->end());
    return events;
}

Result<std::vector<Event>> resubmission(const TaskState& task, const Report& report,
                                        const Route& route, const ReportContent& content,
                                        const Facts& facts) {
    const auto* current = find_approval(task, report.approval);
    DUBAN_ASSERT(current != nullptr);
    Approval approval = *current;
    approval.revision = report.newest.no + 1;
    approval.revision_digest = facts.content_digest;
    auto steps = advance({task, facts, route, approval, facts.actor, content}, 1);
    if (!steps) return steps;
    std::vector<Event> events{ReportRevised{ReportId{task.id, report.no}, report.unit,
                                            approval.revision, approval.revision_digest, content},
                              ApprovalResubmitted{ApprovalId{task.id, approval.no},
                                                  approval.revision, approval.revision_digest}};
    events.insert(events.end(), steps->begin(), steps->end());
    return events;
}

// Those who may start may revise, and so may whoever wrote the last revision.
Result<Capacity> require_reviser(const TaskState& task, const Report& report, const Route& route,
                                 const Facts& facts) {
    auto right = require_right(task, facts, report.unit, starters(route, task),
                               "revise this report, besides its author");
    if (right) return right->capacity;
    const bool author =
        report.newest.author == facts.actor && works_in(facts.directory, facts.actor, report.unit);
    if (author) return Capacity{facts.actor, {}, {report.unit, Post::clerk}};
    return refusal(right);
}

Status check_revision(const TaskState& task, const Report& report, const ReportContent& content,
                      const Facts& facts) {
    if (report.state != ReportState::returned) {
        return refuse("report_not_returned",
                      to_string(ReportId{task.id, report.no}) +
                          " was not returned; only a returned report can be revised.");
    }
    return check_signed(task, report.unit)
        .and_then([&]() -> Status {
            if (report.newest.digest != facts.content_digest) return {};
            return refuse("unchanged", "The content is the same as revision " +
                                           std::to_string(report.newest.no) +
                                           "; change what the return asked for.");
        })
        .and_then([&] { return check_period_free(task, report.unit, content.period); })
        .and_then([&] { return check_content(content, *task.mandate, report.unit); });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const SaveReport& command,
                                   const Facts& facts) {
    const auto route = route_for_reports(facts);
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
    const auto route = route_for_reports(facts);
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
    auto events = submission(task, unit, **route, command.content, facts);
    if (!events) return refusal(events);
    return decision(right->capacity, std::move(*events));
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
    const auto route = route_of(*approval, facts);
    if (!route) return refusal(route);
    const auto capacity = require_reviser(task, *report, **route, facts);
    if (!capacity) return refusal(capacity);
    auto checked = require_running(task, "revise a report on it").and_then([&] {
        return check_revision(task, *report, command.content, facts);
    });
    if (!checked) return refusal(checked);
    auto events = resubmission(task, *report, **route, command.content, facts);
    if (!events) return refusal(events);
    return decision(*capacity, std::move(*events));
}

DUBAN_DEFINE_COMMAND(SaveReport)
DUBAN_DEFINE_COMMAND(SubmitReport)
DUBAN_DEFINE_COMMAND(ReviseReport)

}  // namespace duban
