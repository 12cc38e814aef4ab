// Sub-routes: a node that starts an approval of its own on the same revision. The child knows its
// parent; what the end of one does to the other is a consequence (consequences.h).
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

// The flow reaches the node. Errors: rule no_route, and those of the child's first nodes.
[[nodiscard]] Status start_child(Walk& walk, const Spot& spot);
// The child that the node waits for is closed.
[[nodiscard]] Status end_sub(Walk& walk, const Spot& spot, bool passed);
// The approval that the node has started last; nullptr when there is none.
[[nodiscard]] const Approval* child_of(const TaskState& task, std::uint32_t parent,
                                       std::string_view node);

}  // namespace duban
