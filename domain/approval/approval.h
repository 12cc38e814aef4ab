// Approval: a running instance of a route, bound to one revision of its subject.
// Ended rounds are history (task_history.h), from which nothing is ever removed; the approval keeps
// of them what decides how it goes on.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/approval/route.h"
#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/directory/directory.h"

namespace duban {

enum class ApprovalState { running, returned, passed, rejected };
BOOST_DESCRIBE_ENUM(ApprovalState, running, returned, passed, rejected)

// One pass through a node. Rounds of a node count from 1.
struct OpenStep {
    std::string node;
    std::uint32_t round = 0;
    std::vector<Seat> who;  // any active holder of one of these may act
    Timestamp opened;
    NodeDo do_ = NodeDo::approve;
    bool operator==(const OpenStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(OpenStep, (), (node, round, who, opened, do_))

enum class StepEnd { approved, rejected, returned, skipped };
BOOST_DESCRIBE_ENUM(StepEnd, approved, rejected, returned, skipped)

// What ended a round, in order. person is empty for a skipped node.
struct StepRecord {
    std::string node;
    std::uint32_t round = 0;
    StepEnd end = StepEnd::approved;
    PersonId person;
    PersonId on_behalf_of;
    std::string opinion;
    std::string return_to;  // node, for a return
    std::uint32_t revision = 0;
    Digest revision_digest;
    Timestamp time;
    bool operator==(const StepRecord&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepRecord, (),
                      (node, round, end, person, on_behalf_of, opinion, return_to, revision,
                       revision_digest, time))

struct Approval {
    std::uint32_t no = 0;
    RouteId route;
    std::int32_t route_version = 0;
    Subject subject = Subject::report;
    std::uint32_t report = 0;  // number of the report
    UnitCode unit;             // whose subject it is
    PersonId starter;
    std::uint32_t revision = 0;
    Digest revision_digest;
    ApprovalState state = ApprovalState::running;
    std::vector<OpenStep> open;    // one in a list route
    std::uint32_t ended = 0;       // rounds that have ended
    std::vector<StepRecord> last;  // the last ended round of each node, in the order of their ends
    bool operator==(const Approval&) const = default;
};
BOOST_DESCRIBE_STRUCT(Approval, (),
                      (no, route, route_version, subject, report, unit, starter, revision,
                       revision_digest, state, open, ended, last))

}  // namespace duban
