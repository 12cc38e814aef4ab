// How much memory a task's state takes, about: the texts and the members of its parts, without what
// the allocator adds.
// Thread-safety: safe for concurrent use.
#pragma once

#include <cstdint>

#include "domain/task/task.h"

namespace duban {

// Bytes by which `after` is heavier than `before`; less than 0 when it is lighter. Looks only at
// the parts that are not shared.
[[nodiscard]] std::int64_t weight_gained(const TaskState& before, const TaskState& after);

}  // namespace duban
