#include "tests/support/random_route.h"

#include <utility>

#include "domain/approval/route_check.h"
#include "domain/approval/route_plan.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

Effect effect_for(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::report:
            return Effect::accept_values;
        case SubjectKind::extension:
            return Effect::set_due;
        case SubjectKind::amendment:
            return Effect::amend;
        case SubjectKind::issue:
            return Effect::issue_task;
        case SubjectKind::closing:
            break;
    }
    return Effect::close_task;
}

std::vector<Selector> starts_for(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::extension:
            return {at("lead", Post::clerk), at("coop", Post::head)};
        case SubjectKind::closing:
            return {at("lead", Post::head)};
        case SubjectKind::amendment:
            return {at("lead", Post::head), at("coop", Post::head), at("office", Post::clerk)};
        case SubjectKind::issue:
            return {at("office", Post::clerk)};
        case SubjectKind::report:
            break;
    }
    return {at("lead", Post::clerk)};
}

std::vector<std::string> material_for(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::extension:
            return {"reason"};
        case SubjectKind::closing:
            return {"conclusion"};
        case SubjectKind::amendment:
            return {"changes"};
        case SubjectKind::issue:
            return {"terms"};
        case SubjectKind::report:
            break;
    }
    return route_of({}).material;
}

// Whoever may be asked: units of the task, the office and leaders, and rsj, which is often a guest.
std::vector<Selector> seats(bool in_each) {
    std::vector<Selector> all = {
        at("lead", Post::section), at("lead", Post::head),    at("lead", Post::deputy),
        at("coop", Post::head),    at("coop", Post::section), at("#rsj", Post::head),
        at("#rsj", Post::section), at("zone", Post::leader),  at("office", Post::clerk),
        at("office", Post::head),  at("own", Post::section),  at("audit", Post::auditor)};
    if (in_each) {
        for (const Post post : {Post::clerk, Post::section, Post::head}) {
            all.push_back(at("$u", post));
            all.push_back(at("$u", post));
        }
    }
    return all;
}

class RandomRoute {
public:
    RandomRoute(Dice& dice, const RouteWish& wish) : dice_(dice), wish_(wish) {}

    Route make() {
        Route route = route_of(list(0, false));
        route.route = RouteId(wish_.route);
        route.subject = wish_.subject;
        route.on.pass = {{effect_for(wish_.subject)}};
        route.steps.push_back(adopt());
        route.steps.back().id = next_id();
        const bool implied = wish_.sub || dice_.one_in(4);
        if (implied) route.steps.erase(route.steps.begin());
        route.starts = starts_for(wish_.subject);
        if (!implied) route.steps.front().who = route.starts;
        route.material = material_for(wish_.subject);
        if (dice_.one_in(4)) route.material.clear();
        route.dedupe = dice_.one_of({Dedupe::none, Dedupe::none, Dedupe::once, Dedupe::adjacent});
        route.reclaim = dice_.one_in(2);
        route.withdraw = dice_.one_of({WithdrawRule::before_end, WithdrawRule::before_end,
                                       WithdrawRule::before_first, WithdrawRule::never});
        route.revoke_after_pass = {at("zone", Post::leader)};
        if (!implied && dice_.one_in(6)) add_due(route.steps.front(), true);
        return route;
    }

    // A few more nodes, with ids that are not used.
    std::vector<RouteNode> more(int made) {
        made_ = made;
        return {node(1, false)};
    }

private:
    std::string next_id() { return "n" + std::to_string(++made_); }
    bool is_full() const { return made_ >= static_cast<int>(wish_.nodes_max); }

    std::vector<RouteNode> list(std::size_t depth, bool in_each) {
        std::vector<RouteNode> nodes;
        const std::size_t count = depth == 0 ? 1 + dice_.below(4) : dice_.below(3) + 1;
        for (std::size_t i = 0; i < count; ++i) {
            if (is_full() && !nodes.empty()) break;
            nodes.push_back(node(depth, in_each));
            if (dice_.one_in(12)) nodes.back().when = condition();
            const bool task = nodes.front().kind == NodeKind::task && !nodes.front().when;
            if (task && dice_.one_in(7)) nodes.push_back(go_to(nodes.front().id));
        }
        return nodes;
    }

    RouteNode node(std::size_t depth, bool in_each) {
        const std::size_t kind = dice_.below(depth < 2 && !is_full() ? 15 : 9);
        if (kind == 6) return cc();
        if (kind == 7) return simple();
        if (kind == 8 && !wish_.starts.empty() && dice_.one_in(2)) return sub();
        if (kind < 9) return task(in_each);
        if (kind < 11 && !in_each) return runs(depth);
        const auto block_kind =
            dice_.one_of({NodeKind::par, NodeKind::par, NodeKind::inc, NodeKind::choose});
        const auto id = next_id();
        std::vector<RouteBranch> branches;
        if (block_kind == NodeKind::par) {
            branches = {branch(list(depth + 1, in_each)), branch(list(depth + 1, in_each))};
        } else {
            branches = {
                branch_when(condition(), list(depth + 1, in_each)),
                branch_when(condition(), list(depth + 1, in_each)),
                otherwise(dice_.one_in(3) ? std::vector<RouteNode>{} : list(depth + 1, in_each))};
        }
        return block(id.c_str(), block_kind, std::move(branches));
    }

    Condition condition() {
        return compare(dice_.one_of({ConditionOp::gt, ConditionOp::le}), "revision",
                       dice_.one_of({"1", "2", "3"}));
    }

    RouteNode runs(std::size_t depth) {
        const auto id = next_id();
        const auto* need = dice_.one_of({"all", "all", "any", "1/2", "2/3"});
        const auto dissent = dice_.one_of({Dissent::veto, Dissent::record});
        RouteNode made = each(id.c_str(), need, dissent, list(depth + 1, true));
        if (dice_.one_in(2)) made.in = EachIn::units;
        return made;
    }

    RouteNode cc() {
        RouteNode made;
        made.id = next_id();
        made.kind = NodeKind::cc;
        made.who = {at("zone", Post::leader), at("coop", Post::head)};
        return made;
    }

    RouteNode sub() {
        RouteNode made;
        made.id = next_id();
        made.kind = NodeKind::sub;
        made.route = RouteId(wish_.starts);
        made.wait = !dice_.one_in(3);
        return made;
    }

    // A wait, or a node that passes by itself.
    RouteNode simple() {
        RouteNode made;
        made.id = next_id();
        made.kind = dice_.one_in(3) ? NodeKind::auto_ : NodeKind::wait;
        if (made.kind == NodeKind::auto_) {
            if (dice_.one_in(4)) made.effects = {{Effect::flag, {}, "key", "why", {}, {}}};
            return made;
        }
        switch (dice_.below(4)) {
            case 0:
                made.wd = 2;
                break;
            case 1:
                made.h = 30;
                break;
            case 2:
                made.until = "task.due";
                break;
            default:
                made.event = "task.urged";
        }
        return made;
    }

    RouteNode go_to(const std::string& id) {
        RouteNode made;
        made.id = next_id();
        made.kind = NodeKind::goto_;
        made.to = "#" + id;
        made.max = 1 + static_cast<std::uint32_t>(dice_.below(2));
        made.when = condition();
        return made;
    }

    void add_who(RouteNode& made, bool in_each) {
        const auto from = seats(in_each);
        const std::size_t count = 1 + dice_.below(3);
        for (std::size_t i = 0; i < count; ++i) {
            made.who.push_back(dice_.one_of(from));
            made.who.back().weight = static_cast<std::uint32_t>(dice_.below(4));
        }
        if (dice_.one_in(8)) made.who.emplace_back().user = PersonId("rsj.section");
        if (dice_.one_in(10)) made.who.emplace_back().group = "panel";
        if (dice_.one_in(10)) {
            Selector& picked = made.who.emplace_back();
            picked.pick = dice_.one_of({PickBy::starter, PickBy::prev});
            picked.from = SeatSelector{dice_.one_of({"lead", "#rsj"}), Post::head};
            picked.max = 2;
        }
    }

    void add_due(RouteNode& made, bool fill) {
        DueRule due;
        (dice_.one_in(2) ? due.wd : due.h) = 1 + static_cast<std::uint32_t>(dice_.below(5));
        due.from = dice_.one_of(
            {DueFrom::assigned, DueFrom::assigned, DueFrom::period_end, DueFrom::task_due});
        if (dice_.one_in(2)) due.remind = {-1, 1};
        due.max = static_cast<std::uint32_t>(dice_.below(3));
        due.over = fill ? dice_.one_of({Over::remind, Over::reject, Over::escalate})
                        : dice_.one_of({Over::remind, Over::pass, Over::reject, Over::return_,
                                        Over::deem, Over::escalate});
        if (due.over == Over::escalate) due.to = SeatSelector{"office", Post::head};
        made.due = std::move(due);
    }

    void add_vote(RouteNode& made) {
        made.vote = VoteRule{dice_.one_of({VoteBy::head, VoteBy::weight}),
                             dice_.one_of({"1/2", ">1/2", "2/3", "1/1", "1"}),
                             dice_.one_of({Settle::early, Settle::all}),
                             {}};
        const Selector& first = made.who.front();
        if (dice_.one_in(3) && first.pick == PickBy::nobody && first.group.empty()) {
            Selector veto = first;
            veto.weight = 0;
            made.vote->veto = {std::move(veto)};
        }
    }

    RouteNode task(bool in_each) {
        RouteNode made = asks(
            next_id().c_str(), {},
            dice_.one_of({NodeMode::one, NodeMode::any, NodeMode::all, NodeMode::all, NodeMode::seq,
                          NodeMode::seq, NodeMode::vote, NodeMode::claim, NodeMode::random}));
        add_who(made, in_each);
        if (made.mode == NodeMode::vote) add_vote(made);
        if (dice_.one_in(3)) made.do_ = dice_.one_of({NodeDo::confirm, NodeDo::read, NodeDo::fill});
        made.dissent = dice_.one_of({Dissent::veto, Dissent::record, Dissent::escalate});
        if (made.dissent == Dissent::escalate && dice_.one_in(2)) {
            made.superior = SeatSelector{"office", Post::head};
        }
        made.self = dice_.one_of({OnSelf::allow, OnSelf::skip, OnSelf::superior, OnSelf::head});
        made.empty = dice_.one_of({OnEmpty::skip, OnEmpty::admin, OnEmpty::reject, OnEmpty::seat});
        if (made.empty == OnEmpty::seat) made.stand_in = SeatSelector{"lead", Post::head};
        if (!dice_.one_in(4)) made = offers_all(std::move(made));
        made.return_.to = dice_.one_of<std::vector<std::string>>(
            {{"start"}, {"any", "start"}, {"prev", "any"}, {"prev"}});
        made.return_.then = dice_.one_of({Resume::rerun, Resume::jump, Resume::ask});
        made.return_.branches = dice_.one_of({Branches::cancel, Branches::keep});
        if (dice_.one_in(3)) add_due(made, false);
        return made;
    }

    Dice& dice_;
    const RouteWish& wish_;
    int made_ = 0;
};

bool is_valid(const Route& route, const GivenTask& world) {
    return check_route(route, RouteWorld{world.directory, &world.routes}).has_value();
}

}  // namespace

Route random_route(Dice& dice, const RouteWish& wish, const GivenTask& world) {
    for (int tries = 0; tries < 50; ++tries) {
        auto route = RandomRoute(dice, wish).make();
        if (is_valid(route, world)) return route;
    }
    Route route = route_of({adopt()});
    route.route = RouteId(wish.route);
    route.subject = wish.subject;
    route.on.pass = {{effect_for(wish.subject)}};
    route.starts = starts_for(wish.subject);
    route.material = material_for(wish.subject);
    route.steps.front().who = route.starts;
    if (wish.sub) route.steps.erase(route.steps.begin());
    return route;
}

Route changed_route(Dice& dice, const Route& route, const GivenTask& world) {
    for (int tries = 0; tries < 20; ++tries) {
        Route changed = route;
        ++changed.ver;
        const bool fills = begins_with_fill(route);
        const std::size_t first = fills ? 1 : 0;
        if (dice.one_in(2) && changed.steps.size() > first + 1) {
            const auto gone = first + dice.below(changed.steps.size() - first);
            changed.steps.erase(changed.steps.begin() + static_cast<std::ptrdiff_t>(gone));
        }
        if (dice.one_in(2)) {
            const RouteWish wish{route.route.value, route.subject, !fills, {}, 100};
            RandomRoute source(dice, wish);
            auto added = source.more(50 + 10 * route.ver);
            const auto place = first + dice.below(changed.steps.size() - first + 1);
            changed.steps.insert(changed.steps.begin() + static_cast<std::ptrdiff_t>(place),
                                 added.begin(), added.end());
        }
        if (is_valid(changed, world)) return changed;
    }
    Route same = route;
    ++same.ver;
    return same;
}

// ---- Simpler ones ----------------------------------------------------------------------------

namespace {

using Change = bool (*)(RouteNode&);

template <auto member>
bool cleared(RouteNode& node) {
    static const RouteNode blank;
    if (node.*member == blank.*member) return false;
    node.*member = blank.*member;
    return true;
}

bool without_vote(RouteNode& node) {
    if (node.mode == NodeMode::one) return false;
    node.mode = NodeMode::one;
    node.vote.reset();
    return true;
}

bool without_return(RouteNode& node) {
    if (node.return_.to.empty()) return false;
    std::erase(node.acts, Act::return_);
    node.return_ = {};
    return true;
}

bool with_fewer(RouteNode& node) {
    if (node.who.size() < 2) return false;
    node.who.pop_back();
    return true;
}

bool without_first(RouteNode& node) {
    if (node.who.size() < 2) return false;
    node.who.erase(node.who.begin());
    return true;
}

bool plain_dissent(RouteNode& node) {
    node.superior.reset();
    return cleared<&RouteNode::dissent>(node);
}

bool plain_empty(RouteNode& node) {
    node.stand_in.reset();
    return cleared<&RouteNode::empty>(node);
}

bool plain_reminders(RouteNode& node) {
    if (!node.due || (node.due->remind.empty() && node.due->from == DueFrom::assigned)) {
        return false;
    }
    node.due->remind.clear();
    node.due->max = 0;
    node.due->from = DueFrom::assigned;
    return true;
}

constexpr Change changes[] = {&cleared<&RouteNode::when>,
                              &cleared<&RouteNode::due>,
                              &without_vote,
                              &plain_dissent,
                              &plain_empty,
                              &cleared<&RouteNode::self>,
                              &with_fewer,
                              &without_first,
                              &cleared<&RouteNode::do_>,
                              &without_return,
                              &plain_reminders};

// Every list with one of its nodes left out, put in its place by what is in it, or changed.
void simpler_lists(const std::vector<RouteNode>& list,
                   std::vector<std::vector<RouteNode>>& simpler) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        auto without = list;
        without.erase(without.begin() + at);
        simpler.push_back(without);
        std::vector<const std::vector<RouteNode>*> inner = {&list[i].steps};
        for (const RouteBranch& one : list[i].branches) inner.push_back(&one.steps);
        for (const auto* steps : inner) {
            if (steps->empty()) continue;
            auto unfolded = without;
            unfolded.insert(unfolded.begin() + at, steps->begin(), steps->end());
            simpler.push_back(std::move(unfolded));
        }
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::vector<std::vector<RouteNode>> within;
        simpler_lists(list[i].steps, within);
        for (auto& steps : within) {
            auto changed = list;
            changed[i].steps = std::move(steps);
            simpler.push_back(std::move(changed));
        }
        for (std::size_t b = 0; b < list[i].branches.size(); ++b) {
            within.clear();
            simpler_lists(list[i].branches[b].steps, within);
            for (auto& steps : within) {
                auto changed = list;
                changed[i].branches[b].steps = std::move(steps);
                simpler.push_back(std::move(changed));
            }
        }
        for (const Change change : changes) {
            auto changed = list;
            if (change(changed[i])) simpler.push_back(std::move(changed));
        }
    }
}

}  // namespace

std::vector<Route> simpler_routes(const Route& route) {
    std::vector<Route> simpler;
    std::vector<std::vector<RouteNode>> lists;
    simpler_lists(route.steps, lists);
    for (auto& steps : lists) {
        if (begins_with_fill(route) && (steps.empty() || steps.front() != route.steps.front())) {
            continue;
        }
        Route changed = route;
        changed.steps = std::move(steps);
        simpler.push_back(std::move(changed));
    }
    Route plain = route;
    plain.dedupe = Dedupe::none;
    if (plain != route) simpler.push_back(plain);
    plain = route;
    plain.reclaim = false;
    if (plain != route) simpler.push_back(plain);
    return simpler;
}

}  // namespace duban
