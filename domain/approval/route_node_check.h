// The checks of a route's nodes; parts of which check_route consists. Not for callers.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/route.h"
#include "domain/approval/route_check.h"
#include "domain/approval/route_plan.h"
#include "domain/base/result.h"

namespace duban::route_check {

// Of a due and of a wait.
inline constexpr std::uint32_t due_days_max = 500;
inline constexpr std::uint32_t due_hours_max = 10'000;
inline constexpr const char* due_days_form = "At most 500 working days can be counted.";
inline constexpr const char* due_hours_form = "At most 10000 hours can be counted.";

// Where a check stands.
struct Around {
    const RouteWorld& world;
    const Route& route;
    std::size_t depth = 0;
    bool in_each = false;
};

[[nodiscard]] tl::unexpected<Error> wrong(const std::string& path, std::string detail);
[[nodiscard]] std::string indexed(const std::string& path, std::size_t index);

// Selectors that may name nothing but a unit and a post; may be none.
[[nodiscard]] Status check_seats(const std::vector<Selector>& selectors, const std::string& path,
                                 const Around& around);
[[nodiscard]] Status check_seat(const SeatSelector& seat, const std::string& path,
                                const Around& around);
// Whom a node asks: at least one.
[[nodiscard]] Status check_who(const std::vector<Selector>& selectors, const std::string& path,
                               const Around& around);
[[nodiscard]] Status check_task(const RouteNode& node, const std::string& path,
                                const Around& around, bool first);
// Nothing in a node that its kind does not take: it would never count.
[[nodiscard]] Status check_members(const RouteNode& node, const std::string& path);
// The ids of all nodes: of good form, each once.
[[nodiscard]] Status check_ids(const Route& route);
// Everything else about the nodes.
[[nodiscard]] Status check_nodes(const Route& route, const RouteWorld& world);
// Every node can be reached. Requires: the nodes are checked.
[[nodiscard]] Status check_reached(const Route& route);

// Where an effect stands: at the pass of the whole, in a node on the way, at any other end.
enum class EffectPlace { pass, on_the_way, otherwise };
// Errors: field `path`[i].do, .key, .form, .why, .state, .join.
[[nodiscard]] Status check_effects(const std::vector<EffectSpec>& effects, const std::string& path,
                                   SubjectKind kind, EffectPlace place);
// The route that a sub node starts. Errors: field `path`.route.
[[nodiscard]] Status check_sub(const RouteNode& node, const std::string& path,
                               const RouteWorld& world, const Route& route);

}  // namespace duban::route_check
