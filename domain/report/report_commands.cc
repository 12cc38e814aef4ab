#include <algorithm>
#include <utility>

#include "domain/approval/submission.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_content.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

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

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const SaveReport& command,
                                   const Facts& facts) {
    const auto route = route_for(task, SubjectKind::report, facts);
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
    const auto route = route_for(task, SubjectKind::report, facts);
    if (!route) return refusal(route);
    const auto right =
        require_right(task, facts, command.unit, starters(**route, task), "submit its report");
    if (!right) return refusal(right);
    const auto& unit = right->unit;
    auto checked =
        require_running(task, "report on it")
            .and_then([&] { return check_signed(task, unit); })
            .and_then([&] { return check_none_open(task, SubjectKind::report, unit); })
            .and_then([&] { return check_period_free(task, unit, command.content.period); })
            .and_then([&] { return check_content(command.content, *task.mandate, unit); });
    if (!checked) return refusal(checked);
    const auto id =
        subject_id(task.id, SubjectKind::report, next_subject_no(task, SubjectKind::report));
    ReportSubmitted event{ReportId{task.id, id.no}, unit, facts.content_digest, command.content};
    return submit(task, *right, **route, id, std::move(event), command.picks, facts);
}

static Result<Decision> decide_one(const TaskState& task, const ReviseReport& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto revising =
        require_reviser(task, subject_id(task.id, SubjectKind::report, command.report.no), facts);
    if (!revising) return refusal(revising);
    const auto& unit = revising->subject.unit;
    const ReportContent& content = command.content;
    auto checked =
        require_running(task, "revise a report on it")
            .and_then([&] { return check_revisable(task, *revising, command.note, facts); })
            .and_then([&] { return check_period_free(task, unit, content.period); })
            .and_then([&] { return check_content(content, *task.mandate, unit); });
    if (!checked) return refusal(checked);
    const auto* report = find_report(task, command.report.no);
    DUBAN_ASSERT(report != nullptr);
    const bool material =
        changes_material(revising->plan.route(), *report->content, command.content);
    const std::uint32_t newest = report->newest.no;
    Event event =
        is_changed(*revising, facts)
            ? Event(ReportRevised{command.report, unit, newest + 1, facts.content_digest, content})
            : Event(ReportRepeated{command.report, unit, newest, command.note});
    return resubmit(task, *revising, std::move(event), material, command.note, command.picks,
                    facts);
}

DUBAN_DEFINE_COMMAND(SaveReport)
DUBAN_DEFINE_COMMAND(SubmitReport)
DUBAN_DEFINE_COMMAND(ReviseReport)

}  // namespace duban
