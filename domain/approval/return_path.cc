#include "domain/approval/return_path.h"

#include <algorithm>

namespace duban {
namespace {

// From the outermost block that holds the node down to the node.
std::vector<Spot> way_to(const Walk& walk, Spot spot) {
    std::vector<Spot> way;
    while (spot.place != no_place) {
        way.push_back(spot);
        spot = parent_of(walk.plan(), spot);
    }
    std::ranges::reverse(way);
    return way;
}

}  // namespace

std::optional<ReturnPath> path_between(const Walk& walk, const Spot& target, const Spot& from) {
    auto target_way = way_to(walk, target);
    auto from_way = way_to(walk, from);
    std::size_t common = 0;
    while (common < target_way.size() && common < from_way.size() &&
           target_way[common] == from_way[common]) {
        ++common;
    }
    if (common == target_way.size() || common == from_way.size()) return std::nullopt;
    const Spot& one = target_way[common];
    const Spot& other = from_way[common];
    const bool same_list =
        one.unit == other.unit && walk.plan()[one.place].branch == walk.plan()[other.place].branch;
    if (!same_list || one.place >= other.place) return std::nullopt;
    target_way.erase(target_way.begin(), target_way.begin() + static_cast<std::ptrdiff_t>(common));
    from_way.erase(from_way.begin(), from_way.begin() + static_cast<std::ptrdiff_t>(common));
    return ReturnPath{std::move(target_way), std::move(from_way)};
}

}  // namespace duban
