#include <algorithm>
#include <utility>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/seats.h"
#include "domain/approval/sight.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/directory/access.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// Whether the actor holds an open slot of a node that offers to copy.
bool may_copy_as_signer(const TaskState& task, const Approval& approval, const RoutePlan& plan,
                        const Facts& facts) {
    return std::any_of(approval.nodes.begin(), approval.nodes.end(), [&](const ApprovalNode& run) {
        if (run.state != NodeState::open) return false;
        const PlaceNo place = plan.find(parse_address(run.node).id);
        if (place == no_place || !offers(plan.node(place), Act::cc)) return false;
        return std::ranges::any_of(run.slots, [&](const Slot& slot) {
            const auto persons = slot_holders(slot, run.except, task, facts.directory);
            return slot.state == SlotState::open &&
                   std::ranges::find(persons, facts.actor) != persons.end();
        });
    });
}

// Who started it, the office, or who is asked in a node that offers it. For whom, as a proxy.
Result<PersonId> require_copier(const TaskState& task, const Approval& approval,
                                const Facts& facts) {
    if (approval.starter == facts.actor) return PersonId();
    const auto plan = plan_of(approval, facts);
    if (!plan) return refusal(plan);
    if (may_copy_as_signer(task, approval, **plan, facts)) return PersonId();
    auto desk = require_office(facts,
                               "copy it, besides who submitted it and who is asked in a "
                               "step that offers to copy");
    if (!desk) return refusal(desk);
    return desk->on_behalf_of;
}

bool sees(const TaskState& task, const Approval& approval, const PersonId& person,
          const Facts& facts) {
    const auto* known = find_person(facts.directory, person);
    return known != nullptr && known->active &&
           sight_of(task, access_of(facts.directory, person, today_of(facts)))
               .sees_approval(approval.no);
}

bool has_copy(const Approval& approval, const PersonId& person) {
    return std::any_of(approval.copies.begin(), approval.copies.end(), [&](const Copy& copy) {
        const bool lasting = copy.reason == CopyReason::node || copy.reason == CopyReason::manual;
        return copy.to == person && lasting;
    });
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const CopyApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto on_behalf_of = require_copier(task, **approval, facts);
    if (!on_behalf_of) return refusal(on_behalf_of);
    if (is_open(**approval)) {
        auto going = require_under_way(task, "copy its approvals").and_then([&] {
            return check_approval_unheld(task, **approval);
        });
        if (!going) return refusal(going);
    }
    if (command.to.empty() || command.to.size() > copies_at_once_max) {
        return fail(Errc::invalid_argument, "Name 1 to 200 persons to copy it to.", "to");
    }
    std::vector<PersonId> to;
    for (std::size_t i = 0; i < command.to.size(); ++i) {
        const PersonId& person = command.to[i];
        if (!sees(task, **approval, person, facts)) {
            return refuse("no_sight",
                          person.value + " does not see this approval; copy it to those who do.",
                          "to[" + std::to_string(i) + "]");
        }
        const bool named = std::ranges::find(to, person) != to.end();
        if (!named && !has_copy(**approval, person)) to.push_back(person);
    }
    if (to.empty()) return Decision{};
    return decision_of({ApprovalCopied{command.approval, std::move(to)}}, *on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const ReadApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    bool copied = false;
    bool unread = false;
    for (const Copy& copy : (*approval)->copies) {
        if (copy.to != facts.actor) continue;
        copied = true;
        unread = unread || !copy.read_at;
    }
    if (!copied) {
        return refuse("no_copy", "It was not copied to you; there is nothing to mark as read.");
    }
    if (!unread) return Decision{};
    return decision_of({ApprovalRead{command.approval}});
}

DUBAN_DEFINE_COMMAND(CopyApproval)
DUBAN_DEFINE_COMMAND(ReadApproval)

}  // namespace duban
