#include "domain/approval/handing_on.h"

#include <algorithm>

#include "domain/approval/seats.h"
#include "domain/approval/signers.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

bool signs_already(const TaskState& task, const ApprovalNode& run, const PersonId& person,
                   const Directory& directory) {
    return std::ranges::any_of(run.slots, [&](const Slot& slot) {
        if (!is_undecided(slot.state)) return false;
        if (slot.delegator == person || slot.bound == person) return true;
        const auto persons = slot_holders(slot, run.except, task, directory);
        return std::ranges::find(persons, person) != persons.end();
    });
}

}  // namespace

Status check_receiver(const TaskState& task, const Standing& standing, const Receiver& receiver,
                      const Facts& facts) {
    const auto* person = find_person(facts.directory, receiver.person);
    if (person == nullptr || !person->active) {
        return fail(Errc::invalid_argument,
                    "There is no active person " + receiver.person.value + ".", receiver.field);
    }
    const auto named = name_of(facts.directory, receiver.person);
    const Walk walk(task, standing.approval->no, *standing.plan, facts, {});
    if (!receiver.any_sight && !sees_task(walk, receiver.person)) {
        return refuse("no_sight", named + " does not see this approval; name somebody who does.",
                      receiver.field);
    }
    if (!receiver.unit.empty() && !works_in(facts.directory, receiver.person, receiver.unit)) {
        return refuse("other_unit",
                      "The seat stays with " + receiver.unit.value + ", and " + named +
                          " has no post there; only the head of the office may reassign it "
                          "elsewhere.",
                      receiver.field);
    }
    if (signs_already(task, *standing.run, receiver.person, facts.directory)) {
        return refuse(
            "already_signer",
            named + " is asked in " + name_of(standing.node()) + " already; name somebody else.",
            receiver.field);
    }
    const bool author = standing.node().self != OnSelf::allow && walk.author() == receiver.person;
    if (!author) return {};
    return refuse("own_report",
                  named + " wrote it, and " + name_of(standing.node()) +
                      " keeps its author out; name somebody else.",
                  receiver.field);
}

SlotTransferred transfer_of(const Standing& standing, const ApprovalId& approval,
                            const Receiver& receiver, bool reassigned, const std::string& opinion) {
    SlotTransferred event;
    event.approval = approval;
    event.node = standing.address;
    event.round = standing.run->round;
    event.slot = standing.slot->slot;
    event.made = free_slot(standing.run->slots, level_of(standing.slot->slot));
    event.to = receiver.person;
    event.unit = receiver.unit;
    event.reassigned = reassigned;
    event.opinion = opinion;
    return event;
}

Result<Standing> require_act(const TaskState& task, const ApprovalId& approval,
                             const std::string& node, const std::string& slot, Act act,
                             const Facts& facts) {
    auto standing = require_standing(task, approval, node, slot, false, words(act), facts);
    if (!standing) return standing;
    auto checked = require_not_held(task, "act in its approvals")
                       .and_then([&] { return check_undecided(*standing, facts); })
                       .and_then([&] { return check_approval_running(task, *standing->approval); })
                       .and_then([&] { return check_slot(task, *standing, false, facts); })
                       .and_then([&] { return check_offered(*standing, act); });
    if (!checked) return refusal(checked);
    return standing;
}

}  // namespace duban
