// Whether a route can be worked with: every refusal of a definition that is wrong in itself.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include "domain/approval/route.h"
#include "domain/base/result.h"

namespace duban {

inline constexpr std::size_t route_nodes_max = 200;
inline constexpr std::size_t route_depth_max = 6;
inline constexpr std::uint32_t goto_times_default = 9;

// What a definition may name of the world around it.
struct RouteWorld {
    const Directory& directory;
    const RouteBook* routes = nullptr;  // nothing: no other route is there
    // Whether the directory has all that is there; else what a definition names is taken as there.
    bool whole = true;
};

// Unique ids, selectors that name somebody, acts that agree with the return rule, targets that come
// before, blocks with branches, conditions on known paths, nothing that can never be reached.
// Errors: invalid_argument; `field` is the path of what is wrong, such as
// route.steps[1].branches[0].steps[0].return.to[0].
[[nodiscard]] Status check_route(const Route& route, const RouteWorld& world);

// "a/b" or ">a/b" with 0 < a/b <= 1, or a count of at least 1.
struct Threshold {
    std::uint32_t numerator = 1;
    std::uint32_t denominator = 1;  // 0: `numerator` is a count
    bool more = false;              // strictly more
};
// Nothing when the text is no threshold.
[[nodiscard]] std::optional<Threshold> parse_threshold(const std::string& text);
// Whether `votes` of `base` reach it. Nothing is reached by none of none.
[[nodiscard]] bool reaches(const Threshold& threshold, std::uint32_t votes, std::uint32_t base);

}  // namespace duban
