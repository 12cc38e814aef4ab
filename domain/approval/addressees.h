// Addressees: to whom an event of a task is of concern, decided once, when it is recorded, from the
// task before and after it: its units then, and of those outside who saw what it is about.
// Kept in the index of the log and beside the newest events, so that it is asked per event without
// loading the task and without knowing the future: whoever is asked later finds the earlier events
// in the task's timeline, not in his stream.
// Thread-safety: immutable values.
#pragma once

#include <vector>

#include "domain/directory/access.h"
#include "domain/task/task.h"

namespace duban {

struct Addressees {
    std::vector<UnitCode> units;  // of the task before or after it
    std::vector<Party> guests;    // some of whom may see the task anyhow
    bool operator==(const Addressees&) const = default;
};

// Of an event that made `after` of `before`.
[[nodiscard]] Addressees addressees_of(const TaskState& before, const TaskState& after,
                                       const Event& event);
// Whether an event may be delivered. `to` is ignored for events that are not of a task.
[[nodiscard]] bool may_see_event(const Access& access, const Event& event, const Addressees& to);

}  // namespace duban
