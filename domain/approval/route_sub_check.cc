// Checks of the routes that sub nodes start.
#include <algorithm>
#include <set>

#include "domain/approval/route_node_check.h"
#include "domain/approval/route_plan.h"

namespace duban::route_check {
namespace {

// Whether approvals of the route may start one of `wanted`, by whatever way.
bool leads_to(const RouteBook& book, const RouteId& from, const RouteId& wanted,
              std::set<RouteId>& seen) {
    if (from == wanted) return true;
    if (!seen.insert(from).second) return false;
    const RoutePlan* plan = newest_route(book, from);
    if (plan == nullptr) return false;
    for (PlaceNo at = 0; at < plan->size(); ++at) {
        const RouteNode& node = plan->node(at);
        if (node.kind == NodeKind::sub && leads_to(book, node.route, wanted, seen)) return true;
    }
    return false;
}

}  // namespace

Status check_sub(const RouteNode& node, const std::string& path, const RouteWorld& world,
                 const Route& route) {
    const std::string field = path + ".route";
    std::set<RouteId> seen;
    const bool circle = world.routes != nullptr
                            ? leads_to(*world.routes, node.route, route.route, seen)
                            : node.route == route.route;
    if (circle) {
        return wrong(field, "The route " + node.route.value + " leads back to " +
                                route.route.value + "; it would start itself for ever.");
    }
    const RoutePlan* plan =
        world.routes == nullptr ? nullptr : newest_route(*world.routes, node.route);
    if (plan == nullptr && !world.whole) return {};
    if (plan == nullptr) {
        return wrong(field, "There is no route \"" + node.route.value + "\"; publish it first.");
    }
    if (plan->route().subject != route.subject) {
        return wrong(field, "The route " + node.route.value + " judges another kind of subject.");
    }
    if (begins_with_fill(plan->route())) {
        return wrong(field, "The route " + node.route.value +
                                " begins with a fill; a sub-route judges what is submitted.");
    }
    return {};
}

}  // namespace duban::route_check
