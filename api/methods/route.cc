// Approval routes: publishing a version, reading one.
#include <nlohmann/json.hpp>

#include "api/render/route_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "domain/approval/route_commands.h"
#include "domain/approval/route_plan.h"
#include "storage/views/route_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<PreparedCommand> publish(const CommandScope& scope) {
    auto route = route_from_json(scope.params.at("route"));
    if (!route) return tl::unexpected<Error>(route.error());
    std::string object = "route/" + route->route.value;
    return PreparedCommand{PublishRoute{std::move(*route)}, {}, std::move(object), {}};
}

Result<Json> get_route(const QueryScope& scope) {
    const auto book = read_readable_routes(scope.snapshot);
    if (!book) return tl::unexpected<Error>(book.error());
    const auto id = params::id<RouteId>(scope.params, "route");
    const auto version = params::number(scope.params, "ver", 0);
    const RoutePlan* plan = version == 0
                                ? newest_route(*book, id)
                                : find_route(*book, id, static_cast<std::int32_t>(version));
    if (plan == nullptr) {
        return fail(Errc::not_found, "there is no such route or version", "route");
    }
    return Json{{"route", route_to_json(plan->route())}};
}

}  // namespace

void add_route_methods(Methods& methods) {
    methods.push_back(command_method("route.publish", "Publishes a version of a route.",
                                     object({required("route", route_params_schema())}), publish));
    methods.push_back(query_method(
        "route.get", "A version of a route; without `ver` the newest.",
        object({required("route", form(Form::route_id)), optional("ver", integer(1, 1'000'000))}),
        object({required("route", route_result_schema())}), get_route));
}

}  // namespace duban
