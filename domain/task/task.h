// TaskState: the fold of one task's stream: the task, its assignments, reports and approvals.
// Lights, lateness and progress are not here: they are computed when asked (light.h, indicator.h).
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/amendment/amendment.h"
#include "domain/approval/approval.h"
#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/closing/closing.h"
#include "domain/extension/extension.h"
#include "domain/indicator/indicator.h"
#include "domain/issuing/issuing.h"
#include "domain/report/report.h"

namespace duban {

class Event;
struct Stamp;
struct TaskHistory;

// absent: the stream has no event. Hold is not a stage: a held task stays in its stage.
// Evaluation and archive extend this list.
enum class TaskStage {
    absent,
    draft,        // 草稿: sent back before it was established
    pending,      // 待审
    established,  // 已立项
    issued,       // 已交办
    done,         // 已办结
};
BOOST_DESCRIBE_ENUM(TaskStage, absent, draft, pending, established, issued, done)

enum class UnitRole { lead, co };
BOOST_DESCRIBE_ENUM(UnitRole, lead, co)

enum class AssignmentState {
    waiting,   // 待签收
    objected,  // 退签待裁
    signed_,   // 已签收
    working,   // 承办中
    released,  // the objection was upheld: the unit has no further part
};
BOOST_DESCRIBE_ENUM(AssignmentState, waiting, objected, signed_, working, released)

// A piece of the unit's work.
struct WorkPart {
    std::string title;
    PersonId handler;  // empty when not given yet
    std::optional<Date> due;
    bool operator==(const WorkPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkPart, (), (title, handler, due))

struct Assignment {
    UnitCode unit;
    UnitRole role = UnitRole::lead;
    std::string duty;
    AssignmentState state = AssignmentState::waiting;
    Timestamp given;              // when it was given to the unit
    std::optional<Date> sign_by;  // last day for signing in; held days are added to it
    std::optional<Timestamp> signed_at;
    bool sign_in_urged = false;  // the actor `system` urged the unit to sign in by this sign_by
    PersonId signed_by;
    PersonId handler;
    std::string objection;  // the reason, while objected and after
    std::vector<WorkPart> parts;
    std::optional<Date> own_due;  // of a cooperating unit whose day was moved
    Timestamp own_due_set_at;
    bool operator==(const Assignment&) const = default;
};
BOOST_DESCRIBE_STRUCT(Assignment, (),
                      (unit, role, duty, state, given, sign_by, signed_at, sign_in_urged, signed_by,
                       handler, objection, parts, own_due, own_due_set_at))

// confirm: the unit keeps its part and signs; reassign: `to` takes it over; release: nobody does.
enum class Settlement { confirm, reassign, release };
BOOST_DESCRIBE_ENUM(Settlement, confirm, reassign, release)

// 催办单: the colour of the slip grows with the ladder.
enum class UrgeLevel { blue, yellow, red };
BOOST_DESCRIBE_ENUM(UrgeLevel, blue, yellow, red)

struct Urge {
    UrgeLevel level = UrgeLevel::blue;
    std::vector<UnitCode> units;
    std::string text;
    PersonId by;
    Timestamp time;
    bool operator==(const Urge&) const = default;
};
BOOST_DESCRIBE_STRUCT(Urge, (), (level, units, text, by, time))

struct HoldPeriod {
    Timestamp from;
    std::optional<Timestamp> until;
    std::string reason;
    bool operator==(const HoldPeriod&) const = default;
};
BOOST_DESCRIBE_STRUCT(HoldPeriod, (), (from, until, reason))

// What is asked of the units. Amendments replace it as a whole and keep the old ones.
struct Mandate {
    std::string title;
    std::string text;
    std::string source;       // who or what the task comes from
    std::string document_no;  // number of the basis document
    UnitCode lead;
    std::vector<UnitCode> co;
    std::optional<Date> due;
    std::optional<PeriodKind> report_period;
    std::vector<Indicator> indicators;
    bool operator==(const Mandate&) const = default;
};
BOOST_DESCRIBE_STRUCT(Mandate, (),
                      (title, text, source, document_no, lead, co, due, report_period, indicators))

// What few events change.
struct TaskCore {
    TaskStage stage = TaskStage::absent;
    std::string returned_reason;  // why the office's head sent a draft back
    Timestamp registered_at;
    PersonId registered_by;
    std::optional<Timestamp> issued_at;
    Timestamp due_set_at;  // registered, issued, or the last amendment or extension of the due day
    std::uint32_t amended = 0;  // how often the mandate was replaced
    bool key = false;           // 重点任务, for the conditions of routes
    std::vector<RouteBinding> routes;
    std::optional<Date> finished;  // done: the day on which its closing was asked for
    std::uint32_t closed_by = 0;   // done: number of that closing
    std::uint32_t corrected = 0;   // how often an accepted value was corrected
    bool operator==(const TaskCore&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskCore, (),
                      (stage, returned_reason, registered_at, registered_by, issued_at, due_set_at,
                       amended, key, routes, finished, closed_by, corrected))

// The state of a task, in parts: copying it costs references, and an event copies what it touches.
// Of what is over only that is kept on which decisions stand; the rest is history.
struct TaskState : TaskCore {
    TaskId id;
    std::uint64_t version = 0;  // number of events in the stream
    Timestamp changed;          // time of the last one
    Part<Mandate> mandate;
    Parts<Assignment> assignments;          // in order: lead first
    Parts<Report> reports;                  // by number from 1
    Parts<Approval> approvals;              // by number from 1
    Parts<Draft> drafts;                    // at most one per unit, by unit
    Part<std::vector<CellEntry>> accepted;  // values of accepted reports, in order of acceptance
    Parts<Urge> urges;
    Parts<HoldPeriod> holds;  // the last one is open while its `until` is empty
    Part<std::vector<std::uint32_t>> open_approvals;  // numbers of those that are not closed
    Parts<Extension> extensions;                      // by number from 1
    Parts<Closing> closings;                          // by number from 1
    Parts<Amendment> amendments;                      // by number from 1
    Parts<Issuing> issuings;                          // by number from 1
    bool operator==(const TaskState&) const = default;
};

// The only way a task changes. Total: any event on any state gives a state, an event of another
// family the same one; an event about something that the state does not have changes nothing but
// the version. Reads nothing else. What the event puts down for good is added to `history`.
[[nodiscard]] TaskState evolve(TaskState state, const Event& event, const Stamp& stamp,
                               TaskHistory& history);
// The same for those who do not ask for the history.
[[nodiscard]] TaskState evolve(TaskState state, const Event& event, const Stamp& stamp);

[[nodiscard]] bool is_held(const TaskState& task);
// Whether its approvals go on: it is issued, or established, while its issue may be asked for; and
// not held.
[[nodiscard]] bool goes_on_in_approvals(const TaskState& task);
// The due day that counts. A hold stops the clock, so the days of the ended holds since the
// mandate's day was set, by the issue or by the last amendment that changed it, are added to that
// day. A hold in which it was set counts from there; an open hold adds nothing yet.
[[nodiscard]] std::optional<Date> working_due(const TaskState& task);
// The day of the unit's part: its own, if it was moved, or the task's, whichever is later.
[[nodiscard]] std::optional<Date> working_due(const TaskState& task, const UnitCode& unit);
// Its own, where it was moved.
[[nodiscard]] std::optional<Date> own_working_due(const TaskState& task, const Assignment& part);
// Where schedules begin: the day of the issue, later by as many days as the due day that counts is,
// so that what is planned stands still in a hold. Nothing before the issue.
[[nodiscard]] std::optional<Date> working_start(const TaskState& task);
// nullptr when the unit has (or had) no part.
[[nodiscard]] const Assignment* find_assignment(const TaskState& task, const UnitCode& unit);
// Whether the unit has a part that was not taken back.
[[nodiscard]] bool has_open_part(const TaskState& task, const UnitCode& unit);
// Whether the unit is the lead or cooperates.
[[nodiscard]] bool takes_part(const Mandate& mandate, const UnitCode& unit);
// nullptr when there is none of that number.
[[nodiscard]] const Report* find_report(const TaskState& task, std::uint32_t no);
[[nodiscard]] const Extension* find_extension(const TaskState& task, std::uint32_t no);
[[nodiscard]] const Closing* find_closing(const TaskState& task, std::uint32_t no);
[[nodiscard]] const Amendment* find_amendment(const TaskState& task, std::uint32_t no);
[[nodiscard]] const Issuing* find_issuing(const TaskState& task, std::uint32_t no);
// The one that is not decided yet; at most one is.
[[nodiscard]] const Issuing* open_issuing(const TaskState& task);
[[nodiscard]] const Approval* find_approval(const TaskState& task, std::uint32_t no);
[[nodiscard]] const Draft* find_draft(const TaskState& task, const UnitCode& unit);
// Who settles objections: the office's head, but the leader when the office itself has a part.
[[nodiscard]] Seat settler_of(const TaskState& task);
// The units that see the whole task: lead, cooperating units and whoever has a part in it.
[[nodiscard]] std::vector<UnitCode> units_of(const TaskState& task);
// Values of submitted reports that are still in approval or returned.
[[nodiscard]] std::vector<CellEntry> pending_entries(const TaskState& task);

}  // namespace duban
