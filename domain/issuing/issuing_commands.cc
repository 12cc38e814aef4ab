#include "domain/issuing/issuing_commands.h"

#include <algorithm>
#include <utility>

#include "domain/approval/submission.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/issuing/issue_terms.h"
#include "domain/issuing/issuing_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Status check_issuing_content(const TaskState& task, const IssuingContent& content,
                             const Facts& facts) {
    return limit_text(content.reason, "reason", text_characters_max).and_then([&]() -> Status {
        const auto issued = issued_on(task, content.terms, facts);
        return issued ? Status{} : refusal(issued);
    });
}

Status check_none_asked(const TaskState& task) {
    const auto* open = open_issuing(task);
    return open == nullptr ? Status{} : check_none_open(task, SubjectKind::issue, open->unit);
}

Status require_established(const TaskState& task, const std::string& act) {
    return require_stage(task, TaskStage::established, "task_not_established", act);
}

bool issuing_changes_material(const Route& route, const IssuingContent& before,
                              const IssuingContent& after) {
    return std::ranges::any_of(route.material, [&](const std::string& field) {
        if (field == "terms") return before.terms != after.terms;
        return field == "reason" && before.reason != after.reason;
    });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const RequestIssue& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto route = route_for(task, SubjectKind::issue, facts);
    if (!route) return refusal(route);
    // Where the office has a part in the task, its seats in the route are the leader's.
    const std::vector<UnitCode> units = {UnitCode(office_unit), UnitCode(zone_unit)};
    const auto right =
        require_right(task, facts, units, starters(**route, task), "ask that the task be issued");
    if (!right) return refusal(right);
    const auto& unit = right->unit;
    auto checked =
        require_established(task, "ask that it be issued")
            .and_then([&] { return check_none_asked(task); })
            .and_then([&] { return check_issuing_content(task, command.content, facts); });
    if (!checked) return refusal(checked);
    const auto id =
        subject_id(task.id, SubjectKind::issue, next_subject_no(task, SubjectKind::issue));
    IssuingRequested event{id, unit, facts.content_digest, command.content};
    return submit(task, *right, **route, id, std::move(event), command.picks, facts);
}

static Result<Decision> decide_one(const TaskState& task, const ReviseIssue& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto revising = require_reviser(task, command.subject, facts);
    if (!revising) return refusal(revising);
    auto checked =
        require_established(task, "ask that it be issued")
            .and_then([&] { return check_revisable(task, *revising, command.note, facts); })
            .and_then([&] { return check_issuing_content(task, command.content, facts); });
    if (!checked) return refusal(checked);
    const auto* issuing = find_issuing(task, command.subject.no);
    DUBAN_ASSERT(issuing != nullptr);
    const bool material =
        issuing_changes_material(revising->plan.route(), issuing->content, command.content);
    const auto& unit = revising->subject.unit;
    const std::uint32_t newest = issuing->newest.no;
    Event event = is_changed(*revising, facts)
                      ? Event(IssuingRevised{command.subject, unit, newest + 1,
                                             facts.content_digest, command.content})
                      : Event(IssuingRepeated{command.subject, unit, newest, command.note});
    return resubmit(task, *revising, std::move(event), material, command.note, command.picks,
                    facts);
}

DUBAN_DEFINE_COMMAND(RequestIssue)
DUBAN_DEFINE_COMMAND(ReviseIssue)

}  // namespace duban
