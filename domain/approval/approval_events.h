// The events of approvals. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/route.h"
#include "domain/base/event.h"

namespace duban {

struct ApprovalOpened {
    static constexpr EventType type{"approval.opened", 1, Audience::task_units, EventRole::follows};
    ApprovalId approval;
    RouteId route;
    std::int32_t route_version = 0;
    Subject subject = Subject::report;
    ReportId report;
    UnitCode unit;
    std::uint32_t revision = 0;
    Digest revision_digest;
    bool operator==(const ApprovalOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalOpened, (),
                      (approval, route, route_version, subject, report, unit, revision,
                       revision_digest))

// A returned approval goes on with a new revision.
struct ApprovalResubmitted {
    static constexpr EventType type{"approval.resubmitted", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::uint32_t revision = 0;
    Digest revision_digest;
    bool operator==(const ApprovalResubmitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalResubmitted, (), (approval, revision, revision_digest))

struct StepOpened {
    static constexpr EventType type{"approval.step_opened", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::vector<Seat> who;
    NodeDo do_ = NodeDo::approve;  // fill: the approval waits for a new revision
    bool operator==(const StepOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepOpened, (), (approval, node, round, who, do_))

enum class SkipReason { empty, self };
BOOST_DESCRIBE_ENUM(SkipReason, empty, self)

struct StepSkipped {
    static constexpr EventType type{"approval.step_skipped", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    SkipReason reason = SkipReason::empty;
    bool operator==(const StepSkipped&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepSkipped, (), (approval, node, round, reason))

struct StepApproved {
    static constexpr EventType type{"approval.approved", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const StepApproved&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepApproved, (), (approval, node, round, revision, revision_digest, opinion))

struct StepRejected {
    static constexpr EventType type{"approval.rejected", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const StepRejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepRejected, (), (approval, node, round, revision, revision_digest, opinion))

struct StepReturned {
    static constexpr EventType type{"approval.returned", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string to;  // node that opens again
    Resume then = Resume::rerun;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const StepReturned&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepReturned, (),
                      (approval, node, round, to, then, revision, revision_digest, opinion))

enum class ApprovalResult { passed, rejected };
BOOST_DESCRIBE_ENUM(ApprovalResult, passed, rejected)

// The one terminal event of an approval.
struct ApprovalClosed {
    static constexpr EventType type{"approval.closed", 1, Audience::task_units, EventRole::follows};
    ApprovalId approval;
    ApprovalResult result = ApprovalResult::passed;
    bool operator==(const ApprovalClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalClosed, (), (approval, result))

// Each event of the family.
#define DUBAN_APPROVAL_EVENTS(EVENT) \
    EVENT(ApprovalOpened)            \
    EVENT(ApprovalResubmitted)       \
    EVENT(StepOpened)                \
    EVENT(StepSkipped)               \
    EVENT(StepApproved)              \
    EVENT(StepRejected)              \
    EVENT(StepReturned)              \
    EVENT(ApprovalClosed)

DUBAN_APPROVAL_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
