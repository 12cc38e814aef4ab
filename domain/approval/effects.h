// Effects: what a route does to the task when its approval ends.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <vector>

#include "domain/approval/walk.h"
#include "domain/base/event.h"
#include "domain/base/result.h"

namespace duban {

// Whether the effect means anything for a subject of the kind.
[[nodiscard]] bool fits(Effect effect, SubjectKind kind);

// The events of the effects, in the route's order, on the current revision. Requires: the subject
// is open. Errors: those of the values of a report.
[[nodiscard]] Result<std::vector<Event>> effects_of(const Walk& walk,
                                                    const std::vector<EffectSpec>& effects);

}  // namespace duban
