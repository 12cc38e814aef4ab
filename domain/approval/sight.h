// Sight: what of a task somebody sees. Its units, the office, leaders and auditors see all of it.
// A unit or person outside that is asked in an approval is a guest: while the slot is open it sees
// the task, that approval and the present revision of its subject; what it decided on it sees for
// ever, and with that the approval. So does a unit that left the task.
// Computed from the state and the reader's access; the same answer for commands, queries, events
// and files. Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/directory/access.h"
#include "domain/task/task.h"
#include "domain/task/task_history.h"

namespace duban {

// One approval that a guest sees, and the revisions of its subject, ascending.
struct SeenApproval {
    std::uint32_t approval = 0;
    SubjectId subject;
    std::vector<std::uint32_t> revisions;
    bool operator==(const SeenApproval&) const = default;
};

struct TaskSight {
    bool all = false;
    std::vector<SeenApproval> approvals;  // of a guest, by number
    bool operator==(const TaskSight&) const = default;

    // Whether the task is there for him.
    [[nodiscard]] bool any() const { return all || !approvals.empty(); }
    [[nodiscard]] bool is_guest() const { return !all && !approvals.empty(); }
    [[nodiscard]] bool sees_approval(std::uint32_t no) const;
    // Any revision of it.
    [[nodiscard]] bool sees_subject(const SubjectId& id) const;
    [[nodiscard]] bool sees_revision(const SubjectId& id, std::uint32_t revision) const;
};

[[nodiscard]] TaskSight sight_of(const TaskState& task, const Access& access);
// Whether he was asked in a round that others have ended: he is told so, and nothing else.
[[nodiscard]] bool was_asked(const Approval& approval, const Access& access);

// One of those who are asked or have decided, of the task or not, and all that this lets him see.
struct PartySight {
    Party party;
    std::vector<SeenApproval> approvals;
};
// Of one approval, or of all when it is 0: the parties that are no unit of the task, office,
// leaders or auditors. Persons are left in, of whom only the directory knows where they belong.
[[nodiscard]] std::vector<PartySight> outside_parties(const TaskState& task,
                                                      std::uint32_t approval = 0);
// The codes of the units that are guests of the approval, or of the task when `approval` is 0, and
// of the units of the persons who are, sorted.
[[nodiscard]] std::vector<UnitCode> guest_codes(const TaskState& task, std::uint32_t approval,
                                                const Directory& directory);

// Whether so much sight of a task takes in an event of it that is for the task's units.
[[nodiscard]] bool shows_event(const TaskSight& sight, const Event& event);
// Whether the reader, who sees that much of the task as it stands, sees an event of it.
[[nodiscard]] bool may_see_event(const Access& access, const TaskSight& sight, const Event& event);

// What a guest sees of a task: no other report, approval, value or draft, and of the reports that
// he sees the revisions that he sees.
[[nodiscard]] TaskRecord as_seen(TaskRecord record, const TaskSight& sight);

}  // namespace duban
