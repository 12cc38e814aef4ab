// given / when / then for deciders: a small world with a directory, the default route, one plan and
// one task, whose commands are decided and whose events are folded as the server does it.
//
//     GivenTask world;
//     world.issued();
//     world.when("jtj.clerk", SignAssignment{task_1, jtj}).gives({AssignmentSigned{task_1, jtj}});
//
// Units jtj (lead), jzy, rsj, office, zone, audit, admin; persons <unit>.clerk, .section and .head,
// office.clerk, office.head, zone.leader, audit.auditor, admin.system; stranger.clerk of rsj.
// Thread-safety: one thread at a time.
#pragma once

#include <source_location>
#include <string>
#include <vector>

#include "domain/approval/approval_commands.h"
#include "domain/approval/route.h"
#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "domain/calendar/calendar.h"
#include "domain/directory/directory.h"
#include "domain/plan/plan.h"
#include "domain/task/task_history.h"
#include "tests/support/print.h"

namespace duban {

inline const PlanId plan_p{"p"};
inline const TaskId task_1{plan_p, 1};
inline const ReportId report_1{task_1, 1};
inline const ApprovalId approval_1{task_1, 1};
inline const UnitCode jtj{"jtj"};
inline const UnitCode jzy{"jzy"};
inline const UnitCode rsj{"rsj"};
inline const UnitCode office{office_unit};
inline const UnitCode zone{zone_unit};

// What a command led to, with the expectations that tests have of it.
class Outcome {
public:
    Outcome(Result<Decision> result, std::source_location where)
        : result_(std::move(result)), where_(where) {}

    // Exactly these events, each on its own stream, made in the actor's own right.
    void gives(std::vector<Event> events) const;
    void gives_for(const char* principal, std::vector<Event> events) const;
    // Refused with that code; `blamed` is the rule of a rule_violation, else the field.
    void refused(Errc code, const std::string& blamed = {}) const;
    void refused_by(const std::string& rule) const { refused(Errc::rule_violation, rule); }
    void field(const std::string& field) const { refused(Errc::invalid_argument, field); }
    void forbidden() const { refused(Errc::forbidden); }
    [[nodiscard]] bool accepted() const { return result_.has_value(); }
    [[nodiscard]] std::string detail() const { return result_ ? "" : result_.error().detail; }
    [[nodiscard]] const Result<Decision>& result() const { return result_; }

private:
    Result<Decision> result_;
    std::source_location where_;
};

struct GivenTask {
    Directory directory;
    PlanBook plans;
    RouteBook routes;
    CalendarBook calendars;
    TaskState task;
    TaskHistory history;
    Timestamp now;
    std::uint64_t chance = 0;
    std::uint64_t task_events = 0;  // folded into `task`
    std::uint64_t position = 0;

    GivenTask();

    [[nodiscard]] Date today() const { return office_date(now); }
    void pass_days(int days) { now.ms += days * day_ms; }
    [[nodiscard]] Facts facts(const std::string& actor, const Digest& content = {}) const;

    // Decides without folding.
    [[nodiscard]] Outcome when(const std::string& actor, const Command& command,
                               std::source_location where = std::source_location::current()) const;
    // Decides, expects success and folds the events; a minute later.
    GivenTask& does(const std::string& actor, const Command& command,
                    std::source_location where = std::source_location::current());
    void fold(const Decision& decision, const std::string& actor);
    // Folds one event as if `actor` had caused it.
    void fold(const Event& event, const std::string& actor, const PersonId& on_behalf_of = {});

    // Each brings the task that far, from nothing.
    GivenTask& registered();
    GivenTask& established();
    GivenTask& issued();
    GivenTask& signed_in();  // by both units
    GivenTask& submitted();  // the lead's report on 2026-09: revision 1 is open in "section"
    // … and approved up to the node before `node`.
    GivenTask& approved_to(const std::string& node);

    // Decisions on the current revision of approval 1.
    [[nodiscard]] ApproveSlot approve(const std::string& node = {}) const;
    [[nodiscard]] RejectSlot reject(const std::string& node = {}) const;
    [[nodiscard]] ReturnSlot send_back(const std::string& to = {}) const;
    // Of approval 1, as it stands. Requires: the node was reached.
    [[nodiscard]] const Approval& approval() const { return task.approvals.front(); }
    [[nodiscard]] const ApprovalNode& node(const std::string& address) const;
    [[nodiscard]] NodeState state(const std::string& address) const;
    // Who can act now, by node: "head: jtj.head; …" in the order in which the nodes were reached.
    [[nodiscard]] std::string waiting() const;

    // A proxy from today on, without end.
    GivenTask& proxy(const char* principal, const char* deputy);
    GivenTask& revoke(const char* person, const UnitCode& unit, Post post);
    GivenTask& grant(const char* person, const UnitCode& unit, Post post);
    GivenTask& deactivate(const char* person);
    // Publishes this route as the newest one.
    GivenTask& publish(Route route);
};

[[nodiscard]] Mandate mandate_1();  // lead jtj, co jzy, three indicators, due 2026-12-31
[[nodiscard]] ReportContent content_1();
[[nodiscard]] Digest digest_of(const ReportContent& content);
[[nodiscard]] Digest digest_of(const ExtensionContent& content);
[[nodiscard]] Digest digest_of(const ClosingContent& content);
[[nodiscard]] Digest digest_of(const AmendmentContent& content);
[[nodiscard]] Digest digest_of(const IssuingContent& content);
[[nodiscard]] Date date(const char* text);

}  // namespace duban
