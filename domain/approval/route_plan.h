// RoutePlan: a published route with what follows from it, worked out once: the first fill that a
// route without one has, and the place of every node in the order of the route.
// Owns its route. Thread-safety: immutable.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/approval/route.h"

namespace duban {

// A place is the node's number in the order of the route, blocks before what is in them.
using PlaceNo = std::size_t;
inline constexpr PlaceNo no_place = static_cast<PlaceNo>(-1);

struct Place {
    const RouteNode* node = nullptr;  // of the plan
    PlaceNo parent = no_place;        // the block that it stands in
    std::size_t branch = 0;           // which list of the parent; 0 in an each
    PlaceNo next = no_place;          // in its list
    PlaceNo prev = no_place;
    PlaceNo end = 0;          // the first place after what is in it
    PlaceNo each = no_place;  // the each that it stands in
};

class RoutePlan {
public:
    explicit RoutePlan(Route route);
    RoutePlan(const RoutePlan&) = delete;
    RoutePlan& operator=(const RoutePlan&) = delete;

    // As it was published.
    [[nodiscard]] const Route& route() const { return route_; }
    [[nodiscard]] std::size_t size() const { return places_.size(); }
    [[nodiscard]] const Place& operator[](PlaceNo place) const { return places_[place]; }
    [[nodiscard]] const RouteNode& node(PlaceNo place) const { return *places_[place].node; }
    // The first fill.
    [[nodiscard]] static PlaceNo start() { return 0; }
    // no_place when there is no such node.
    [[nodiscard]] PlaceNo find(std::string_view id) const;
    // The first node of a block's list; no_place when the list is empty.
    [[nodiscard]] PlaceNo first_in(PlaceNo block, std::size_t branch) const;
    [[nodiscard]] std::size_t branches(PlaceNo block) const;
    // Whether `inner` stands in `block`, at any depth.
    [[nodiscard]] bool within(PlaceNo inner, PlaceNo block) const {
        return inner > block && inner < places_[block].end;
    }

    bool operator==(const RoutePlan& other) const { return route_ == other.route_; }

private:
    void add(const std::vector<RouteNode>& list, PlaceNo parent, std::size_t branch, PlaceNo each);

    Route route_;
    std::vector<RouteNode> start_;  // the implied first fill, when there is one
    std::vector<Place> places_;
};

// Whether its first node is a fill that is always reached; the others have an implied one.
[[nodiscard]] bool begins_with_fill(const Route& route);
[[nodiscard]] bool is_block(NodeKind kind);
// The first fill's id where the route names none.
inline constexpr const char* implied_start_id = "start";

// "id" or, in an each, "id@unit".
[[nodiscard]] std::string address_of(const std::string& id, const UnitCode& unit);
struct Address {
    std::string id;
    UnitCode unit;
};
[[nodiscard]] Address parse_address(std::string_view text);

// The node's id that "#id" or "id" means.
[[nodiscard]] std::string_view target_id(std::string_view text);

// The name for people; the id where the node has none.
[[nodiscard]] const std::string& name_of(const RouteNode& node);

// The acts that a node offers.
[[nodiscard]] bool offers(const RouteNode& node, Act act);

}  // namespace duban
