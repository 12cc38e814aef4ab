#include "domain/approval/route.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "domain/approval/route_plan.h"

namespace duban {

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

}  // namespace duban
