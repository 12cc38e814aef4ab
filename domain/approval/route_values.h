// What the paths of conditions say of a running approval.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>
#include <string>

#include "domain/approval/condition.h"
#include "domain/approval/walk.h"

namespace duban {

// Refers to the walk, which outlives it.
[[nodiscard]] PathValues values_of(const Walk& walk);

// Refusals in the newest round of a task node, or units with a refusal in an each.
[[nodiscard]] std::uint32_t dissents_in(const Walk& walk, PlaceNo place);
// Silence that counted as consent, likewise.
[[nodiscard]] std::uint32_t deemed_in(const Walk& walk, PlaceNo place);

}  // namespace duban
