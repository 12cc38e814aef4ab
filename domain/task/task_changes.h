// What the events of more than one family change in a task; parts of which evolve consists.
// Not for callers: use evolve (task.h). Total, as evolve is.
// Thread-safety: one thread at a time.
#pragma once

#include <optional>
#include <string>

#include "domain/base/event_stamp.h"
#include "domain/task/task.h"
#include "domain/task/task_history.h"

namespace duban {

// A task while an event is applied to it, and what the event puts down for good.
struct TaskEvolution : TaskState {
    TaskHistory over;
};

// Gives each unit of the mandate its part and releases the others; lead first, then the mandate's
// order, then the released ones. Units that join get a fresh part. (assignment_evolve.cc)
void match_assignments(TaskState& task, Timestamp now, std::optional<Date> sign_by);
// Replaces the mandate; the old one with the reason becomes history. (task_evolve.cc)
void replace_mandate(TaskEvolution& task, Mandate mandate, const std::string& reason,
                     Timestamp now);
// Sets the task's day, or that of the unit's own part, on the strength of that extension.
// (extension_evolve.cc)
void move_due(TaskEvolution& task, const SubjectId& extension, const UnitCode& unit, UnitRole role,
              Date due, Timestamp now);
// To be changed; nullptr when there is none. (report_evolve.cc)
[[nodiscard]] Report* report_in(TaskState& task, std::uint32_t no);
// The task is held: the clocks of its open approvals stand still, unless they do already; and it is
// resumed: those that are not held themselves go on. (approval_time_evolve.cc)
void stop_clocks(TaskState& task, Timestamp now);
void start_clocks(TaskState& task);
// Accepted or rejected: from there on the content is history. (report_evolve.cc)
void close_report(TaskState& task, std::uint32_t no, ReportState state);
// The same of what an approval judges, whatever its kind. (subject.cc)
[[nodiscard]] SubjectHead* subject_in(TaskState& task, const SubjectId& id);
void close_subject(TaskState& task, const SubjectId& id, ReportState state);
// Makes the revision the subject's newest.
void add_revision(SubjectHead& subject, Revision revision);
// That of the number, to be changed; nullptr when there is none.
template <class Subject>
[[nodiscard]] Subject* change_no(Parts<Subject>& list, std::uint32_t no) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].no == no) return &list.edit(i);
    }
    return nullptr;
}

}  // namespace duban
