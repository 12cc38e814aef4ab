// Routes for tests, in few words: a fill by the lead's clerk in front, then the given nodes.
//
//     route_of({asks("head", {at("lead", Post::head)}), adopt()})
//
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/approval/route.h"

namespace duban {

inline Selector at(const char* unit, Post post) {
    Selector selector;
    selector.unit = unit;
    selector.post = post;
    return selector;
}

// Somebody decides, refuses or returns to the start.
inline RouteNode asks(const char* id, std::vector<Selector> who, NodeMode mode = NodeMode::one) {
    RouteNode node;
    node.id = id;
    node.who = std::move(who);
    node.mode = mode;
    node.acts = {Act::approve, Act::reject, Act::return_};
    node.return_.to = {"start"};
    return node;
}

inline RouteNode returning(RouteNode node, std::vector<std::string> to, Resume then,
                           Branches branches = Branches::cancel) {
    node.return_.to = std::move(to);
    node.return_.then = then;
    node.return_.branches = branches;
    return node;
}

// With every act that a node may offer.
inline RouteNode offers_all(RouteNode node) {
    node.acts = {Act::approve,  Act::reject,     Act::return_,  Act::transfer,
                 Act::delegate, Act::add_before, Act::add_with, Act::add_after,
                 Act::drop,     Act::cc,         Act::hold,     Act::end};
    return node;
}

inline RouteNode adopt() {
    return asks("adopt", {at("office", Post::head)});
}

// In turn: the lead's clerk, section and head, then the office's clerk and head.
inline Route route_in_turn() {
    Route route;
    route.route = RouteId("report");
    route.ver = 1;
    route.title = "进展报告";
    route.starts = {at("lead", Post::clerk)};
    route.material = {"indicators", "summary"};
    route.on.pass = {{Effect::accept_values}};
    const auto step = [&route](const char* id, const char* name, Selector who) -> RouteNode& {
        RouteNode& node = route.steps.emplace_back();
        node.id = id;
        node.name = name;
        node.who = {std::move(who)};
        return node;
    };
    step("fill", "填报", at("lead", Post::clerk)).do_ = NodeDo::fill;
    RouteNode& section = step("section", "科长审核", at("lead", Post::section));
    section.empty = OnEmpty::skip;
    section.self = OnSelf::skip;
    section.acts = {Act::approve, Act::return_};
    section.return_.to = {"start"};
    RouteNode& head = step("head", "负责人签发", at("lead", Post::head));
    head.acts = {Act::approve, Act::reject, Act::return_};
    head.return_.to = {"start", "prev"};
    RouteNode& check = step("check", "督查室初审", at("office", Post::clerk));
    check.acts = {Act::approve, Act::return_};
    check.return_.to = {"start", "any"};
    RouteNode& last = step("adopt", "督查室审定", at("office", Post::head));
    last.acts = {Act::approve, Act::reject, Act::return_};
    last.return_.to = {"start", "any"};
    return route;
}

inline RouteBranch branch(std::vector<RouteNode> steps) {
    RouteBranch made;
    made.steps = std::move(steps);
    return made;
}

inline RouteBranch branch_when(Condition when, std::vector<RouteNode> steps) {
    RouteBranch made = branch(std::move(steps));
    made.when = std::move(when);
    return made;
}

inline RouteBranch otherwise(std::vector<RouteNode> steps = {}) {
    RouteBranch made = branch(std::move(steps));
    made.default_ = true;
    return made;
}

inline RouteNode block(const char* id, NodeKind kind, std::vector<RouteBranch> branches) {
    RouteNode node;
    node.id = id;
    node.kind = kind;
    node.branches = std::move(branches);
    return node;
}

inline RouteNode each(const char* id, const char* need, Dissent dissent,
                      std::vector<RouteNode> steps) {
    RouteNode node;
    node.id = id;
    node.kind = NodeKind::each;
    node.in = EachIn::coop_units;
    node.as = "u";
    node.need = need;
    node.dissent = dissent;
    node.steps = std::move(steps);
    return node;
}

inline Condition compare(ConditionOp op, const char* path, const char* value) {
    Condition condition;
    condition.op = op;
    condition.path = path;
    condition.values = {value};
    return condition;
}

inline Route route_of(std::vector<RouteNode> nodes) {
    Route route;
    route.route = RouteId("report");
    route.ver = 2;
    route.title = "进展报告";
    route.starts = {at("lead", Post::clerk)};
    route.material = {"indicators", "summary"};
    route.on.pass = {{Effect::accept_values}};
    RouteNode fill;
    fill.id = "fill";
    fill.do_ = NodeDo::fill;
    fill.who = route.starts;
    route.steps.push_back(std::move(fill));
    for (RouteNode& node : nodes) route.steps.push_back(std::move(node));
    return route;
}

}  // namespace duban
