#include "storage/views/route_view.h"

#include "domain/approval/route_events.h"
#include "domain/approval/route_plan.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

// Own key: route id, 0x00, version be32.
std::string route_key(const RouteId& route, std::int32_t version) {
    return route.value + '\0' + be32(static_cast<std::uint32_t>(version));
}

void project_route(const Change& change, ViewGeneration generation, ViewChanges& out) {
    const auto* event = change.record.event.get_if<RoutePublished>();
    if (event == nullptr) return;
    const Route& published = event->route;
    const auto route = change.routes.routes.find({published.route, published.ver});
    if (route == change.routes.routes.end()) return;
    out.push_back(view_row(ViewId::route, generation, route_key(published.route, published.ver),
                           to_row(route->second->route())));
}

enum class Unreadable { fail, left_out };

Result<RouteBook> read_book(const Snapshot& snapshot, Unreadable unreadable) {
    RouteBook book;
    const auto status = read_rows(
        snapshot, ViewId::route, "", "",
        [&](std::string_view key, std::string_view value) -> Result<bool> {
            auto route = from_row<Route>(value);
            if (route) {
                add_route(book, std::move(*route));
                return true;
            }
            snapshot.row_faults().tell("the row of the route " +
                                           std::string(key.substr(0, key.find('\0'))) + " " +
                                           to_hex(key),
                                       route.error());
            if (unreadable == Unreadable::left_out) return true;
            return fail(Errc::corrupt, "a row of the routes cannot be read; run `duban rebuild`");
        });
    if (!status) return tl::unexpected<Error>(status.error());
    return book;
}

}  // namespace

const View route_view = {ViewId::route, "route", 2, &project_route};

Result<RouteBook> read_routes(const Snapshot& snapshot) {
    return read_book(snapshot, Unreadable::fail);
}

Result<RouteBook> read_readable_routes(const Snapshot& snapshot) {
    return read_book(snapshot, Unreadable::left_out);
}

}  // namespace duban
