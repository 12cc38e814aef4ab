// The subject of an approval: what it judges, of whatever kind. Here alone stands in which list of
// a task the subjects of a kind are kept; the engine asks no further than their heads.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>

#include "domain/approval/route.h"
#include "domain/base/ids.h"
#include "domain/task/task.h"

namespace duban {

[[nodiscard]] SubjectKind kind_of(const SubjectId& id);
[[nodiscard]] SubjectId subject_id(const TaskId& task, SubjectKind kind, std::uint32_t no);
// The number of the task's next subject of that kind.
[[nodiscard]] std::uint32_t next_subject_no(const TaskState& task, SubjectKind kind);

// nullptr when there is none.
[[nodiscard]] const SubjectHead* find_subject(const TaskState& task, const SubjectId& id);
// The unit's own that is in approval or waits to be revised; at most one of each kind.
[[nodiscard]] const SubjectHead* open_subject(const TaskState& task, SubjectKind kind,
                                              const UnitCode& unit);
// Whether any of the unit's, or of any unit's when it is empty, is open, besides `but`.
[[nodiscard]] bool has_open_subject(const TaskState& task, const UnitCode& unit = {},
                                    const SubjectId& but = {});

}  // namespace duban
