#include <utility>

#include "domain/approval/handing_on.h"
#include "domain/approval/seats.h"
#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// That the actor, or his principal, is the one who was asked for his opinion.
Status check_delegate(const TaskState& task, const Standing& standing, const Facts& facts) {
    const Slot slot = slot_today(*standing.slot, task, facts.directory);
    const auto& person = standing.on_behalf_of.empty() ? facts.actor : standing.on_behalf_of;
    if (slot.delegate.empty()) {
        return refuse("act_not_offered", "Slot " + slot.slot + " of " + name_of(standing.node()) +
                                             " was not delegated; decide on it.");
    }
    if (slot.delegate == person) return {};
    return refuse("delegated", "The slot was delegated to " +
                                   name_of(facts.directory, slot.delegate) +
                                   ", who may resolve it.");
}

// The holder, or the delegate, who asks a third.
Result<Standing> require_delegator(const TaskState& task, const DelegateSlot& command,
                                   const Facts& facts) {
    auto standing = require_standing(task, command.approval, command.node, command.slot, false,
                                     "delegate", facts);
    if (!standing) return standing;
    auto checked = require_not_held(task, "act in its approvals")
                       .and_then([&] { return check_undecided(*standing, facts); })
                       .and_then([&] { return check_approval_running(task, *standing->approval); });
    if (!checked) return refusal(checked);
    const bool delegated = standing->is_open() && standing->slot != nullptr &&
                           !slot_today(*standing->slot, task, facts.directory).delegate.empty();
    checked = delegated ? check_delegate(task, *standing, facts)
                        : check_slot(task, *standing, false, facts);
    checked = checked.and_then([&] { return check_offered(*standing, Act::delegate); });
    if (!checked) return refusal(checked);
    return standing;
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const DelegateSlot& command,
                                   const Facts& facts) {
    const auto standing = require_delegator(task, command, facts);
    if (!standing) return refusal(standing);
    auto checked = limit_text(command.opinion, "opinion", opinion_characters_max).and_then([&] {
        return check_receiver(task, *standing,
                              {command.to, "to", unit_kept(*standing->slot, task), false}, facts);
    });
    if (!checked) return refusal(checked);
    return decision_of({SlotDelegated{command.approval, standing->address, standing->run->round,
                                      standing->slot->slot, command.to, command.opinion}},
                       standing->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const ResolveSlot& command,
                                   const Facts& facts) {
    const auto standing = require_standing(task, command.approval, command.node, command.slot,
                                           false, "resolve it", facts);
    if (!standing) return refusal(standing);
    auto checked = require_not_held(task, "act in its approvals")
                       .and_then([&] { return check_undecided(*standing, facts); })
                       .and_then([&] { return check_approval_running(task, *standing->approval); })
                       .and_then([&] {
                           return check_revision(*standing->approval, command.revision,
                                                 command.revision_digest);
                       })
                       .and_then([&]() -> Status {
                           if (standing->is_open() && standing->slot != nullptr) return {};
                           return check_slot(task, *standing, false, facts);
                       })
                       .and_then([&] { return check_delegate(task, *standing, facts); })
                       .and_then([&] {
                           return require_text(command.opinion, "opinion", opinion_characters_max);
                       });
    if (!checked) return refusal(checked);
    return decision_of({SlotResolved{command.approval, standing->address, standing->run->round,
                                     standing->slot->slot, command.revision,
                                     command.revision_digest, command.opinion}},
                       standing->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(DelegateSlot)
DUBAN_DEFINE_COMMAND(ResolveSlot)

}  // namespace duban
