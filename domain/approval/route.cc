#include "domain/approval/route.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "domain/approval/route_plan.h"

namespace duban {
namespace {

constexpr const char* lead = "lead";
constexpr const char* office = "office";

Selector seat(const char* unit, Post post) {
    Selector selector;
    selector.unit = unit;
    selector.post = post;
    return selector;
}

RouteNode node(const char* id, const char* name, Selector who) {
    RouteNode made;
    made.id = id;
    made.name = name;
    made.who = {std::move(who)};
    return made;
}

RouteNode fill_step() {
    RouteNode made = node("fill", "填报", seat(lead, Post::clerk));
    made.do_ = NodeDo::fill;
    return made;
}

RouteNode section_step() {
    RouteNode made = node("section", "科长审核", seat(lead, Post::section));
    made.empty = OnEmpty::skip;
    made.self = OnSelf::skip;
    made.acts = {Act::approve, Act::return_};
    made.return_.to = {"start"};
    return made;
}

RouteNode head_step() {
    RouteNode made = node("head", "负责人签发", seat(lead, Post::head));
    made.acts = {Act::approve, Act::reject, Act::return_};
    made.return_.to = {"start", "prev"};
    return made;
}

RouteNode check_step() {
    RouteNode made = node("check", "督查室初审", seat(office, Post::clerk));
    made.acts = {Act::approve, Act::return_};
    made.return_.to = {"start", "any"};
    return made;
}

RouteNode adopt_step() {
    RouteNode made = node("adopt", "督查室审定", seat(office, Post::head));
    made.acts = {Act::approve, Act::reject, Act::return_};
    made.return_.to = {"start", "any"};
    return made;
}

}  // namespace

bool RouteNode::operator==(const RouteNode& other) const = default;
bool RouteBranch::operator==(const RouteBranch& other) const = default;

bool RouteBook::operator==(const RouteBook& other) const {
    return std::ranges::equal(routes, other.routes, [](const auto& one, const auto& another) {
        return one.first == another.first && *one.second == *another.second;
    });
}

void add_route(RouteBook& book, Route route) {
    const std::pair key(route.route, route.ver);
    book.routes[key] = std::make_shared<const RoutePlan>(std::move(route));
}

const RoutePlan* newest_route(const RouteBook& book, const RouteId& route) {
    auto after = book.routes.upper_bound({route, std::numeric_limits<std::int32_t>::max()});
    if (after == book.routes.begin()) return nullptr;
    const auto& [key, newest] = *std::prev(after);
    return key.first == route ? newest.get() : nullptr;
}

const RoutePlan* find_route(const RouteBook& book, const RouteId& route, std::int32_t version) {
    const auto found = book.routes.find({route, version});
    return found == book.routes.end() ? nullptr : found->second.get();
}

Route default_report_route() {
    Route route;
    route.route = RouteId("report");
    route.ver = 1;
    route.title = "进展报告";
    route.starts = {seat(lead, Post::clerk)};
    route.material = {"indicators", "summary"};
    route.on.pass = {{Effect::accept_values}};
    route.steps = {fill_step(), section_step(), head_step(), check_step(), adopt_step()};
    return route;
}

std::vector<Route> shipped_routes() {
    return {default_report_route()};
}

}  // namespace duban
