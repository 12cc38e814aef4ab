// The events of closings. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

#include "domain/base/event.h"
#include "domain/closing/closing.h"

namespace duban {

struct ClosingRequested {
    static constexpr EventType type{"closing.requested", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    Digest revision_digest;
    ClosingContent content;
    bool operator==(const ClosingRequested&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClosingRequested, (), (subject, unit, revision_digest, content))

struct ClosingRevised {
    static constexpr EventType type{"closing.revised", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    Digest revision_digest;
    ClosingContent content;
    bool operator==(const ClosingRevised&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClosingRevised, (), (subject, unit, revision, revision_digest, content))

// Asked again as it was, with the reason.
struct ClosingRepeated {
    static constexpr EventType type{"closing.repeated", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    std::string note;
    bool operator==(const ClosingRepeated&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClosingRepeated, (), (subject, unit, revision, note))

// 销号: the effect close_task. `finished`: the day on which the lead asked for it.
struct TaskClosed {
    static constexpr EventType type{"task.closed", 1, Audience::task_units, EventRole::follows};
    SubjectId subject;
    Date finished;
    bool operator==(const TaskClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskClosed, (), (subject, finished))

// What closed the task does so no longer: the task is under way again.
struct TaskReopened {
    static constexpr EventType type{"task.reopened", 1, Audience::task_units, EventRole::follows};
    SubjectId subject;
    bool operator==(const TaskReopened&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskReopened, (), (subject))

// Each event of the family.
#define DUBAN_CLOSING_EVENTS(EVENT) \
    EVENT(ClosingRequested)         \
    EVENT(ClosingRevised)           \
    EVENT(ClosingRepeated)          \
    EVENT(TaskClosed)               \
    EVENT(TaskReopened)

DUBAN_CLOSING_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
