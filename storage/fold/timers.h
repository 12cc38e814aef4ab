// Timers in storage: due moment and name, written in the same commit as the event that armed them.
// They are a fold of the log like the views: what a fired timer does is an event, and that event
// disarms it.
// Thread-safety: safe for concurrent use.
#pragma once

#include <optional>
#include <vector>

#include "domain/task/react.h"
#include "storage/rocks/database.h"
#include "storage/views/view.h"

namespace duban {

// The row change of an action, in a generation of the views.
[[nodiscard]] RowChange timer_change(const Action& action, ViewGeneration generation);
// Timers due at or before `now`, earliest first, at most `count`, without those that cannot be
// read, which are told to RowFaults. Errors: storage_failed, unsupported.
[[nodiscard]] Result<std::vector<Timer>> due_timers(const Snapshot& snapshot, Timestamp now,
                                                    std::size_t count);
// When the earliest timer that can be read is due. Errors: storage_failed, unsupported.
[[nodiscard]] Result<std::optional<Timestamp>> next_timer(const Snapshot& snapshot);

}  // namespace duban
