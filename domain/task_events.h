// The events of a task's stream. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/event_stamp.h"
#include "domain/task.h"

namespace duban {

struct TaskRegistered {
    static constexpr const char* type = "task.registered";
    static constexpr int version = 1;
    TaskId task;
    Mandate mandate;
    bool operator==(const TaskRegistered&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskRegistered, (), (task, mandate))

// 立项. `basis` tells what the decision rests on: the office's head, or an issued list.
struct TaskApproved {
    static constexpr const char* type = "task.approved";
    static constexpr int version = 1;
    TaskId task;
    std::string opinion;
    std::string basis;
    bool operator==(const TaskApproved&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskApproved, (), (task, opinion, basis))

struct TaskReturned {
    static constexpr const char* type = "task.returned";
    static constexpr int version = 1;
    TaskId task;
    std::string reason;
    bool operator==(const TaskReturned&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskReturned, (), (task, reason))

struct GivenPart {
    UnitCode unit;
    UnitRole role = UnitRole::lead;
    std::string duty;
    bool operator==(const GivenPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(GivenPart, (), (unit, role, duty))

struct TaskIssued {
    static constexpr const char* type = "task.issued";
    static constexpr int version = 1;
    TaskId task;
    Date due;
    Date sign_by;
    std::optional<PeriodKind> report_period;
    std::vector<GivenPart> parts;
    bool operator==(const TaskIssued&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskIssued, (), (task, due, sign_by, report_period, parts))

// The whole new mandate; units that join get a part, units that leave are released.
struct TaskAmended {
    static constexpr const char* type = "task.amended";
    static constexpr int version = 1;
    TaskId task;
    Mandate mandate;
    std::optional<Date> sign_by;  // for the units that join
    std::string reason;
    bool operator==(const TaskAmended&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskAmended, (), (task, mandate, sign_by, reason))

struct TaskHeld {
    static constexpr const char* type = "task.held";
    static constexpr int version = 1;
    TaskId task;
    std::string reason;
    bool operator==(const TaskHeld&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskHeld, (), (task, reason))

struct TaskResumed {
    static constexpr const char* type = "task.resumed";
    static constexpr int version = 1;
    TaskId task;
    std::string opinion;
    bool operator==(const TaskResumed&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskResumed, (), (task, opinion))

struct TaskUrged {
    static constexpr const char* type = "task.urged";
    static constexpr int version = 1;
    TaskId task;
    UrgeLevel level = UrgeLevel::blue;
    std::vector<UnitCode> units;
    std::string text;
    bool operator==(const TaskUrged&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskUrged, (), (task, level, units, text))

struct AssignmentSigned {
    static constexpr const char* type = "assignment.signed";
    static constexpr int version = 1;
    TaskId task;
    UnitCode unit;
    bool operator==(const AssignmentSigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentSigned, (), (task, unit))

struct AssignmentObjected {
    static constexpr const char* type = "assignment.objected";
    static constexpr int version = 1;
    TaskId task;
    UnitCode unit;
    std::string reason;
    bool operator==(const AssignmentObjected&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentObjected, (), (task, unit, reason))

// confirm: the unit keeps its part and signs; reassign: `to` takes it over; release: nobody does.
enum class Settlement { confirm, reassign, release };
BOOST_DESCRIBE_ENUM(Settlement, confirm, reassign, release)

struct AssignmentSettled {
    static constexpr const char* type = "assignment.settled";
    static constexpr int version = 1;
    TaskId task;
    UnitCode unit;
    Settlement outcome = Settlement::confirm;
    UnitCode to;                  // reassign only
    std::optional<Date> sign_by;  // last day for signing in; none after a release
    std::string reason;
    bool operator==(const AssignmentSettled&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentSettled, (), (task, unit, outcome, to, sign_by, reason))

struct HandlerAssigned {
    static constexpr const char* type = "assignment.handler_assigned";
    static constexpr int version = 1;
    TaskId task;
    UnitCode unit;
    PersonId handler;
    bool operator==(const HandlerAssigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(HandlerAssigned, (), (task, unit, handler))

struct AssignmentBrokenDown {
    static constexpr const char* type = "assignment.broken_down";
    static constexpr int version = 1;
    TaskId task;
    UnitCode unit;
    std::vector<WorkPart> parts;  // the whole break-down; replaces an earlier one
    bool operator==(const AssignmentBrokenDown&) const = default;
};
BOOST_DESCRIBE_STRUCT(AssignmentBrokenDown, (), (task, unit, parts))

struct ReportDrafted {
    static constexpr const char* type = "report.drafted";
    static constexpr int version = 1;
    TaskId task;
    UnitCode unit;
    ReportContent content;
    bool operator==(const ReportDrafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportDrafted, (), (task, unit, content))

// The first revision of a report. A draft of the unit is used up by it.
struct ReportSubmitted {
    static constexpr const char* type = "report.submitted";
    static constexpr int version = 1;
    ReportId report;
    UnitCode unit;
    Digest revision_digest;
    ReportContent content;
    bool operator==(const ReportSubmitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportSubmitted, (), (report, unit, revision_digest, content))

struct ReportRevised {
    static constexpr const char* type = "report.revised";
    static constexpr int version = 1;
    ReportId report;
    UnitCode unit;
    std::uint32_t revision = 0;
    Digest revision_digest;
    ReportContent content;
    bool operator==(const ReportRevised&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportRevised, (), (report, unit, revision, revision_digest, content))

// The effect accept_values: these values count from here on.
struct ReportAccepted {
    static constexpr const char* type = "report.accepted";
    static constexpr int version = 1;
    ReportId report;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::vector<CellEntry> values;
    bool operator==(const ReportAccepted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportAccepted, (), (report, revision, revision_digest, values))

struct ReportRejected {
    static constexpr const char* type = "report.rejected";
    static constexpr int version = 1;
    ReportId report;
    std::uint32_t revision = 0;
    bool operator==(const ReportRejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportRejected, (), (report, revision))

struct ApprovalOpened {
    static constexpr const char* type = "approval.opened";
    static constexpr int version = 1;
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
    static constexpr const char* type = "approval.resubmitted";
    static constexpr int version = 1;
    ApprovalId approval;
    std::uint32_t revision = 0;
    Digest revision_digest;
    bool operator==(const ApprovalResubmitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalResubmitted, (), (approval, revision, revision_digest))

struct StepOpened {
    static constexpr const char* type = "approval.step_opened";
    static constexpr int version = 1;
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
    static constexpr const char* type = "approval.step_skipped";
    static constexpr int version = 1;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    SkipReason reason = SkipReason::empty;
    bool operator==(const StepSkipped&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepSkipped, (), (approval, node, round, reason))

struct StepApproved {
    static constexpr const char* type = "approval.approved";
    static constexpr int version = 1;
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
    static constexpr const char* type = "approval.rejected";
    static constexpr int version = 1;
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
    static constexpr const char* type = "approval.returned";
    static constexpr int version = 1;
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
    static constexpr const char* type = "approval.closed";
    static constexpr int version = 1;
    ApprovalId approval;
    ApprovalResult result = ApprovalResult::passed;
    bool operator==(const ApprovalClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalClosed, (), (approval, result))

using TaskEvent =
    std::variant<TaskRegistered, TaskApproved, TaskReturned, TaskIssued, TaskAmended, TaskHeld,
                 TaskResumed, TaskUrged, AssignmentSigned, AssignmentObjected, AssignmentSettled,
                 HandlerAssigned, AssignmentBrokenDown, ReportDrafted, ReportSubmitted,
                 ReportRevised, ReportAccepted, ReportRejected, ApprovalOpened, ApprovalResubmitted,
                 StepOpened, StepSkipped, StepApproved, StepRejected, StepReturned, ApprovalClosed>;

// The only way a task changes. Total: any event on any state gives a state; reads nothing else.
[[nodiscard]] TaskState evolve(TaskState state, const TaskEvent& event, const Stamp& stamp);

}  // namespace duban
