// Which rows of the inbox a task has in a state, and which row an event adds.
// Thread-safety: safe for concurrent use.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "storage/views/inbox_view.h"

namespace duban {

// Own key of the view: box u8, holder, 0x00, then for todo and started the moment be64 and a name,
// for done the position be64.
using InboxRows = std::map<std::string, InboxRow>;

[[nodiscard]] std::string seat_holder(const Seat& seat);
[[nodiscard]] std::string person_holder(const PersonId& person);
[[nodiscard]] std::string inbox_prefix(InboxBox box, const std::string& holder);

// The rows that stand as long as the task is in this state (todo and started); their position is
// not set.
[[nodiscard]] InboxRows standing_rows(const TaskState& task);
// The row of a person's own act. Nothing for acts of the system, for drafts, and for events that
// follow from another one.
[[nodiscard]] std::optional<std::pair<std::string, InboxRow>> done_row(const EventRecord& record,
                                                                       const TaskState& after);

}  // namespace duban
