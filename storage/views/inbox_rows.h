// Which rows of the inbox a task's state means, and under which keys.
// Thread-safety: safe for concurrent use.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "domain/task/task.h"
#include "storage/views/inbox_view.h"

namespace duban {

// Own key of the view: box u8, holder, 0x00, then for todo, to_read and started the moment be64 and
// a name, for done the position be64. Positions are not set yet.
using InboxRows = std::map<std::string, InboxRow>;

// What follows from the state, apart for what an event may leave alone: the duties of the task and
// its units, those of one approval, and the subject that stands with who submitted it.
[[nodiscard]] InboxRows task_rows(const TaskState& task);
[[nodiscard]] InboxRows approval_rows(const TaskState& task, const Approval& approval);
// Of one of the approval's nodes.
[[nodiscard]] InboxRows node_rows(const TaskState& task, const Approval& approval,
                                  const ApprovalNode& node);
// Its copies that were not read.
[[nodiscard]] InboxRows copy_rows(const TaskState& task, const Approval& approval);
[[nodiscard]] InboxRows started_rows(const SubjectId& id, const SubjectHead& subject);
// What the event is to its actor; nothing when it is not an act of a person.
[[nodiscard]] std::optional<std::pair<std::string, InboxRow>> done_row(const EventRecord& record,
                                                                       const TaskState& after);

// "s:<unit>/<post>", "p:<person>", "e:<person who may not>"
[[nodiscard]] std::string seat_holder(const Seat& seat);
[[nodiscard]] std::string person_holder(const PersonId& person);
[[nodiscard]] std::string excepted_holder(const PersonId& person);
// What all keys of one holder's box start with.
[[nodiscard]] std::string inbox_prefix(InboxBox box, const std::string& holder);

}  // namespace duban
