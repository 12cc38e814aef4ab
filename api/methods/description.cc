// rpc.discover.
#include <nlohmann/json.hpp>

#include "api/rpc/registry.h"
#include "api/schema/openrpc.h"

namespace duban {
namespace {

Result<nlohmann::json> discover(const QueryScope&) {
    return nlohmann::json::parse(openrpc_document());
}

}  // namespace

void add_description_methods(Methods& methods) {
    Method method{.name = "rpc.discover",
                  .summary = "The OpenRPC document of this server.",
                  .kind = MethodKind::query,
                  .params = schema::object({}),
                  .result = schema::document()};
    method.query = discover;
    method.without_login = true;
    method.business = false;
    method.positioned = false;
    methods.push_back(std::move(method));
}

}  // namespace duban
