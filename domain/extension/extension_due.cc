#include "domain/extension/extension_due.h"

#include <algorithm>

#include "domain/approval/subject.h"
#include "domain/base/working_days.h"

namespace duban {

std::optional<Date> due_to_move(const TaskState& task, const UnitCode& unit) {
    return unit == task.mandate->lead ? working_due(task) : working_due(task, unit);
}

std::int32_t workdays_asked(const TaskState& task, const Extension& extension) {
    const auto due = due_to_move(task, extension.unit);
    return due ? working_days_between(*due, extension.content.new_due) : 0;
}

std::uint32_t count_of(const TaskState& task, const Extension& extension) {
    const auto granted =
        std::count_if(task.extensions.begin(), task.extensions.end(), [&](const Extension& other) {
            return other.unit == extension.unit && other.no != extension.no &&
                   other.state == ReportState::accepted;
        });
    return static_cast<std::uint32_t>(granted) + 1;
}

std::optional<DueMoved> due_move(const TaskState& task, const Extension& extension) {
    const auto due = due_to_move(task, extension.unit);
    if (!due || *due >= extension.content.new_due) return std::nullopt;
    const bool lead = extension.unit == task.mandate->lead;
    return DueMoved{subject_id(task.id, SubjectKind::extension, extension.no), extension.unit,
                    lead ? UnitRole::lead : UnitRole::co, *due, extension.content.new_due};
}

}  // namespace duban
