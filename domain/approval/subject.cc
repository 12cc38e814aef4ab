#include "domain/approval/subject.h"

#include <algorithm>
#include <utility>

#include "domain/task/task_changes.h"

namespace duban {
namespace {

constexpr SubjectKind all_subject_kinds[] = {SubjectKind::report, SubjectKind::extension,
                                             SubjectKind::closing, SubjectKind::amendment,
                                             SubjectKind::issue};

// Visits the list that holds the subjects of the kind.
template <class State, class Visit>
auto in_list_of(State& task, SubjectKind kind, const Visit& visit) {
    switch (kind) {
        case SubjectKind::extension:
            return visit(task.extensions);
        case SubjectKind::closing:
            return visit(task.closings);
        case SubjectKind::amendment:
            return visit(task.amendments);
        case SubjectKind::issue:
            return visit(task.issuings);
        case SubjectKind::report:
            break;
    }
    return visit(task.reports);
}

char letter_of(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::extension:
            return 'e';
        case SubjectKind::closing:
            return 'c';
        case SubjectKind::amendment:
            return 'm';
        case SubjectKind::issue:
            return 'i';
        case SubjectKind::report:
            break;
    }
    return 'r';
}

}  // namespace

SubjectKind kind_of(const SubjectId& id) {
    const auto found = std::ranges::find(all_subject_kinds, id.kind, &letter_of);
    return found == std::end(all_subject_kinds) ? SubjectKind::report : *found;
}

SubjectId subject_id(const TaskId& task, SubjectKind kind, std::uint32_t no) {
    return {task, letter_of(kind), no};
}

std::uint32_t next_subject_no(const TaskState& task, SubjectKind kind) {
    return in_list_of(task, kind, [](const auto& list) {
        return list.empty() ? std::uint32_t{1} : list.back().no + 1;
    });
}

const SubjectHead* find_subject(const TaskState& task, const SubjectId& id) {
    return in_list_of(task, kind_of(id), [&](const auto& list) -> const SubjectHead* {
        for (const auto& one : list) {
            if (one.no == id.no) return &one;
        }
        return nullptr;
    });
}

const SubjectHead* open_subject(const TaskState& task, SubjectKind kind, const UnitCode& unit) {
    return in_list_of(task, kind, [&](const auto& list) -> const SubjectHead* {
        for (const auto& one : list) {
            if (one.unit == unit && is_open(one)) return &one;
        }
        return nullptr;
    });
}

bool has_open_subject(const TaskState& task, const UnitCode& unit, const SubjectId& but) {
    return std::ranges::any_of(all_subject_kinds, [&](SubjectKind kind) {
        return in_list_of(task, kind, [&](const auto& list) {
            return std::any_of(list.begin(), list.end(), [&](const SubjectHead& one) {
                return is_open(one) && (unit.empty() || one.unit == unit) &&
                       subject_id(task.id, kind, one.no) != but;
            });
        });
    });
}

SubjectHead* subject_in(TaskState& task, const SubjectId& id) {
    return in_list_of(task, kind_of(id), [&](auto& list) -> SubjectHead* {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (list[i].no == id.no) return &list.edit(i);
        }
        return nullptr;
    });
}

void add_revision(SubjectHead& subject, Revision revision) {
    auto& authors = subject.authors;
    if (std::ranges::find(authors, revision.author) == authors.end()) {
        authors.push_back(revision.author);
    }
    subject.newest = std::move(revision);
}

void close_subject(TaskState& task, const SubjectId& id, ReportState state) {
    if (kind_of(id) == SubjectKind::report) return close_report(task, id.no, state);
    if (auto* subject = subject_in(task, id)) subject->state = state;
}

}  // namespace duban
