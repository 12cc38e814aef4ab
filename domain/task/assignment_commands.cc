#include <algorithm>
#include <utility>

#include "domain/approval/subject.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/base/limits.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/assignment_events.h"
#include "domain/task/guards.h"
#include "domain/task/unit_right.h"

namespace duban {
namespace {

Status check_waiting(const Assignment& part, const Facts& facts) {
    switch (part.state) {
        case AssignmentState::waiting:
            return {};
        case AssignmentState::objected:
            return refuse("part_objected",
                          part.unit.value +
                              " has objected to its part; the office's head settles that first.");
        case AssignmentState::signed_:
        case AssignmentState::working:
            return refuse("already_signed",
                          "Already signed in by " + name_of(facts.directory, part.signed_by) +
                              (part.signed_at ? " at " + to_string(*part.signed_at) : "") + ".");
        case AssignmentState::released:
            return refuse("part_released", part.unit.value + " has no further part in the task.");
    }
    return {};
}

Status check_in_time(const Assignment& part, const Facts& facts) {
    if (!part.sign_by || today_of(facts) <= *part.sign_by) return {};
    return refuse("objection_late",
                  part.unit.value + " could object until " + to_string(*part.sign_by) +
                      "; it has to sign in, or ask the office to amend the task.");
}

Status check_signed(const Assignment& part) {
    if (part.state == AssignmentState::signed_ || part.state == AssignmentState::working) return {};
    return refuse("not_signed", part.unit.value + " has not signed in for its part yet; its " +
                                    "clerk or head does that first.");
}

// The unit's part of a task that is issued and not on hold.
Result<const Assignment*> running_part(const TaskState& task, const UnitCode& unit,
                                       const std::string& act) {
    auto running = require_running(task, act);
    if (!running) return refusal(running);
    return require_part(task, unit);
}

Status check_handler(const PersonId& handler, const UnitCode& unit, const Facts& facts,
                     const std::string& field) {
    if (works_in(facts.directory, handler, unit)) return {};
    return fail(Errc::invalid_argument,
                (handler.empty() ? std::string("Nobody") : handler.value) +
                    " is not an active person with a post in " + unit.value + "; name one.",
                field);
}

Status check_part(const WorkPart& part, const UnitCode& unit, const TaskState& task,
                  const Facts& facts, const std::string& at) {
    auto checked = require_name(part.title, at + ".title");
    if (checked && !part.handler.empty()) {
        checked = check_handler(part.handler, unit, facts, at + ".handler");
    }
    const auto due = working_due(task, unit);
    if (!checked || !part.due || !due || *part.due <= *due) return checked;
    return fail(Errc::invalid_argument,
                "A part is due by the day of the unit's work, " + to_string(*due) + ".",
                at + ".due");
}

Status check_parts(const BreakDown& command, const UnitCode& unit, const TaskState& task,
                   const Facts& facts) {
    if (command.parts.empty() || command.parts.size() > parts_max) {
        return fail(Errc::invalid_argument,
                    "A break-down has 1 to " + std::to_string(parts_max) + " parts.", "parts");
    }
    Status checked;
    for (std::size_t i = 0; checked && i < command.parts.size(); ++i) {
        checked =
            check_part(command.parts[i], unit, task, facts, "parts[" + std::to_string(i) + "]");
    }
    return checked;
}

// The unit whose objection is to be settled: as named, else the only one that objects.
Result<UnitCode> objecting_unit(const TaskState& task, const UnitCode& named) {
    if (!named.empty()) return named;
    std::vector<UnitCode> units;
    for (const auto& part : task.assignments) {
        if (part.state == AssignmentState::objected) units.push_back(part.unit);
    }
    if (units.size() == 1) return units.front();
    if (units.empty()) {
        return refuse("not_objected", "No unit objects to its part in this task.", "unit");
    }
    return fail(Errc::invalid_argument, "Several units object to their parts; name one.", "unit");
}

Status check_taker(const TaskState& task, const SettleObjection& command, const Facts& facts) {
    if (!facts.directory.units.contains(command.to)) return unknown_unit(command.to, "to");
    const auto* part = find_assignment(task, command.to);
    if (part == nullptr || part->state == AssignmentState::released) return {};
    return refuse("unit_has_part",
                  command.to.value + " already has a part in the task; name a unit without one.",
                  "to");
}

Status check_settlement(const TaskState& task, const Assignment& part,
                        const SettleObjection& command, const Facts& facts) {
    if (part.state != AssignmentState::objected) {
        return refuse("not_objected",
                      part.unit.value + " does not object to its part; nothing to settle.");
    }
    const bool lead = part.role == UnitRole::lead;
    if (lead && command.outcome == Settlement::release) {
        return refuse("lead_needed",
                      "The lead cannot be released without another in its place; reassign the "
                      "part or confirm it.");
    }
    if (lead && command.outcome == Settlement::reassign && has_open_subject(task)) {
        return refuse("report_in_approval",
                      "A report of this task is not decided yet; the lead can only change once it "
                      "is accepted or rejected.");
    }
    if (command.outcome == Settlement::reassign) return check_taker(task, command, facts);
    if (command.to.empty()) return {};
    return fail(Errc::invalid_argument, "Only a reassignment names another unit; leave this empty.",
                "to");
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const SignAssignment& command,
                                   const Facts& facts) {
    const auto right = require_right(task, facts, command.unit,
                                     posts_of_unit({Post::clerk, Post::head}), "sign in for it");
    if (!right) return refusal(right);
    const auto part = running_part(task, right->unit, "sign in");
    if (!part) return refusal(part);
    auto waiting = check_waiting(**part, facts);
    if (!waiting) return refusal(waiting);
    return decision(right->capacity, {AssignmentSigned{task.id, right->unit}});
}

static Result<Decision> decide_one(const TaskState& task, const ObjectAssignment& command,
                                   const Facts& facts) {
    const auto right =
        require_right(task, facts, command.unit, posts_of_unit({Post::head}), "object to its part");
    if (!right) return refusal(right);
    const auto part = running_part(task, right->unit, "object");
    if (!part) return refusal(part);
    auto checked = check_waiting(**part, facts)
                       .and_then([&] { return check_in_time(**part, facts); })
                       .and_then([&] {
                           return require_text(command.reason, "reason", opinion_characters_max);
                       });
    if (!checked) return refusal(checked);
    return decision(right->capacity, {AssignmentObjected{task.id, right->unit, command.reason}});
}

static Result<Decision> decide_one(const TaskState& task, const SettleObjection& command,
                                   const Facts& facts) {
    const auto capacity = require_judge(task, facts, {settler_of(task)}, "settle an objection");
    if (!capacity) return refusal(capacity);
    auto running = require_running(task, "settle an objection");
    if (!running) return refusal(running);
    const auto unit = objecting_unit(task, command.unit);
    if (!unit) return refusal(unit);
    const auto part = require_part(task, *unit);
    if (!part) return refusal(part);
    auto checked = check_settlement(task, **part, command, facts).and_then([&] {
        return limit_text(command.reason, "reason", opinion_characters_max);
    });
    if (!checked) return refusal(checked);
    std::optional<Date> sign_by;
    if (command.outcome != Settlement::release) sign_by = add_days(today_of(facts), sign_in_days);
    return decision(*capacity, {AssignmentSettled{task.id, *unit, command.outcome, command.to,
                                                  sign_by, command.reason}});
}

static Result<Decision> decide_one(const TaskState& task, const AssignHandler& command,
                                   const Facts& facts) {
    const auto right = require_right(
        task, facts, command.unit, posts_of_unit({Post::section, Post::head}), "name the handler");
    if (!right) return refusal(right);
    const auto part = running_part(task, right->unit, "name a handler");
    if (!part) return refusal(part);
    auto checked = check_signed(**part).and_then(
        [&] { return check_handler(command.handler, right->unit, facts, "handler"); });
    if (!checked) return refusal(checked);
    return decision(right->capacity, {HandlerAssigned{task.id, right->unit, command.handler}});
}

static Result<Decision> decide_one(const TaskState& task, const BreakDown& command,
                                   const Facts& facts) {
    auto rule = posts_of_unit({Post::section, Post::head});
    rule.handler = true;
    const auto right = require_right(task, facts, command.unit, rule, "break the work down");
    if (!right) return refusal(right);
    const auto part = running_part(task, right->unit, "break the work down");
    if (!part) return refusal(part);
    auto checked = check_signed(**part).and_then(
        [&] { return check_parts(command, right->unit, task, facts); });
    if (!checked) return refusal(checked);
    return decision(right->capacity, {AssignmentBrokenDown{task.id, right->unit, command.parts}});
}

DUBAN_DEFINE_COMMAND(SignAssignment)
DUBAN_DEFINE_COMMAND(ObjectAssignment)
DUBAN_DEFINE_COMMAND(SettleObjection)
DUBAN_DEFINE_COMMAND(AssignHandler)
DUBAN_DEFINE_COMMAND(BreakDown)

}  // namespace duban
