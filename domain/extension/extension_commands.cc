#include "domain/extension/extension_commands.h"

#include <algorithm>
#include <utility>

#include "domain/approval/submission.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/extension/extension_due.h"
#include "domain/extension/extension_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Status check_later(const TaskState& task, const UnitCode& unit, Date new_due) {
    const auto due = due_to_move(task, unit);
    if (!due || new_due > *due) return {};
    return fail(Errc::invalid_argument,
                "The day that counts is " + to_string(*due) + "; ask for a later one.", "new_due");
}

Status check_extension(const TaskState& task, const UnitCode& unit, const ExtensionContent& content,
                       const Facts& facts) {
    return require_not_past(content.new_due, today_of(facts), "new_due")
        .and_then([&] { return check_later(task, unit, content.new_due); })
        .and_then([&] { return require_text(content.reason, "reason", text_characters_max); });
}

bool changes_material(const Route& route, const ExtensionContent& before,
                      const ExtensionContent& after) {
    return std::ranges::any_of(route.material, [&](const std::string& field) {
        if (field == "new_due") return before.new_due != after.new_due;
        return field == "reason" && before.reason != after.reason;
    });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const RequestExtension& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto route = route_for(task, SubjectKind::extension, facts);
    if (!route) return refusal(route);
    const auto right =
        require_right(task, facts, command.unit, starters(**route, task), "ask for an extension");
    if (!right) return refusal(right);
    const auto& unit = right->unit;
    auto checked =
        require_running(task, "ask for an extension of it")
            .and_then([&] { return check_signed(task, unit); })
            .and_then([&] { return check_none_open(task, SubjectKind::extension, unit); })
            .and_then([&] { return check_extension(task, unit, command.content, facts); });
    if (!checked) return refusal(checked);
    const auto id =
        subject_id(task.id, SubjectKind::extension, next_subject_no(task, SubjectKind::extension));
    ExtensionRequested event{id, unit, facts.content_digest, command.content};
    return submit(task, *right, **route, id, std::move(event), command.picks, facts);
}

static Result<Decision> decide_one(const TaskState& task, const ReviseExtension& command,
                                   const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto revising = require_reviser(task, command.subject, facts);
    if (!revising) return refusal(revising);
    const auto& unit = revising->subject.unit;
    auto checked =
        require_running(task, "revise an extension of it")
            .and_then([&] { return check_revisable(task, *revising, command.note, facts); })
            .and_then([&] { return check_extension(task, unit, command.content, facts); });
    if (!checked) return refusal(checked);
    const auto* extension = find_extension(task, command.subject.no);
    DUBAN_ASSERT(extension != nullptr);
    const bool material =
        changes_material(revising->plan.route(), extension->content, command.content);
    const std::uint32_t newest = extension->newest.no;
    Event event = is_changed(*revising, facts)
                      ? Event(ExtensionRevised{command.subject, unit, newest + 1,
                                               facts.content_digest, command.content})
                      : Event(ExtensionRepeated{command.subject, unit, newest, command.note});
    return resubmit(task, *revising, std::move(event), material, command.note, command.picks,
                    facts);
}

DUBAN_DEFINE_COMMAND(RequestExtension)
DUBAN_DEFINE_COMMAND(ReviseExtension)

}  // namespace duban
