#include "domain/approval/route.h"

#include <iterator>
#include <limits>

namespace duban {
namespace {

constexpr const char* lead = "lead";
constexpr const char* office = "office";

RouteNode node(const char* id, const char* name, Selector who) {
    RouteNode made;
    made.id = id;
    made.name = name;
    made.who = {std::move(who)};
    return made;
}

RouteNode fill_step() {
    RouteNode made = node("fill", "填报", {lead, Post::clerk});
    made.do_ = NodeDo::fill;
    return made;
}

RouteNode section_step() {
    RouteNode made = node("section", "科长审核", {lead, Post::section});
    made.empty = OnEmpty::skip;
    made.self = OnSelf::skip;
    made.acts = {Act::approve, Act::return_};
    made.return_.to = {"start"};
    return made;
}

RouteNode head_step() {
    RouteNode made = node("head", "负责人签发", {lead, Post::head});
    made.acts = {Act::approve, Act::reject, Act::return_};
    made.return_.to = {"start", "prev"};
    return made;
}

RouteNode check_step() {
    RouteNode made = node("check", "督查室初审", {office, Post::clerk});
    made.acts = {Act::approve, Act::return_};
    made.return_.to = {"start", "any"};
    return made;
}

RouteNode adopt_step() {
    RouteNode made = node("adopt", "督查室审定", {office, Post::head});
    made.acts = {Act::approve, Act::reject, Act::return_};
    made.return_.to = {"start", "any"};
    return made;
}

}  // namespace

const Route* newest_route(const RouteBook& book, const RouteId& route) {
    auto after = book.routes.upper_bound({route, std::numeric_limits<std::int32_t>::max()});
    if (after == book.routes.begin()) return nullptr;
    const auto& [key, newest] = *std::prev(after);
    return key.first == route ? &newest : nullptr;
}

const Route* find_route(const RouteBook& book, const RouteId& route, std::int32_t version) {
    const auto found = book.routes.find({route, version});
    return found == book.routes.end() ? nullptr : &found->second;
}

Route default_report_route() {
    Route route;
    route.route = RouteId("report");
    route.ver = 1;
    route.title = "进展报告";
    route.starts = {{lead, Post::clerk}};
    route.material = {"indicators", "summary"};
    route.on.pass = {{Effect::accept_values}};
    route.steps = {fill_step(), section_step(), head_step(), check_step(), adopt_step()};
    return route;
}

}  // namespace duban
