// The commands: what a client can ask to be done. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/directory.h"
#include "domain/plan.h"
#include "domain/route.h"
#include "domain/task_events.h"

namespace duban {

// Directory.
struct PutUnit {
    Unit unit;
    bool operator==(const PutUnit&) const = default;
};
struct PutPerson {
    PersonId person;
    std::string name;
    bool active = true;
    bool operator==(const PutPerson&) const = default;
};
struct GrantPost {
    PersonId person;
    HeldPost post;
    bool operator==(const GrantPost&) const = default;
};
struct RevokePost {
    PersonId person;
    UnitCode unit;
    Post post = Post::clerk;
    bool operator==(const RevokePost&) const = default;
};
struct SetProxy {
    Proxy proxy;
    bool operator==(const SetProxy&) const = default;
};
using DirectoryCommand = std::variant<PutUnit, PutPerson, GrantPost, RevokePost, SetProxy>;

// Plans and routes.
struct ImportPlan {
    PlanDocument document;
    bool operator==(const ImportPlan&) const = default;
};
struct PublishRoute {
    Route route;
    bool operator==(const PublishRoute&) const = default;
};

// Tasks.
struct RegisterTask {
    TaskId task;
    Mandate mandate;
    bool operator==(const RegisterTask&) const = default;
};
enum class RegistrationVerdict { approve, return_ };
BOOST_DESCRIBE_ENUM(RegistrationVerdict, approve, return_)
struct ApproveTask {
    TaskId task;
    RegistrationVerdict decision = RegistrationVerdict::approve;
    std::string opinion;  // required for return
    bool operator==(const ApproveTask&) const = default;
};
struct DutyText {
    UnitCode unit;
    std::string duty;
    bool operator==(const DutyText&) const = default;
};
BOOST_DESCRIBE_STRUCT(DutyText, (), (unit, duty))
struct IssueTask {
    TaskId task;
    std::optional<Date> due;      // required unless the mandate has one
    std::optional<Date> sign_by;  // default: sign_in_days after today
    std::optional<PeriodKind> report_period;
    std::vector<DutyText> duties;
    bool operator==(const IssueTask&) const = default;
};
// The members that are given replace those of the mandate.
struct AmendTask {
    TaskId task;
    std::optional<std::string> title;
    std::optional<std::string> text;
    std::optional<std::string> document_no;
    std::optional<UnitCode> lead;
    std::optional<std::vector<UnitCode>> co;
    std::optional<Date> due;
    std::optional<PeriodKind> report_period;
    std::optional<std::vector<Indicator>> indicators;
    std::string reason;
    bool operator==(const AmendTask&) const = default;
};
struct HoldTask {
    TaskId task;
    std::string reason;
    bool operator==(const HoldTask&) const = default;
};
struct ResumeTask {
    TaskId task;
    std::string opinion;
    bool operator==(const ResumeTask&) const = default;
};
struct UrgeTask {
    TaskId task;
    UrgeLevel level = UrgeLevel::blue;
    std::vector<UnitCode> units;  // empty: all units with an open part
    std::string text;
    bool operator==(const UrgeTask&) const = default;
};
// The sign-in clock of a unit ran out. Sent by the actor `system` only.
struct UrgeUnsigned {
    TaskId task;
    UnitCode unit;
    Date sign_by;
    bool operator==(const UrgeUnsigned&) const = default;
};

// Assignments. An empty unit means the one unit of the task in which the actor holds a post.
struct SignAssignment {
    TaskId task;
    UnitCode unit;
    bool operator==(const SignAssignment&) const = default;
};
struct ObjectAssignment {
    TaskId task;
    UnitCode unit;
    std::string reason;
    bool operator==(const ObjectAssignment&) const = default;
};
struct SettleObjection {
    TaskId task;
    UnitCode unit;
    Settlement outcome = Settlement::confirm;
    UnitCode to;
    std::string reason;
    bool operator==(const SettleObjection&) const = default;
};
struct AssignHandler {
    TaskId task;
    UnitCode unit;
    PersonId handler;
    bool operator==(const AssignHandler&) const = default;
};
struct BreakDown {
    TaskId task;
    UnitCode unit;
    std::vector<WorkPart> parts;
    bool operator==(const BreakDown&) const = default;
};

// Reports.
struct SaveReport {
    TaskId task;
    UnitCode unit;
    ReportContent content;
    bool operator==(const SaveReport&) const = default;
};
struct SubmitReport {
    TaskId task;
    UnitCode unit;
    ReportContent content;
    bool operator==(const SubmitReport&) const = default;
};
struct ReviseReport {
    ReportId report;
    ReportContent content;
    bool operator==(const ReviseReport&) const = default;
};

// Approvals. Revision and digest name what the decider read; both are required.
struct ApproveStep {
    ApprovalId approval;
    std::string node;  // "" means the one that is open
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const ApproveStep&) const = default;
};
struct RejectStep {
    ApprovalId approval;
    std::string node;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const RejectStep&) const = default;
};
struct ReturnStep {
    ApprovalId approval;
    std::string node;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string to;  // start, prev or a node's id; "" means the first that the route allows
    std::string opinion;
    bool operator==(const ReturnStep&) const = default;
};

using TaskCommand =
    std::variant<RegisterTask, ApproveTask, IssueTask, AmendTask, HoldTask, ResumeTask, UrgeTask,
                 UrgeUnsigned, SignAssignment, ObjectAssignment, SettleObjection, AssignHandler,
                 BreakDown, SaveReport, SubmitReport, ReviseReport, ApproveStep, RejectStep,
                 ReturnStep>;

using Command = std::variant<DirectoryCommand, ImportPlan, PublishRoute, TaskCommand>;

// The task that a task command is about.
[[nodiscard]] TaskId task_of(const TaskCommand& command);

}  // namespace duban
