// Effects: what a route does to the task when its approval ends, or on its way.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>
#include <vector>

#include "domain/approval/effect_events.h"
#include "domain/approval/walk.h"
#include "domain/base/event.h"
#include "domain/base/result.h"

namespace duban {

// Whether the effect means anything for a subject of the kind.
[[nodiscard]] bool fits(Effect effect, SubjectKind kind);
// Whether the effect settles what was asked for: it belongs to the pass of the whole approval, and
// a sub-route leaves it to its parent.
[[nodiscard]] bool settles_subject(Effect effect);

// The events of the effects, in the route's order, on the current revision. Requires: the subject
// is open. Errors: those of the values of a report, and of what the task does not bear any more; in
// a walk that never refuses the latter are noted instead.
[[nodiscard]] Result<std::vector<Event>> effects_of(const Walk& walk,
                                                    const std::vector<EffectSpec>& effects);

// What undoes the effects of an approval that has passed, as far as they still stand: values are
// withdrawn, the day before is restored if it is still the one set, a closed task is open again, of
// the mandate is put back what an amendment changed and nobody has changed since. Where the task
// does not bear that, it is noted and the mandate stays. What was told, recorded or issued stays.
[[nodiscard]] std::vector<Event> undo_of(const TaskState& task, const Approval& approval,
                                         const Facts& facts);

// A flag of the approval: what could not be done, and why.
[[nodiscard]] EffectRecorded noted(const ApprovalId& approval, const char* key,
                                   const std::string& why);

}  // namespace duban
