// Approval routes: publishing a version, reading one.
#include <nlohmann/json.hpp>

#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/route_commands.h"
#include "storage/views/route_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<PreparedCommand> publish(const CommandScope& scope) {
    auto route = read_described<Route>(scope.params.at("route"), "route");
    if (!route) return tl::unexpected<Error>(route.error());
    std::string object = "route/" + route->route.value;
    return PreparedCommand{PublishRoute{std::move(*route)}, {}, std::move(object), {}};
}

Result<Json> get_route(const QueryScope& scope) {
    const auto book = read_routes(scope.snapshot);
    if (!book) return tl::unexpected<Error>(book.error());
    const auto id = params::id<RouteId>(scope.params, "route");
    const auto version = params::number(scope.params, "ver", 0);
    const Route* route = version == 0 ? newest_route(*book, id)
                                      : find_route(*book, id, static_cast<std::int32_t>(version));
    if (route == nullptr) {
        return fail(Errc::not_found, "there is no such route or version", "route");
    }
    return Json{{"route", to_json_value(*route)}};
}

Schema route_schema() {
    const Schema name = form(Form::name);
    const Schema who =
        list(object({required("unit", text(1, 65)), required("post", shapes::post())}), 0, 50);
    const Schema node =
        with(schema_of<RouteNode>(SchemaUse::params),
             {required("id", name), required("name", shapes::title()), required("who", who)});
    return with(schema_of<Route>(SchemaUse::params),
                {required("route", form(Form::route_id)), optional("ver", integer(1, 1'000'000)),
                 required("title", shapes::title()), optional("starts", who),
                 optional("material", list(name, 0, 50)), required("steps", list(node, 1, 50))});
}

}  // namespace

void add_route_methods(Methods& methods) {
    methods.push_back(command_method("route.publish", "Publishes a version of a route.",
                                     object({required("route", route_schema())}), publish));
    methods.push_back(query_method(
        "route.get", "A version of a route; without `ver` the newest.",
        object({required("route", form(Form::route_id)), optional("ver", integer(1, 1'000'000))}),
        object({required("route", schema_of<Route>(SchemaUse::result))}), get_route));
}

}  // namespace duban
