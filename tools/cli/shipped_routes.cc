#include "tools/cli/shipped_routes.h"

#include <nlohmann/json.hpp>

#include "api/render/route_json.h"
#include "domain/base/result.h"

namespace duban {

std::vector<Route> shipped_routes() {
    std::vector<Route> routes;
    for (const std::string_view text : shipped_route_texts()) {
        auto route = route_from_json(nlohmann::json::parse(text));
        DUBAN_ASSERT(route.has_value());
        routes.push_back(std::move(*route));
    }
    return routes;
}

}  // namespace duban
