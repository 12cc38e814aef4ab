// The day that an extension is about.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>
#include <optional>

#include "domain/extension/extension_events.h"
#include "domain/task/task.h"

namespace duban {

// The day that an extension of the unit would move: the task's for the lead, else that of its part.
[[nodiscard]] std::optional<Date> due_to_move(const TaskState& task, const UnitCode& unit);
// The working days from that day on that it asks for.
[[nodiscard]] std::int32_t workdays_asked(const TaskState& task, const Extension& extension);
// The extensions that were granted to the unit, and this one.
[[nodiscard]] std::uint32_t count_of(const TaskState& task, const Extension& extension);

// The effect set_due; nothing where the day that counts is as late or later.
[[nodiscard]] std::optional<DueMoved> due_move(const TaskState& task, const Extension& extension);

}  // namespace duban
