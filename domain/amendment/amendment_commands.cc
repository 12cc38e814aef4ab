#include "domain/amendment/amendment_commands.h"

#include <algorithm>
#include <utility>

#include "domain/amendment/amendment_events.h"
#include "domain/approval/submission.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"
#include "domain/task/mandate_changes.h"

namespace duban {
namespace {

// Whether the task will bear it is asked when it is granted: what stands in the way may have ended.
Status check_amendment_content(const TaskState& task, const AmendmentContent& content,
                               const Facts& facts) {
    const auto next = changed(*task.mandate, content.changes);
    return require_text(content.reason, "reason", text_characters_max)
        .and_then([&]() -> Status {
            if (next != *task.mandate) return {};
            return fail(Errc::invalid_argument,
                        "The amendment changes nothing; name at least one new value.", "changes");
        })
        .and_then([&] { return check_next(task, next, "changes.", facts); });
}

// What the mandate says meanwhile of what is to change is a part of the change.
bool amendment_changes_material(const TaskState& task, const Route& route, const Amendment& before,
                                const AmendmentContent& after) {
    const auto& old = before.content.changes;
    const auto from = said_by(*task.mandate, after.changes);
    return std::ranges::any_of(route.material, [&](const std::string& field) {
        if (field == "changes") return old != after.changes || before.from != from;
        if (field == "indicators") {
            return old.indicators != after.changes.indicators ||
                   before.from.indicators != from.indicators;
        }
        return field == "reason" && before.content.reason != after.reason;
    });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const RequestAmendment& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto route = route_for(task, SubjectKind::amendment, facts);
    if (!route) return refusal(route);
    const auto units = command.unit.empty() ? askers(task) : std::vector<UnitCode>{command.unit};
    const auto right =
        require_right(task, facts, units, starters(**route, task), "ask for an amendment");
    if (!right) return refusal(right);
    const auto& unit = right->unit;
    auto checked =
        require_running(task, "ask for an amendment of it")
            .and_then([&] { return check_asker(task, unit); })
            .and_then([&] { return check_none_open(task, SubjectKind::amendment, unit); })
            .and_then([&] { return check_amendment_content(task, command.content, facts); });
    if (!checked) return refusal(checked);
    const auto id =
        subject_id(task.id, SubjectKind::amendment, next_subject_no(task, SubjectKind::amendment));
    AmendmentRequested event{id, unit, facts.content_digest, command.content};
    return submit(task, *right, **route, id, std::move(event), command.picks, facts);
}

static Result<Decision> decide_one(const TaskState& task, const ReviseAmendment& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto revising = require_reviser(task, command.subject, facts);
    if (!revising) return refusal(revising);
    auto checked =
        require_running(task, "revise an amendment of it")
            .and_then([&] { return check_revisable(task, *revising, command.note, facts); })
            .and_then([&] { return check_amendment_content(task, command.content, facts); });
    if (!checked) return refusal(checked);
    const auto* amendment = find_amendment(task, command.subject.no);
    DUBAN_ASSERT(amendment != nullptr);
    const bool material =
        amendment_changes_material(task, revising->plan.route(), *amendment, command.content);
    const auto& unit = revising->subject.unit;
    const std::uint32_t newest = amendment->newest.no;
    Event event = is_changed(*revising, facts)
                      ? Event(AmendmentRevised{command.subject, unit, newest + 1,
                                               facts.content_digest, command.content})
                      : Event(AmendmentRepeated{command.subject, unit, newest, command.note});
    return resubmit(task, *revising, std::move(event), material, command.note, command.picks,
                    facts);
}

DUBAN_DEFINE_COMMAND(RequestAmendment)
DUBAN_DEFINE_COMMAND(ReviseAmendment)

}  // namespace duban
