#include "domain/approval/hand_over_command.h"

#include <algorithm>
#include <utility>

#include "domain/approval/consequences.h"
#include "domain/approval/desk.h"
#include "domain/approval/handing_on.h"
#include "domain/approval/seats.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/directory/directory_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// The head must hold the post himself, as for proxies: what he gives away is others' work.
Status check_hander(const Facts& facts, const Person& from) {
    const bool heads_all =
        !from.posts.empty() && std::ranges::all_of(from.posts, [&](const HeldPost& held) {
            return holds(facts.directory, facts.actor, Seat{held.unit, Post::head});
        });
    if (heads_all || holds_post(facts.directory, facts.actor, Post::security_admin)) return {};
    return fail(Errc::forbidden, "Handing over the work of " + name_of(facts.directory, from.id) +
                                     " is for a security_admin or for who heads all of that "
                                     "person's units; ask one of them.");
}

Status check_taker(const Facts& facts, const HandOver& command) {
    const Person* to = find_person(facts.directory, command.to);
    if (to == nullptr || !to->active) {
        return fail(Errc::invalid_argument, "There is no active person " + command.to.value + ".",
                    "to");
    }
    if (command.to != command.from) return {};
    return fail(Errc::invalid_argument, "Nobody hands over to himself; name another person.", "to");
}

// Takes the person's slots in one task after the other.
class HandingOver {
public:
    HandingOver(const HandOver& command, const Facts& facts) : command_(command), facts_(facts) {
        handed_.person = command.from;
        handed_.to = command.to;
        handed_.opinion = command.opinion;
    }

    Status clear(const TaskState& task) {
        TaskState present = task;
        Decision made;
        for (const std::uint32_t no : *task.open_approvals) {
            const auto* approval = find_approval(present, no);
            DUBAN_ASSERT(approval != nullptr);
            const auto plan = plan_of(*approval, facts_);
            if (!plan) return refusal(plan);
            Walk walk(present, no, **plan, facts_, {});
            clear(walk);
            present = walk.task();
            for (Event& event : walk.take()) {
                auto stream = event.stream();
                made.events.push_back({std::move(stream), std::move(event)});
            }
        }
        if (made.events.empty()) return {};
        if (auto added = add_consequences(task, facts_, made); !added) return added;
        std::ranges::move(made.events, std::back_inserter(events_));
        return {};
    }

    // The act on the person first, then what it did to each task.
    Decision decision() {
        Decision decided = decision_of({std::move(handed_)});
        std::ranges::move(events_, std::back_inserter(decided.events));
        return decided;
    }

private:
    void clear(Walk& walk) {
        // A move puts slots between others; those that he has keep their names.
        const Parts<ApprovalNode> nodes = walk.approval().nodes;
        for (const ApprovalNode& run : nodes) {
            for (const Slot& slot : run.slots) {
                const auto hold =
                    desk_hold(slot, run, command_.from, walk.task(), facts_.directory);
                if (hold != DeskHold::none) hand_on(walk, run.node, slot.slot, hold);
            }
        }
    }

    void hand_on(Walk& walk, const std::string& address, const std::string& slot, DeskHold hold) {
        Standing standing;
        standing.approval = &walk.approval();
        standing.plan = &walk.plan();
        standing.spot = walk.spot_of(address);
        standing.address = address;
        standing.run = find_node(walk.approval(), address);
        DUBAN_ASSERT(standing.run != nullptr && standing.spot.place != no_place);
        standing.slot = find_slot(*standing.run, slot);
        DUBAN_ASSERT(standing.slot != nullptr);
        const Receiver receiver{command_.to, "to", unit_kept(*standing.slot, walk.task()), false};
        auto checked = check_receiver(walk.task(), standing, receiver, facts_);
        if (!checked) {
            DUBAN_ASSERT(!checked.error().rule.empty());
            handed_.left.push_back({walk.id(), address, slot, std::move(checked.error().rule)});
            return;
        }
        if (hold == DeskHold::lent) {
            handed_.moved.push_back({walk.id(), address, slot});
            walk.emit(SlotDelegated{walk.id(), address, standing.run->round, slot, command_.to,
                                    command_.opinion, command_.from});
            return;
        }
        auto moved = transfer_of(standing, walk.id(), receiver, true, command_.opinion);
        handed_.moved.push_back({walk.id(), address, moved.made});
        walk.emit(std::move(moved));
    }

    const HandOver& command_;
    const Facts& facts_;
    PersonHandedOver handed_;
    NewEvents events_;
};

}  // namespace

static Result<Decision> decide_one(const HandOver& command, const Facts& facts) {
    const Person* from = find_person(facts.directory, command.from);
    if (from == nullptr) {
        return fail(Errc::not_found,
                    "There is no person " + command.from.value + "; see directory.list.", "from");
    }
    auto checked = check_hander(facts, *from)
                       .and_then([&] { return check_taker(facts, command); })
                       .and_then([&] {
                           return require_text(command.opinion, "opinion", opinion_characters_max);
                       });
    if (!checked) return refusal(checked);
    DUBAN_ASSERT(facts.desk != nullptr);
    const auto desk = facts.desk(command.from, handed_tasks_max);
    if (!desk) return refusal(desk);
    if (desk->size() > handed_tasks_max) {
        return refuse("too_many_tasks",
                      name_of(facts.directory, command.from) + " has slots in more than " +
                          std::to_string(handed_tasks_max) +
                          " tasks; let the head of the office reassign some of them first.");
    }
    HandingOver handing(command, facts);
    for (const TaskState& task : *desk) {
        if (auto cleared = handing.clear(task); !cleared) return refusal(cleared);
    }
    return handing.decision();
}

DUBAN_DEFINE_COMMAND(HandOver)

}  // namespace duban
