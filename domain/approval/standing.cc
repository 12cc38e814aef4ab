#include "domain/approval/standing.h"

#include <algorithm>
#include <utility>

#include "domain/approval/seats.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

bool is_decided(const Slot& slot) {
    return slot.state == SlotState::approved || slot.state == SlotState::rejected ||
           slot.state == SlotState::returned || slot.state == SlotState::kept ||
           slot.state == SlotState::passing;
}

// Time was up for the slot, and the round goes on with somebody else.
bool was_passed_by(const ApprovalNode& run, const Slot& slot) {
    const bool silent = slot.state == SlotState::deemed || slot.state == SlotState::timed_out;
    return silent && run.state == NodeState::open;
}

struct Held {
    const Slot* slot = nullptr;
    PersonId on_behalf_of;
};

// Whose slots the actor may speak for, in one round.
class Holdings {
public:
    Holdings(const TaskState& task, const Approval& approval, const Facts& facts)
        : task_(task),
          approval_(approval),
          facts_(facts),
          principals_(principals_of(facts.directory, facts.actor, today_of(facts))) {}

    void add(const Slot& slot, const PersonId& except, bool pool) {
        if (slot.state == SlotState::transferred || slot.state == SlotState::dropped) return;
        Slot seen = slot;
        if (pool) seen.bound = {};
        auto holders = slot_holders(seen, except, task_, facts_.directory);
        // Who gave it away for an opinion is told so.
        if (!slot.delegator.empty()) holders.push_back(slot.delegator);
        const bool decided_himself = slot.by == facts_.actor && slot.on_behalf_of.empty();
        if (std::ranges::count(holders, facts_.actor) > 0 || decided_himself)
            own_.push_back({&slot, {}});
        for (const auto& principal : principals_) {
            const bool his = std::ranges::count(holders, principal) > 0 ||
                             (slot.by == facts_.actor && slot.on_behalf_of == principal);
            if (!his ||
                !may_be_proxy(slot, principal, facts_.actor, task_, approval_, facts_.directory)) {
                continue;
            }
            proxy_.push_back({&slot, principal});
            break;
        }
    }

    // Who has a slot of his own speaks for another only by naming the slot.
    [[nodiscard]] Held first() const { return first_of(own_.empty() ? proxy_ : own_); }
    [[nodiscard]] Held of(const std::string& slot) const {
        for (const auto* list : {&own_, &proxy_}) {
            const auto found =
                std::ranges::find(*list, slot, [](const Held& held) { return held.slot->slot; });
            if (found != list->end()) return *found;
        }
        return {};
    }
    [[nodiscard]] bool acts_now() const {
        const auto open = [](const Held& held) { return can_act_now(*held.slot); };
        return std::ranges::any_of(own_, open) ||
               (own_.empty() && std::ranges::any_of(proxy_, open));
    }

private:
    static Held first_of(const std::vector<Held>& list) {
        const auto open = std::ranges::find_if(
            list, [](const Held& held) { return held.slot->state == SlotState::open; });
        if (open != list.end()) return *open;
        const auto asked = std::ranges::find_if(
            list, [](const Held& held) { return is_undecided(held.slot->state); });
        if (asked != list.end()) return *asked;
        return list.empty() ? Held{} : list.front();
    }

    const TaskState& task_;
    const Approval& approval_;
    const Facts& facts_;
    std::vector<PersonId> principals_;
    std::vector<Held> own_;
    std::vector<Held> proxy_;
};

Holdings holdings_in(const TaskState& task, const Approval& approval, const ApprovalNode& run,
                     bool pool, const Facts& facts) {
    Holdings holdings(task, approval, facts);
    for (const Slot& slot : run.slots) {
        if (!was_passed_by(run, slot)) holdings.add(slot, run.except, pool);
    }
    return holdings;
}

tl::unexpected<Error> no_such_node(const RoutePlan& plan, const std::string& node) {
    return fail(Errc::invalid_argument,
                "The route " + plan.route().route.value + " has no node \"" + node +
                    "\"; in a run of units it is named id@unit.",
                "node");
}

// The address of an open node in which the actor can act; "" when there is none.
Result<std::string> open_for(const TaskState& task, const Approval& approval, bool pool,
                             const Facts& facts) {
    std::string address;
    for (const ApprovalNode& run : approval.nodes) {
        if (run.state != NodeState::open || run.fill || run.slots.empty()) continue;
        if (!holdings_in(task, approval, run, pool, facts).acts_now()) continue;
        if (!address.empty()) {
            return fail(Errc::invalid_argument,
                        "You can act in several nodes: " + address + ", " + run.node +
                            "; name the one that is meant.",
                        "node");
        }
        address = run.node;
    }
    return address;
}

// The node that the actor decided last, else the first open one, else the last that was decided.
std::string last_for(const Approval& approval, const PersonId& actor) {
    std::string last;
    std::string open;
    std::string any;
    Timestamp at{-1};
    Timestamp any_at{-1};
    for (const ApprovalNode& run : approval.nodes) {
        if (open.empty() && run.state == NodeState::open && !run.slots.empty()) open = run.node;
        for (const Slot& slot : run.slots) {
            if (!is_decided(slot)) continue;
            if (slot.by == actor && slot.at >= at) {
                at = slot.at;
                last = run.node;
            }
            if (slot.at >= any_at) {
                any_at = slot.at;
                any = run.node;
            }
        }
    }
    if (!last.empty()) return last;
    return open.empty() ? any : open;
}

Result<std::string> address_meant(const TaskState& task, const Approval& approval,
                                  const std::string& node, bool pool, const Facts& facts) {
    if (!node.empty()) return node;
    auto open = open_for(task, approval, pool, facts);
    if (!open || !open->empty()) return open;
    return last_for(approval, facts.actor);
}

// Those who would be asked in a node that is not open.
std::vector<Slot> slots_by_route(const TaskState& task, const Standing& standing,
                                 const Facts& facts) {
    Walk walk(task, standing.approval->no, *standing.plan, facts, {});
    if (standing.node().kind != NodeKind::task) return {};
    if (standing.spot.place == RoutePlan::start()) return {};
    auto slots = slots_meant(walk, standing.spot);
    return slots ? std::move(*slots) : std::vector<Slot>{};
}

tl::unexpected<Error> not_his(const Standing& standing, const std::vector<Slot>& slots,
                              const std::string& act, const Facts& facts) {
    const auto& author = standing.run == nullptr ? PersonId() : standing.run->except;
    if (author == facts.actor && !author.empty()) {
        return fail(Errc::forbidden, "The author of a report may not decide on it in " +
                                         name_of(standing.node()) +
                                         "; another holder of that post must.");
    }
    std::string who;
    for (const Slot& slot : slots) {
        if (standing.run != nullptr && was_passed_by(*standing.run, slot)) continue;
        std::string one =
            slot.seat ? describe({*slot.seat}) : name_of(facts.directory, slot.person);
        if (!slot.bound.empty()) one = name_of(facts.directory, slot.bound);
        if (who.find(one) == std::string::npos) who += (who.empty() ? "" : " or ") + one;
    }
    return fail(Errc::forbidden, "Only the " + (who.empty() ? "persons asked there" : who) +
                                     " may " + act + " in " + name_of(standing.node()) + ".");
}

const char* words(SlotState state) {
    switch (state) {
        case SlotState::approved:
        case SlotState::kept:
            return "approved";
        case SlotState::rejected:
            return "refused";
        case SlotState::returned:
            return "returned";
        default:
            return "decided";
    }
}

Status not_running(const TaskState& task, const Approval& approval) {
    const bool held = approval.state == ApprovalState::held;
    return refuse(held ? "held" : "approval_not_running",
                  "The approval " + to_string(ApprovalId{task.id, approval.no}) + " is " +
                      words(approval.state) +
                      (held ? "; it must be resumed before anything is done in it." : "."));
}

OpinionNeed need_of(const RouteNode& node, Act act) {
    const auto& rule = node.opinion;
    const auto asked = act == Act::approve  ? rule.approve
                       : act == Act::reject ? rule.reject
                                            : rule.return_;
    if (act == Act::approve && node.do_ == NodeDo::fill) return OpinionNeed::must;
    if (asked != OpinionNeed::usual) return asked;
    return act == Act::approve ? OpinionNeed::opt : OpinionNeed::must;
}

}  // namespace

const char* words(Act act) {
    switch (act) {
        case Act::return_:
            return "return";
        case Act::add_before:
            return "add a signer before";
        case Act::add_with:
            return "add a signer with";
        case Act::add_after:
            return "add a signer after";
        case Act::drop:
            return "drop a signer of";
        case Act::cc:
            return "copy";
        default:
            return enum_name(act).data();
    }
}

std::string words(ApprovalState state) {
    switch (state) {
        case ApprovalState::running:
            return "running";
        case ApprovalState::returned:
            return "returned and waits for a new revision";
        case ApprovalState::passed:
            return "closed: passed";
        case ApprovalState::rejected:
            return "closed: rejected";
        case ApprovalState::held:
            return "on hold";
        case ApprovalState::withdrawn:
            return "closed: withdrawn";
        case ApprovalState::ended:
            return "closed: ended before its end";
        case ApprovalState::revoked:
            return "revoked after it had passed";
        case ApprovalState::voided:
            return "void";
    }
    return {};
}

Result<const RoutePlan*> plan_of(const Approval& approval, const Facts& facts) {
    const auto* plan = find_route(facts.routes, approval.route, approval.route_version);
    if (plan != nullptr) return plan;
    return fail(Errc::corrupt, "The record has no version " +
                                   std::to_string(approval.route_version) + " of the route " +
                                   approval.route.value + ".");
}

Result<const Approval*> require_approval(const TaskState& task, const ApprovalId& id) {
    const auto* approval = find_approval(task, id.no);
    if (approval != nullptr) return approval;
    return fail(Errc::not_found, "There is no approval " + to_string(id) + ".", "approval");
}

Result<Standing> require_standing(const TaskState& task, const ApprovalId& id,
                                  const std::string& node, const std::string& slot, bool pool,
                                  const std::string& act, const Facts& facts) {
    Standing standing;
    const auto approval = require_approval(task, id);
    if (!approval) return refusal(approval);
    standing.approval = *approval;
    const auto plan = plan_of(**approval, facts);
    if (!plan) return refusal(plan);
    standing.plan = *plan;
    auto address = address_meant(task, **approval, node, pool, facts);
    if (!address) return refusal(address);
    standing.spot = Walk(task, id.no, **plan, facts, {}).spot_of(*address);
    if (standing.spot.place == no_place) return no_such_node(**plan, *address);
    standing.address = std::move(*address);
    standing.run = find_node(**approval, standing.address);

    const auto asked = slots_by_route(task, standing, facts);
    const bool has_slots = standing.run != nullptr && !standing.run->slots.empty();
    Held held;
    if (has_slots) {
        const auto holdings = holdings_in(task, **approval, *standing.run, pool, facts);
        if (!slot.empty() && find_slot(*standing.run, slot) == nullptr) {
            return fail(
                Errc::invalid_argument,
                standing.address + " has no slot \"" + slot + "\"; approval.get lists its slots.",
                "slot");
        }
        held = slot.empty() ? holdings.first() : holdings.of(slot);
    }
    if (held.slot != nullptr) {
        standing.slot = held.slot;
        standing.on_behalf_of = held.on_behalf_of;
        return standing;
    }
    if (standing.is_open()) return not_his(standing, standing.run->slots, act, facts);
    Holdings expected(task, **approval, facts);
    for (const Slot& one : asked) expected.add(one, {}, pool);
    if (expected.first().slot == nullptr) return not_his(standing, asked, act, facts);
    return standing;
}

// Nobody decided after time was up in the round.
static bool was_ended_by_time(const ApprovalNode& run, Timestamp last_decision) {
    return std::ranges::any_of(run.slots, [&](const Slot& slot) {
        const bool silent = slot.state == SlotState::deemed || slot.state == SlotState::timed_out;
        return silent && slot.at > last_decision;
    });
}

Status check_undecided(const Standing& standing, std::uint32_t revision, const Facts& facts) {
    if (standing.run == nullptr) return {};
    const Slot* decided = nullptr;
    if (standing.slot != nullptr && is_decided(*standing.slot)) decided = standing.slot;
    const auto state = standing.run->state;
    const bool ended = state == NodeState::approved || state == NodeState::dissented ||
                       state == NodeState::rejected || state == NodeState::returned;
    if (decided == nullptr && ended) {
        for (const Slot& slot : standing.run->slots) {
            const bool later = decided == nullptr || slot.at >= decided->at;
            if (is_decided(slot) && later) decided = &slot;
        }
    }
    if (decided == nullptr || (!ended && !standing.is_open())) return {};
    if (decided != standing.slot && was_ended_by_time(*standing.run, decided->at)) return {};
    if (decided->revision != revision && decided->state != SlotState::kept) return {};
    return refuse("already_decided",
                  "Already decided by " + name_of(facts.directory, decided->by) + " at " +
                      to_string(decided->at) + ": " + words(decided->state) + ".",
                  "node");
}

Status check_approval_running(const TaskState& task, const Approval& approval) {
    if (approval.state == ApprovalState::running) return {};
    return not_running(task, approval);
}

Status check_approval_unheld(const TaskState& task, const Approval& approval) {
    const bool goes_on = is_open(approval) && approval.state != ApprovalState::held;
    return goes_on ? Status{} : not_running(task, approval);
}

Status check_approval_open(const TaskState& task, const Approval& approval) {
    return is_open(approval) ? Status{} : not_running(task, approval);
}

Status check_revision(const Approval& approval, std::uint32_t revision, const Digest& digest) {
    if (revision == approval.revision && digest == approval.revision_digest) return {};
    return refuse("wrong_revision",
                  "The approval is on revision " + std::to_string(approval.revision) + " (" +
                      approval.revision_digest.value + "); read that one and decide on it.",
                  "revision");
}

static Status refuse_delegated(const Standing& standing, const Facts& facts) {
    const Slot& slot = *standing.slot;
    return refuse("delegated",
                  "The slot was delegated to " + name_of(facts.directory, slot.delegate) +
                      ", who may resolve it; " + name_of(facts.directory, slot.delegator) +
                      " may take it back with approval.reclaim.");
}

Status check_slot(const TaskState& task, const Standing& standing, bool claims,
                  const Facts& facts) {
    if (!standing.is_open()) {
        std::string open;
        for (const ApprovalNode& run : standing.approval->nodes) {
            if (run.state != NodeState::open || run.slots.empty()) continue;
            open += (open.empty() ? "" : ", ") + run.node;
        }
        const auto* run = standing.run;
        std::string why;
        if (run != nullptr && run->due && run->due->up) {
            why = ": the time for it was up at " + to_string(run->due->at);
        }
        return refuse("node_not_open",
                      name_of(standing.node()) + " is not open in this approval" + why +
                          "; open is: " + (open.empty() ? "nothing" : open) + ".",
                      "node");
    }
    DUBAN_ASSERT(standing.slot != nullptr);
    if (claims) return {};
    if (is_pooled(*standing.run, *standing.slot)) {
        return refuse(
            "claim_first",
            name_of(standing.node()) + " is open to several persons; claim it before you decide.");
    }
    const Slot slot = slot_today(*standing.slot, task, facts.directory);
    if (slot.state == SlotState::open) return {};
    if (!slot.delegate.empty()) return refuse_delegated(standing, facts);
    if (slot.state == SlotState::waiting) {
        return refuse("waits_for_added", "Slot " + slot.slot + " of " + name_of(standing.node()) +
                                             " waits for the signers who were added before it.");
    }
    return refuse("not_your_turn", "Slot " + standing.slot->slot + " of " +
                                       name_of(standing.node()) +
                                       " is not asked yet; those before it decide first.");
}

Status check_offered(const Standing& standing, Act act) {
    const auto& node = standing.node();
    if (offers(node, act)) return {};
    std::string offered;
    for (const auto one : node.acts) {
        offered += (offered.empty() ? "" : ", ") + std::string(words(one));
    }
    return refuse("act_not_offered", name_of(node) + " does not offer to " + words(act) +
                                         " a report; it offers: " +
                                         (offered.empty() ? "approve, reject" : offered) + ".");
}

Status check_opinion(const Standing& standing, Act act, const std::string& opinion) {
    return need_of(standing.node(), act) == OpinionNeed::must
               ? require_text(opinion, "opinion", opinion_characters_max)
               : limit_text(opinion, "opinion", opinion_characters_max);
}

}  // namespace duban
