#include "domain/closing/closing_commands.h"

#include <algorithm>
#include <utility>

#include "domain/approval/submission.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/closing/closing_content.h"
#include "domain/closing/closing_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Status check_lead(const TaskState& task, const UnitCode& unit) {
    if (unit == task.mandate->lead) return {};
    return fail(Errc::forbidden, "Only the lead, " + task.mandate->lead.value +
                                     ", may ask that the task be closed.");
}

bool closing_changes_material(const Route& route, const ClosingContent& before,
                              const ClosingContent& after) {
    return std::ranges::any_of(route.material, [&](const std::string& field) {
        if (field == "indicators") return before.indicators != after.indicators;
        if (field == "conclusion") return before.conclusion != after.conclusion;
        return field == "evidence" && before.evidence != after.evidence;
    });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const RequestClosing& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto route = route_for(task, SubjectKind::closing, facts);
    if (!route) return refusal(route);
    const auto right = require_right(task, facts, command.unit, starters(**route, task),
                                     "ask that the task be closed");
    if (!right) return refusal(right);
    const auto& unit = right->unit;
    auto checked =
        check_lead(task, unit)
            .and_then([&] { return require_running(task, "ask that it be closed"); })
            .and_then([&] { return check_signed(task, unit); })
            .and_then([&] { return check_none_open(task, SubjectKind::closing, unit); })
            .and_then([&] { return check_closing_content(command.content, *task.mandate); });
    if (!checked) return refusal(checked);
    const auto id =
        subject_id(task.id, SubjectKind::closing, next_subject_no(task, SubjectKind::closing));
    ClosingRequested event{id, unit, facts.content_digest, command.content};
    return submit(task, *right, **route, id, std::move(event), command.picks, facts);
}

static Result<Decision> decide_one(const TaskState& task, const ReviseClosing& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto revising = require_reviser(task, command.subject, facts);
    if (!revising) return refusal(revising);
    const auto& unit = revising->subject.unit;
    auto checked =
        require_running(task, "revise a closing of it")
            .and_then([&] { return check_revisable(task, *revising, command.note, facts); })
            .and_then([&] { return check_closing_content(command.content, *task.mandate); });
    if (!checked) return refusal(checked);
    const auto* closing = find_closing(task, command.subject.no);
    DUBAN_ASSERT(closing != nullptr);
    const bool material =
        closing_changes_material(revising->plan.route(), closing->content, command.content);
    const std::uint32_t newest = closing->newest.no;
    Event event = is_changed(*revising, facts)
                      ? Event(ClosingRevised{command.subject, unit, newest + 1,
                                             facts.content_digest, command.content})
                      : Event(ClosingRepeated{command.subject, unit, newest, command.note});
    return resubmit(task, *revising, std::move(event), material, command.note, command.picks,
                    facts);
}

DUBAN_DEFINE_COMMAND(RequestClosing)
DUBAN_DEFINE_COMMAND(ReviseClosing)

}  // namespace duban
