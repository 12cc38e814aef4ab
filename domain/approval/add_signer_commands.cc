#include <algorithm>
#include <utility>

#include "domain/approval/handing_on.h"
#include "domain/approval/rounds.h"
#include "domain/approval/seats.h"
#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "domain/approval/signers.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Act act_of(SignerPos pos) {
    switch (pos) {
        case SignerPos::with:
            return Act::add_with;
        case SignerPos::after:
            return Act::add_after;
        case SignerPos::before:
        case SignerPos::none:
            break;
    }
    return Act::add_before;
}

// Also who waits for signers whom he added may add further ones.
Result<Standing> require_adder(const TaskState& task, const AddSigners& command,
                               const Facts& facts) {
    auto standing = require_standing(task, command.approval, command.node, command.slot, false,
                                     "add signers", facts);
    if (!standing) return standing;
    auto checked = require_not_held(task, "act in its approvals")
                       .and_then([&] { return check_undecided(*standing, facts); })
                       .and_then([&] { return check_approval_running(task, *standing->approval); });
    if (!checked) return refusal(checked);
    const bool waits = standing->is_open() && standing->slot != nullptr &&
                       standing->slot->state == SlotState::waiting &&
                       standing->slot->delegate.empty();
    checked = waits ? Status{} : check_slot(task, *standing, false, facts);
    checked = checked.and_then([&] { return check_offered(*standing, act_of(command.pos)); });
    if (!checked) return refusal(checked);
    return standing;
}

Status check_signers(const TaskState& task, const Standing& standing, const AddSigners& command,
                     const Facts& facts) {
    if (command.who.empty() || command.who.size() > signers_at_once_max) {
        return fail(Errc::invalid_argument, "Name 1 to 100 persons to add.", "who");
    }
    for (std::size_t i = 0; i < command.who.size(); ++i) {
        const auto field = "who[" + std::to_string(i) + "]";
        const auto end = command.who.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(command.who.begin(), end, command.who[i]) != end) {
            return refuse("already_signer", command.who[i].value + " is named twice.", field);
        }
        auto checked = check_receiver(task, standing, {command.who[i], field, {}, false}, facts);
        if (!checked) return checked;
    }
    return {};
}

std::vector<Slot> signers_of(const Standing& standing, const AddSigners& command,
                             const PersonId& adder) {
    std::vector<Slot> known = standing.run->slots;
    const auto& parent = standing.slot->slot;
    std::uint32_t set = 1;
    for (const Slot& slot : known) {
        if (slot.parent == parent && slot.pos != SignerPos::none) set = std::max(set, slot.set + 1);
    }
    std::vector<Slot> signers;
    for (const auto& person : command.who) {
        Slot slot;
        slot.slot = free_slot(known, parent);
        slot.person = person;
        if (standing.run->mode == NodeMode::claim) slot.bound = person;
        slot.parent = parent;
        slot.pos = command.pos;
        slot.set = set;
        slot.set_mode = command.mode;
        slot.added_by = adder;
        const bool waits =
            command.pos == SignerPos::after || (command.mode == NodeMode::seq && !signers.empty());
        slot.state = waits ? SlotState::idle : SlotState::open;
        known.push_back(slot);
        signers.push_back(std::move(slot));
    }
    return signers;
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const AddSigners& command,
                                   const Facts& facts) {
    const auto standing = require_adder(task, command, facts);
    if (!standing) return refusal(standing);
    const bool known_mode = command.mode == NodeMode::one || command.mode == NodeMode::any ||
                            command.mode == NodeMode::all || command.mode == NodeMode::seq;
    if (!known_mode || command.pos == SignerPos::none) {
        return fail(Errc::invalid_argument, "A set of signers is of mode one, any, all or seq.",
                    "mode");
    }
    if (auto checked = check_signers(task, *standing, command, facts); !checked) {
        return refusal(checked);
    }
    const auto& adder = standing->on_behalf_of.empty() ? facts.actor : standing->on_behalf_of;
    return decision_of(
        {SignersAdded{command.approval, standing->address, standing->run->round,
                      standing->slot->slot, command.pos, signers_of(*standing, command, adder)}},
        standing->on_behalf_of);
}

static Result<Decision> decide_one(const TaskState& task, const DropSigner& command,
                                   const Facts& facts) {
    // Whoever has a slot in the node is told why it is not his to drop.
    const auto standing =
        require_standing(task, command.approval, command.node, {}, false, "drop signers", facts);
    if (!standing) return refusal(standing);
    auto checked = require_not_held(task, "act in its approvals").and_then([&] {
        return check_approval_running(task, *standing->approval);
    });
    if (checked && !standing->is_open()) checked = check_slot(task, *standing, false, facts);
    if (!checked) return refusal(checked);
    const Slot* slot = find_slot(*standing->run, command.slot);
    if (slot == nullptr) {
        return fail(Errc::invalid_argument,
                    standing->address + " has no slot \"" + command.slot +
                        "\"; approval.get lists its slots.",
                    "slot");
    }
    const auto& person = standing->on_behalf_of.empty() ? facts.actor : standing->on_behalf_of;
    if (slot->added_by != person) {
        return refuse("not_added",
                      "Slot " + slot->slot +
                          " was not added by you; only who added a "
                          "signer may drop him.",
                      "slot");
    }
    if (!is_undecided(slot->state) || slot->state == SlotState::passing) {
        return refuse("already_decided",
                      "Slot " + slot->slot + " is not asked any more: it has been decided by " +
                          name_of(facts.directory, slot->by) + " at " + to_string(slot->at) + ".",
                      "slot");
    }
    if (auto offered = check_offered(*standing, Act::drop); !offered) return refusal(offered);
    Walk walk(task, command.approval.no, *standing->plan, facts, standing->on_behalf_of);
    walk.emit(
        SignerDropped{command.approval, standing->address, standing->run->round, command.slot});
    if (auto settled = settle(walk, standing->spot, ""); !settled) return refusal(settled);
    return decision_of(walk.take(), standing->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(AddSigners)
DUBAN_DEFINE_COMMAND(DropSigner)

}  // namespace duban
