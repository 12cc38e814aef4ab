#include <algorithm>
#include <set>
#include <utility>

#include "domain/approval/course_commands.h"
#include "domain/approval/course_events.h"
#include "domain/approval/seats.h"
#include "domain/approval/sight.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/directory/access.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// Who started it, the office, or the head of the lead unit. For whom, as a proxy.
Result<PersonId> require_urger(const TaskState& task, const Approval& approval,
                               const Facts& facts) {
    if (approval.starter == facts.actor) return PersonId();
    const UnitCode office(office_unit);
    const std::vector<Seat> seats = {Seat{task.mandate->lead, Post::head},
                                     Seat{office, Post::clerk}, Seat{office, Post::section},
                                     Seat{office, Post::deputy}, Seat{office, Post::head}};
    auto capacity = require_seat(facts, seats, "urge it, besides who submitted it");
    if (!capacity) return refusal(capacity);
    return capacity->on_behalf_of;
}

// Those who can act on it, by their ids.
std::vector<PersonId> urged_in(const TaskState& task, const Approval& approval,
                               const Facts& facts) {
    std::set<PersonId> persons;
    for (const ApprovalNode& run : approval.nodes) {
        if (run.state != NodeState::open) continue;
        for (const Slot& slot : run.slots) {
            if (!can_act_now(slot)) continue;
            for (auto& person : slot_holders(slot, run.except, task, facts.directory)) {
                persons.insert(std::move(person));
            }
        }
    }
    return {persons.begin(), persons.end()};
}

Status check_addressed(const TaskState& task, const Approval& approval,
                       const std::vector<PersonId>& to, const Facts& facts) {
    if (to.size() > addressed_max) {
        return fail(Errc::invalid_argument, "Address at most 200 persons.", "to");
    }
    for (std::size_t i = 0; i < to.size(); ++i) {
        const auto access = access_of(facts.directory, to[i], today_of(facts));
        const auto* person = find_person(facts.directory, to[i]);
        const bool sees = person != nullptr && person->active &&
                          sight_of(task, access).sees_approval(approval.no);
        if (sees) continue;
        return refuse("no_sight", to[i].value + " does not see this approval; address who does.",
                      "to[" + std::to_string(i) + "]");
    }
    return {};
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const UrgeApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto on_behalf_of = require_urger(task, **approval, facts);
    if (!on_behalf_of) return refusal(on_behalf_of);
    auto checked =
        require_not_held(task, "urge its approvals")
            .and_then([&] { return check_approval_unheld(task, **approval); })
            .and_then([&] { return limit_text(command.text, "text", opinion_characters_max); });
    if (!checked) return refusal(checked);
    return decision_of(
        {ApprovalUrged{command.approval, command.text, urged_in(task, **approval, facts)}},
        *on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const CommentApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    auto checked = require_text(command.text, "text", opinion_characters_max).and_then([&] {
        return check_addressed(task, **approval, command.to, facts);
    });
    if (!checked) return refusal(checked);
    std::vector<PersonId> to;
    for (const auto& person : command.to) {
        if (std::ranges::find(to, person) == to.end()) to.push_back(person);
    }
    return decision_of({ApprovalCommented{command.approval, command.text, std::move(to)}});
}

DUBAN_DEFINE_COMMAND(UrgeApproval)
DUBAN_DEFINE_COMMAND(CommentApproval)

}  // namespace duban
