// The events of issues on request. That a task is issued is task.issued, whoever decided it. Past
// tense; plain data; a change of meaning is a new version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

#include "domain/base/event.h"
#include "domain/issuing/issuing.h"

namespace duban {

struct IssuingRequested {
    static constexpr EventType type{"issue.requested", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    Digest revision_digest;
    IssuingContent content;
    bool operator==(const IssuingRequested&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuingRequested, (), (subject, unit, revision_digest, content))

struct IssuingRevised {
    static constexpr EventType type{"issue.revised", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    Digest revision_digest;
    IssuingContent content;
    bool operator==(const IssuingRevised&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuingRevised, (), (subject, unit, revision, revision_digest, content))

// Asked again as it was, with the reason.
struct IssuingRepeated {
    static constexpr EventType type{"issue.repeated", 1, Audience::task_units, EventRole::act};
    SubjectId subject;
    UnitCode unit;
    std::uint32_t revision = 0;
    std::string note;
    bool operator==(const IssuingRepeated&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuingRepeated, (), (subject, unit, revision, note))

// Each event of the family.
#define DUBAN_ISSUING_EVENTS(EVENT) \
    EVENT(IssuingRequested)         \
    EVENT(IssuingRevised)           \
    EVENT(IssuingRepeated)

DUBAN_ISSUING_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
