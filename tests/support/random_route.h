// Routes by chance: every kind of node, mode and block, of which each passes the checks of routes.
// Thread-safety: safe for concurrent use (no state but the dice).
#pragma once

#include <cstddef>
#include <string>

#include "domain/approval/route.h"
#include "tests/support/dice.h"

namespace duban {

struct RouteWish {
    std::string route = "report";
    SubjectKind subject = SubjectKind::report;
    bool sub = false;    // it is started by a step of another
    std::string starts;  // the route that its sub nodes start; "" for no sub nodes
    std::size_t nodes_max = 14;
};

// In which the routes are read: who is there, and which other routes.
struct GivenTask;

[[nodiscard]] Route random_route(Dice& dice, const RouteWish& wish, const GivenTask& world);
// Another version of it: some nodes are gone, some are new.
[[nodiscard]] Route changed_route(Dice& dice, const Route& route, const GivenTask& world);

// One line a node, without what is as it is by default.
[[nodiscard]] std::string words_of(const Route& route);

// The ids of the nodes that ask for persons to be picked, with the unit and post of those.
struct PickNode {
    std::string id;
    SeatSelector from;
};
[[nodiscard]] std::vector<PickNode> pick_nodes(const Route& route);

// The same route without some of what it says, simpler ones first: what a failure is shrunk to.
[[nodiscard]] std::vector<Route> simpler_routes(const Route& route);

}  // namespace duban
