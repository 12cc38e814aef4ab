#include "domain/approval/route_plan.h"

#include <algorithm>

namespace duban {
bool begins_with_fill(const Route& route) {
    if (route.steps.empty()) return false;
    const RouteNode& first = route.steps.front();
    return first.kind == NodeKind::task && first.do_ == NodeDo::fill && !first.when;
}

RoutePlan::RoutePlan(Route route) : route_(std::move(route)) {
    if (!begins_with_fill(route_)) {
        RouteNode implied;
        implied.id = implied_start_id;
        implied.do_ = NodeDo::fill;
        implied.who = route_.starts;
        start_.push_back(std::move(implied));
        add(start_, no_place, 0, no_place);
    }
    const bool implied = !places_.empty();
    const PlaceNo first = places_.size();
    add(route_.steps, no_place, 0, no_place);
    if (implied && first < places_.size()) {
        places_[0].next = first;
        places_[first].prev = 0;
    }
}

void RoutePlan::add(const std::vector<RouteNode>& list, PlaceNo parent, std::size_t branch,
                    PlaceNo each) {
    PlaceNo before = no_place;
    for (const RouteNode& node : list) {
        const PlaceNo at = places_.size();
        Place place;
        place.node = &node;
        place.parent = parent;
        place.branch = branch;
        place.prev = before;
        place.each = each;
        places_.push_back(place);
        if (before != no_place) places_[before].next = at;
        if (node.kind == NodeKind::each) add(node.steps, at, 0, at);
        for (std::size_t i = 0; i < node.branches.size(); ++i) {
            add(node.branches[i].steps, at, i, each);
        }
        places_[at].end = places_.size();
        before = at;
    }
}

PlaceNo RoutePlan::find(std::string_view id) const {
    for (PlaceNo at = 0; at < places_.size(); ++at) {
        if (places_[at].node->id == id) return at;
    }
    return no_place;
}

PlaceNo RoutePlan::first_in(PlaceNo block, std::size_t branch) const {
    for (PlaceNo at = block + 1; at < places_[block].end; ++at) {
        const Place& place = places_[at];
        if (place.parent == block && place.branch == branch) return at;
    }
    return no_place;
}

std::size_t RoutePlan::branches(PlaceNo block) const {
    const RouteNode& node = *places_[block].node;
    return node.kind == NodeKind::each ? 1 : node.branches.size();
}

bool is_block(NodeKind kind) {
    return kind == NodeKind::choose || kind == NodeKind::par || kind == NodeKind::inc ||
           kind == NodeKind::each;
}

std::string address_of(const std::string& id, const UnitCode& unit) {
    return unit.empty() ? id : id + "@" + unit.value;
}

Address parse_address(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos) return {std::string(text), {}};
    return {std::string(text.substr(0, at)), UnitCode(text.substr(at + 1))};
}

std::string_view target_id(std::string_view text) {
    return text.starts_with('#') ? text.substr(1) : text;
}

const std::string& name_of(const RouteNode& node) {
    return node.name.empty() ? node.id : node.name;
}

bool offers(const RouteNode& node, Act act) {
    if (node.acts.empty()) return act == Act::approve || act == Act::reject;
    return std::ranges::find(node.acts, act) != node.acts.end();
}

}  // namespace duban
