#include <algorithm>
#include <optional>
#include <utility>

#include "domain/approval/route_plan.h"
#include "domain/approval/seats.h"
#include "tests/support/approval_deed.h"
#include "tests/support/random_route.h"

namespace duban {
namespace {

const std::vector<std::string> everybody = {
    "jtj.clerk",    "jtj.section",   "jtj.head",    "jtj.head2",   "jtj.deputy",    "jzy.clerk",
    "jzy.section",  "jzy.section2",  "jzy.head",    "rsj.clerk",   "rsj.section",   "rsj.head",
    "office.clerk", "office.clerk2", "office.head", "zone.leader", "audit.auditor", "admin.system"};

class DeedSource {
public:
    DeedSource(Dice& dice, const GivenTask& world) : dice_(dice), world_(world) {}

    Deed make() {
        if (is_held(world_.task) && dice_.one_in(2)) return by("office.head", Verb::resume_task);
        if (dice_.one_in(6)) {
            if (auto signs = signing()) return *signs;
        }
        const auto* open = open_approval();
        if (open == nullptr && !dice_.one_in(6)) return submission();
        const auto* approval = open == nullptr ? any_approval() : open;
        if (approval == nullptr) return submission();
        if (approval->state == ApprovalState::held && dice_.one_in(2)) {
            return on(*approval, "office.clerk", Verb::resume);
        }
        const std::size_t kind = dice_.below(100);
        if (kind < 66) return in_a_slot(*approval);
        if (kind < 73) return time_passes();
        if (kind < 77) return on_the_course(*approval);
        if (kind < 84) return taking_back(*approval);
        if (kind < 87) return words_only(*approval);
        if (kind < 90) return on_the_task();
        if (kind < 93) return in_the_directory();
        if (kind < 95) return submission();
        return anything(*approval);
    }

private:
    std::string person() { return dice_.one_of(everybody); }

    Deed by(std::string actor, Verb verb) {
        Deed deed;
        deed.actor = std::move(actor);
        deed.verb = verb;
        deed.number = static_cast<int>(dice_.below(1000));
        return deed;
    }

    Deed on(const Approval& approval, std::string actor, Verb verb) {
        Deed deed = by(std::move(actor), verb);
        deed.approval = approval.no;
        return deed;
    }

    const Approval* any_approval() {
        const auto& all = world_.task.approvals;
        return all.empty() ? nullptr : &all[dice_.below(all.size())];
    }

    const Approval* open_approval() {
        const auto& open = *world_.task.open_approvals;
        return open.empty() ? nullptr : find_approval(world_.task, open[dice_.below(open.size())]);
    }

    // The address of a node that was reached.
    std::string some_node(const Approval& approval) {
        return approval.nodes.empty() ? ""
                                      : approval.nodes[dice_.below(approval.nodes.size())].node;
    }

    // By a unit that has not signed in for its part.
    std::optional<Deed> signing() {
        for (const Assignment& part : world_.task.assignments) {
            if (part.state != AssignmentState::waiting) continue;
            Deed deed = by(part.unit.value + ".clerk", Verb::sign);
            deed.unit = part.unit;
            return deed;
        }
        return std::nullopt;
    }

    Deed submission() {
        Deed deed = by("", Verb::submit);
        if (world_.task.stage == TaskStage::established && !dice_.one_in(10)) {
            deed.kind = SubjectKind::issue;
            deed.unit = office;
            deed.actor = dice_.one_in(15) ? person() : "office.clerk";
            return deed;
        }
        deed.kind = dice_.one_of({SubjectKind::report, SubjectKind::report, SubjectKind::report,
                                  SubjectKind::report, SubjectKind::report, SubjectKind::extension,
                                  SubjectKind::extension, SubjectKind::closing,
                                  SubjectKind::amendment, SubjectKind::amendment});
        deed.unit = world_.task.mandate->lead;
        if (deed.kind == SubjectKind::extension) deed.unit = dice_.one_of({jtj, jzy, rsj});
        if (deed.kind == SubjectKind::amendment) deed.unit = dice_.one_of({jtj, jzy, rsj, office});
        const bool head = deed.kind == SubjectKind::closing ||
                          deed.kind == SubjectKind::amendment ||
                          (deed.kind == SubjectKind::extension && deed.unit != jtj);
        deed.actor = deed.unit.value + (head && deed.unit != office ? ".head" : ".clerk");
        if (dice_.one_in(15)) deed.actor = person();
        return deed;
    }

    struct Open {
        const ApprovalNode* run;
        const Slot* slot;
    };
    std::vector<Open> open_slots(const Approval& approval) {
        std::vector<Open> open;
        for (const ApprovalNode& run : approval.nodes) {
            if (run.state != NodeState::open) continue;
            for (const Slot& slot : run.slots) {
                if (is_undecided(slot.state)) open.push_back({&run, &slot});
            }
        }
        // Rarely one whose turn it is not.
        std::vector<Open> asked;
        for (const Open& one : open) {
            if (can_act_now(*one.slot)) asked.push_back(one);
        }
        return asked.empty() || dice_.one_in(12) ? open : asked;
    }

    Deed in_a_slot(const Approval& approval) {
        const auto open = open_slots(approval);
        if (open.empty()) return on_the_task();
        const Open one = dice_.one_of(open);
        auto persons = slot_holders(*one.slot, one.run->except, world_.task, world_.directory);
        auto actor = persons.empty() ? person() : dice_.one_of(persons).value;
        if (dice_.one_in(8)) actor = deputy_of(std::move(actor));
        if (dice_.one_in(20)) actor = person();
        if (one.run->fill) return revision(approval, std::move(actor));
        Deed deed = on(approval, std::move(actor), verb_for(*one.run, *one.slot));
        deed.node = one.run->node;
        deed.slot = one.slot->slot;
        deed.stale = dice_.one_in(40);
        fill_in(approval, *one.run, deed);
        return deed;
    }

    std::string deputy_of(std::string person) {
        for (const Proxy& proxy : world_.directory.proxies) {
            if (proxy.principal.value == person) return proxy.deputy.value;
        }
        return person;
    }

    Verb verb_for(const ApprovalNode& run, const Slot& slot) {
        if (!slot.delegate.empty() && !dice_.one_in(5)) return Verb::resolve;
        if (is_pooled(run, slot) && !dice_.one_in(8)) return Verb::claim;
        const std::size_t kind = dice_.below(100);
        if (kind < 50) return Verb::approve;
        if (kind < 57) return Verb::reject;
        if (kind < 75) return Verb::send_back;
        if (kind < 79) return Verb::transfer;
        if (kind < 83) return Verb::delegate;
        if (kind < 91) return Verb::add_signers;
        if (kind < 93) return Verb::drop_signer;
        if (kind < 95) return Verb::hold;
        if (kind < 96) return Verb::end;
        if (kind < 98) return Verb::release;
        return Verb::resolve;
    }

    // What the verb needs besides.
    void fill_in(const Approval& approval, const ApprovalNode& run, Deed& deed) {
        if (deed.verb == Verb::send_back) {
            deed.to = dice_.one_in(2) ? dice_.one_of<std::string>({"", "prev", "start"})
                                      : some_node(approval);
            if (dice_.one_in(3)) deed.then = dice_.one_of({Resume::rerun, Resume::jump});
        }
        const auto near = [&] {
            const auto unit = deed.actor.substr(0, deed.actor.find('.'));
            std::vector<std::string> own;
            for (const auto& one : everybody) {
                if (one.starts_with(unit) && one != deed.actor) own.push_back(one);
            }
            return own.empty() || dice_.one_in(4) ? person() : dice_.one_of(own);
        };
        if (deed.verb == Verb::transfer || deed.verb == Verb::delegate) deed.to = near();
        if (deed.verb == Verb::add_signers) {
            deed.pos = dice_.one_of({SignerPos::before, SignerPos::with, SignerPos::after});
            deed.mode = dice_.one_of({NodeMode::one, NodeMode::any, NodeMode::all, NodeMode::seq});
            deed.persons = {near()};
            if (dice_.one_in(2)) deed.persons.push_back(near());
        }
        if (deed.verb != Verb::drop_signer) return;
        std::vector<const Slot*> added;
        for (const Slot& slot : run.slots) {
            if (slot.pos != SignerPos::none) added.push_back(&slot);
        }
        if (added.empty()) return;
        const Slot* one = dice_.one_of(added);
        deed.slot = one->slot;
        deed.actor = one->added_by.value;
    }

    Deed revision(const Approval& approval, std::string actor) {
        Deed deed = on(approval, std::move(actor), Verb::revise);
        deed.repeated = dice_.one_in(4);
        deed.material = !deed.repeated && dice_.one_in(3);
        return deed;
    }

    Deed time_passes() {
        Deed deed;
        deed.verb = Verb::pass_time;
        deed.number = dice_.one_of({1, 5, 24, 24, 48, 100, 300});
        return deed;
    }

    Deed on_the_course(const Approval& approval) {
        const auto verb =
            dice_.one_of({Verb::withdraw, Verb::end, Verb::make_void, Verb::revoke, Verb::jump,
                          Verb::jump, Verb::migrate, Verb::publish, Verb::hold, Verb::move_due,
                          Verb::reassign, Verb::reassign});
        Deed deed = on(approval, "office.head", verb);
        if (verb == Verb::withdraw) deed.actor = approval.starter.value;
        if (verb == Verb::revoke) deed.actor = "zone.leader";
        const auto* plan = find_route(world_.routes, approval.route, approval.route_version);
        if (verb == Verb::jump && plan != nullptr) {
            deed.to = plan->node(dice_.below(plan->size())).id;
        }
        if (verb == Verb::migrate) deed.number = approval.route_version + 1;
        if (verb == Verb::publish) {
            const auto* newest = newest_route(world_.routes, approval.route);
            deed.route = std::make_shared<Route>(changed_route(dice_, newest->route(), world_));
        }
        const auto open = open_slots(approval);
        if (verb == Verb::reassign && !open.empty()) {
            const Open one = dice_.one_of(open);
            deed.node = one.run->node;
            deed.slot = one.slot->slot;
            deed.to = person();
        }
        return deed;
    }

    // By somebody who has spoken, mostly the last who did.
    Deed taking_back(const Approval& approval) {
        const Slot* last = nullptr;
        const ApprovalNode* where = nullptr;
        for (const ApprovalNode& run : approval.nodes) {
            for (const Slot& slot : run.slots) {
                if (slot.by.empty() && slot.delegator.empty()) continue;
                const bool later = last == nullptr || slot.at >= last->at || dice_.one_in(5);
                if (!later) continue;
                last = &slot;
                where = &run;
            }
        }
        if (last == nullptr) return time_passes();
        const auto& actor = last->delegator.empty() ? last->by : last->delegator;
        Deed deed = on(approval, actor.value, Verb::reclaim);
        if (dice_.one_in(2)) return deed;
        deed.node = where->node;
        deed.slot = last->slot;
        return deed;
    }

    Deed words_only(const Approval& approval) {
        Deed deed = on(approval, person(),
                       dice_.one_of({Verb::copy, Verb::read, Verb::urge, Verb::comment}));
        if (deed.verb == Verb::copy) deed.persons = {person(), person()};
        return deed;
    }

    Deed on_the_task() {
        const auto verb = dice_.one_of(
            {Verb::urge_task, Verb::urge_task, Verb::hold_task, Verb::amend, Verb::amend});
        Deed deed = by("office.head", verb);
        if (verb == Verb::amend) {
            deed.persons = dice_.one_of<std::vector<std::string>>(
                {{"jzy"}, {"rsj"}, {"jzy", "rsj"}, {"rsj", "jzy"}, {}});
        }
        return deed;
    }

    // The head of the office and the leader stay, or nobody could settle anything.
    Deed in_the_directory() {
        const auto verb =
            dice_.one_of({Verb::grant, Verb::take_post, Verb::take_post, Verb::deactivate,
                          Verb::activate, Verb::activate, Verb::proxy, Verb::proxy, Verb::proxy});
        auto actor = person();
        if (verb != Verb::proxy && (actor == "office.head" || actor == "zone.leader")) {
            actor = "jzy.head";
        }
        Deed deed = by(actor, verb);
        deed.unit = UnitCode(actor.substr(0, actor.find('.')));
        if (deed.unit == office || deed.unit == zone) deed.unit = jzy;
        deed.post = dice_.one_of({Post::clerk, Post::section, Post::head});
        if (verb == Verb::take_post && dice_.one_in(2)) {
            const auto* found = find_person(world_.directory, PersonId(actor));
            if (found != nullptr && !found->posts.empty()) {
                deed.unit = found->posts.front().unit;
                deed.post = found->posts.front().post;
            }
        }
        if (verb == Verb::deactivate || verb == Verb::activate) deed.unit = {};
        if (verb == Verb::proxy) {
            deed.to = person();
            deed.number = static_cast<int>(dice_.below(20));
            if (deed.to == deed.actor) deed.to = "rsj.clerk";
        }
        return deed;
    }

    // Anybody, anywhere.
    Deed anything(const Approval& approval) {
        const auto count = static_cast<std::size_t>(Verb::pass_time);
        Deed deed = on(approval, person(), static_cast<Verb>(dice_.below(count)));
        deed.unit = dice_.one_of({jtj, jzy, rsj});
        deed.to = dice_.one_in(2) ? person() : "start";
        deed.persons = {person()};
        if (deed.verb == Verb::amend) deed.persons = {"jzy"};
        deed.node = dice_.one_in(4) ? "" : some_node(approval);
        deed.slot = dice_.one_of<std::string>({"", "1", "2", "1.1"});
        deed.stale = dice_.one_in(3);
        return deed;
    }

    Dice& dice_;
    const GivenTask& world_;
};

}  // namespace

Deed random_deed(Dice& dice, const GivenTask& world) {
    return DeedSource(dice, world).make();
}

}  // namespace duban
