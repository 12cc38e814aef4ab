// The inbox: open duties by seat or person, what a person has done and what he has started. What
// all rows of a task share (title, lead, day, urges) stands in its board row.
// Thread-safety: safe for concurrent use.
#pragma once

#include <vector>

#include "domain/task/inbox.h"
#include "storage/views/view.h"

namespace duban {

// todo: an open duty, one row for each seat that may do it. done: a decision or another act of the
// person on a task; neither drafts nor what follows from an act by itself. started: what
// the person submitted, as it stands. to_read: an approval that was copied to the person and that
// he has not marked as read.
enum class InboxBox { todo, done, started, to_read };
BOOST_DESCRIBE_ENUM(InboxBox, todo, done, started, to_read)

struct InboxRow {
    TaskId task;
    UnitCode unit;      // todo, started: the unit concerned
    Duty duty;          // todo
    std::string act;    // done: the event's type
    SubjectId subject;  // a report, or what else is judged
    std::uint32_t approval = 0;
    std::string state;        // started: state of the subject
    std::optional<Date> due;  // done: working_due of the task after the act
    Timestamp since;
    Position position;  // event that made the row or changed it last
    bool operator==(const InboxRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(InboxRow, (),
                      (task, unit, duty, act, subject, approval, state, due, since, position))

extern const View inbox_view;

// Rows of one seat or person, oldest first, from `cursor` (opaque, "" to begin) on, at most
// `limit`. Errors: invalid_argument for a cursor that was not made here, storage_failed.
struct InboxPage {
    std::vector<InboxRow> rows;
    std::size_t unreadable = 0;  // left out, as they cannot be read; told to RowFaults
    std::string next;            // "" at the end
};
[[nodiscard]] Result<InboxPage> read_seat_inbox(const Snapshot& snapshot, const Seat& seat,
                                                const std::string& cursor, std::size_t limit);
[[nodiscard]] Result<InboxPage> read_person_inbox(const Snapshot& snapshot, InboxBox box,
                                                  const PersonId& person, const std::string& cursor,
                                                  std::size_t limit);
// Open duties of approvals that nobody holds by himself: their seats fell vacant, or their persons
// left. The same as above.
[[nodiscard]] Result<InboxPage> read_vacant_inbox(const Snapshot& snapshot,
                                                  const Directory& directory,
                                                  const std::string& cursor, std::size_t limit);

}  // namespace duban
