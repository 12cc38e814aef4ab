// Outcome: what became of a command: what it made, or which rule refused it. In no client's form:
// the API renders it. Kept as long as the log, so that a retry is answered the same.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/directory/directory_events.h"
#include "storage/codec/event_record.h"

namespace duban {

// What the events made, where they made something that needs a name.
struct MadeIds {
    std::optional<PlanId> plan;
    std::optional<RouteId> route;
    std::optional<std::int32_t> ver;  // of the route or calendar
    std::optional<TaskId> task;
    std::optional<ReportId> report;
    std::optional<std::uint32_t> revision;  // of the subject
    std::optional<SubjectId> extension;
    std::optional<SubjectId> closing;
    std::optional<SubjectId> amendment;
    std::optional<SubjectId> issue;
    std::optional<ApprovalId> approval;
    std::optional<std::vector<PersonId>> copied;  // to whom it was copied
    std::optional<std::vector<PersonId>> urged;   // who was asked to hurry
    std::optional<std::vector<MovedSlot>> moved;  // slots that went to another
    std::optional<std::vector<LeftSlot>> left;    // and those that did not
    bool operator==(const MadeIds&) const = default;
};
BOOST_DESCRIBE_STRUCT(MadeIds, (),
                      (plan, route, ver, task, report, revision, extension, closing, amendment,
                       issue, approval, copied, urged, moved, left))

struct AcceptedOutcome {
    Position position;          // of the last event, or of the last one before when there is none
    std::uint64_t version = 0;  // of the command's stream afterwards
    MadeIds made;
    bool operator==(const AcceptedOutcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(AcceptedOutcome, (), (position, version, made))

// An Error as it is kept.
struct RefusedOutcome {
    Errc error = Errc::internal;
    std::string rule;
    std::string field;
    std::string detail;
    std::uint64_t current = 0;
    bool operator==(const RefusedOutcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(RefusedOutcome, (), (error, rule, field, detail, current))

// What the family `command` holds for each id. One of the two is there.
struct Outcome {
    Digest content;  // of the canonical {actor, method, params}
    std::optional<AcceptedOutcome> accepted;
    std::optional<RefusedOutcome> refused;
    bool operator==(const Outcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (content, accepted, refused))

// An outcome on its way into the log, with its bytes.
struct CommandOutcome {
    CommandId id;
    Outcome outcome;
    std::string row;  // the outcome as it is stored: canonical
    bool operator==(const CommandOutcome&) const = default;
};
[[nodiscard]] CommandOutcome command_outcome(CommandId id, Outcome outcome);

// An import makes a plan; its tasks are read off the board.
[[nodiscard]] MadeIds made_by(const std::vector<EventRecord>& events);
[[nodiscard]] RefusedOutcome refused_outcome(const Error& error);
[[nodiscard]] Error error_of(const RefusedOutcome& refused);

}  // namespace duban
