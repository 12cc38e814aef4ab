// Amending a task: what may change when, and what becomes of the units' parts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "domain/report/report_commands.h"
#include "domain/report/report_events.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"
#include "tests/support/given.h"

namespace duban {
namespace {

using testing::ElementsAre;

AmendTask amendment() {
    AmendTask command;
    command.task = task_1;
    command.reason = "the zone asked for it";
    return command;
}

AmendTask new_title() {
    auto command = amendment();
    command.title = "a better title";
    return command;
}

AmendTask new_lead(const UnitCode& lead, std::vector<UnitCode> co) {
    auto command = amendment();
    command.lead = lead;
    command.co = std::move(co);
    return command;
}

Mandate retitled() {
    auto mandate = mandate_1();
    mandate.title = "a better title";
    return mandate;
}

std::vector<std::pair<UnitCode, AssignmentState>> unit_states(const GivenTask& world) {
    std::vector<std::pair<UnitCode, AssignmentState>> found;
    found.reserve(world.task.assignments.size());
    for (const auto& part : world.task.assignments) found.emplace_back(part.unit, part.state);
    return found;
}

TEST(AmendTask, ReplacesTheMandateAndKeepsTheOldOne) {
    GivenTask world;
    world.registered();
    const TaskAmended amended{task_1, retitled(), {}, "the zone asked for it"};
    world.when("office.head", new_title()).gives({amended});
    world.when("zone.leader", new_title()).gives({amended});
    const auto time = world.now;
    world.does("office.head", new_title());
    EXPECT_THAT(world.history.mandates,
                ElementsAre(PastMandate{1, mandate_1(), time, "the zone asked for it"}));
    EXPECT_EQ(*world.task.mandate, retitled());
}

TEST(AmendTask, MayBeDoneByAProxy) {
    GivenTask world;
    world.registered().proxy("office.head", "office.clerk");
    world.when("office.clerk", new_title())
        .gives_for("office.head", {TaskAmended{task_1, retitled(), {}, "the zone asked for it"}});
}

TEST(AmendTask, ReplacesEachMemberThatIsGiven) {
    GivenTask world;
    world.established();
    auto command = amendment();
    command.text = "text";
    command.document_no = "No. 9";
    command.lead = jzy;
    command.co = std::vector<UnitCode>{rsj};
    command.due = date("2027-01-01");
    command.report_period = PeriodKind::year;
    command.indicators = std::vector<Indicator>{};
    auto wanted = mandate_1();
    wanted.text = "text";
    wanted.document_no = "No. 9";
    wanted.lead = jzy;
    wanted.co = {rsj};
    wanted.due = date("2027-01-01");
    wanted.report_period = PeriodKind::year;
    wanted.indicators.clear();
    world.when("office.head", command)
        .gives({TaskAmended{task_1, wanted, {}, "the zone asked for it"}});
}

TEST(AmendTask, IsForTheHeadOrALeader) {
    GivenTask world;
    world.issued();
    for (const auto* actor : {"office.clerk", "jtj.head", "jzy.clerk"}) {
        world.when(actor, new_title()).forbidden();
    }
}

TEST(AmendTask, CannotMendADraft) {
    GivenTask world;
    world.registered().does("office.head",
                            ApproveTask{task_1, RegistrationVerdict::return_, "no basis"});
    world.when("office.head", new_title()).refused_by("task_in_draft");
}

TEST(AmendTask, ChecksItsFields) {
    GivenTask world;
    world.issued();
    auto command = new_title();
    command.reason.clear();
    world.when("office.head", command).field("reason");
    command = new_title();
    command.title = "";
    world.when("office.head", command).field("title");
    command = new_title();
    command.due = date("2026-08-31");
    world.when("office.head", command).field("due");
    world.when("office.head", new_lead(jtj, {jtj})).field("co[0]");
    world.when("office.head", new_lead(UnitCode("xyz"), {})).field("lead");
}

TEST(AmendTask, LeavesTheUnitsTimeForThePartsOfTheirWork) {
    GivenTask world;
    world.signed_in().does(
        "jtj.head",
        BreakDown{task_1, jtj, {WorkPart{"count the teachers", {}, date("2026-11-30")}}});
    auto command = amendment();
    command.due = date("2026-11-29");
    world.when("office.head", command).refused_by("part_due_later");
    command.due = date("2026-11-30");
    EXPECT_TRUE(world.when("office.head", command).accepted());
}

TEST(AmendTask, MayNameTheOrderedDayAgainAfterAHoldHasOutlastedIt) {
    GivenTask world;
    world.signed_in().does("office.head", HoldTask{task_1, "policy pending"}).pass_days(150);
    world.does("office.head", ResumeTask{task_1, ""});
    const auto counts = working_due(world.task);
    EXPECT_EQ(counts, date("2027-05-30"));
    world.does("jtj.head", BreakDown{task_1, jtj, {WorkPart{"count the teachers", {}, counts}}});
    auto command = new_title();
    command.due = world.task.mandate->due;
    world.does("office.head", command);
    EXPECT_EQ(working_due(world.task), counts);
    command.due = date("2027-05-29");
    world.when("office.head", command).refused_by("part_due_later");
    command.due = date("2027-05-31");
    world.does("office.head", command);
    EXPECT_EQ(working_due(world.task), date("2027-05-31"));
}

TEST(AmendTask, GivesWhoJoinsNoMoreThanTheDaysThatCount) {
    GivenTask world;
    world.signed_in().does("office.head", HoldTask{task_1, "policy pending"}).pass_days(30);
    world.does("office.head", ResumeTask{task_1, ""});
    world.pass_days(120);
    world.does("office.head", new_lead(jtj, {jzy, rsj}));
    EXPECT_EQ(find_assignment(world.task, rsj)->sign_by, date("2027-01-30"));
}

TEST(AmendTask, MustChangeSomething) {
    GivenTask world;
    world.issued();
    world.when("office.head", amendment()).refused_by("unchanged");
    auto same = amendment();
    same.title = world.task.mandate->title;
    world.when("office.head", same).refused_by("unchanged");
}

TEST(AmendTask, LeavesAnOverdueTaskItsDueDay) {
    GivenTask world;
    world.issued().pass_days(365);
    EXPECT_TRUE(world.when("office.head", new_title()).accepted());
}

TEST(AmendTask, GivesJoiningUnitsAPartAndReleasesLeavingOnes) {
    GivenTask world;
    world.signed_in();
    const auto command = new_lead(jtj, {rsj});
    auto wanted = mandate_1();
    wanted.co = {rsj};
    world.when("office.head", command)
        .gives({TaskAmended{task_1, wanted, date("2026-09-04"), "the zone asked for it"}});
    const auto time = world.now;
    world.does("office.head", command);
    EXPECT_THAT(unit_states(world), ElementsAre(std::pair(jtj, AssignmentState::signed_),
                                                std::pair(rsj, AssignmentState::waiting),
                                                std::pair(jzy, AssignmentState::released)));
    EXPECT_EQ(find_assignment(world.task, rsj)->given, time);
    EXPECT_EQ(find_assignment(world.task, rsj)->sign_by, date("2026-09-04"));
    EXPECT_EQ(find_assignment(world.task, rsj)->role, UnitRole::co);
}

TEST(AmendTask, ChangesTheRolesWithTheLead) {
    GivenTask world;
    world.signed_in().does("office.head", new_lead(jzy, {jtj}));
    EXPECT_THAT(unit_states(world), ElementsAre(std::pair(jzy, AssignmentState::signed_),
                                                std::pair(jtj, AssignmentState::signed_)));
    EXPECT_EQ(find_assignment(world.task, jzy)->role, UnitRole::lead);
    EXPECT_EQ(find_assignment(world.task, jtj)->role, UnitRole::co);
}

TEST(AmendTask, LetsAReleasedUnitStartAfresh) {
    GivenTask world;
    world.signed_in().does("office.head", new_lead(jtj, {}));
    world.does("office.head", new_lead(jtj, {jzy}));
    const auto* part = find_assignment(world.task, jzy);
    EXPECT_EQ(part->state, AssignmentState::waiting);
    EXPECT_FALSE(part->signed_at);
}

TEST(AmendTask, GivesNoDayForSigningInWhenNobodyJoins) {
    GivenTask world;
    world.signed_in();
    auto wanted = mandate_1();
    wanted.co.clear();
    world.when("office.head", new_lead(jtj, {}))
        .gives({TaskAmended{task_1, wanted, {}, "the zone asked for it"}});
}

TEST(AmendTask, WaitsForReportsBeforeTheLeadOrIndicatorsChange) {
    GivenTask world;
    world.submitted();
    auto targets = amendment();
    targets.indicators = mandate_1().indicators;
    targets.indicators->front().target = {"3", "4"};
    const auto refused = [&] {
        world.when("office.head", new_lead(jzy, {jtj})).refused_by("report_in_approval");
        world.when("office.head", targets).refused_by("report_in_approval");
        EXPECT_TRUE(world.when("office.head", new_title()).accepted());
        EXPECT_TRUE(world.when("office.head", new_lead(jtj, {rsj})).accepted());
    };
    refused();
    world.does("jtj.section", world.send_back("start"));
    refused();
}

TEST(AmendTask, KeepsAUnitWhoseReportIsInApproval) {
    GivenTask world;
    auto content = content_1();
    content.values.clear();
    world.signed_in()
        .does("jzy.head", AssignHandler{task_1, {}, PersonId("jzy.clerk")})
        .does("jzy.clerk", SubmitReport{task_1, {}, content});
    world.when("office.head", new_lead(jtj, {rsj})).refused_by("report_in_approval");
    EXPECT_TRUE(world.when("office.head", new_lead(jtj, {jzy, rsj})).accepted());
}

TEST(AmendTask, MayChangeTheLeadOnceAReportIsDecided) {
    GivenTask world;
    world.approved_to("end");
    EXPECT_TRUE(world.when("office.head", new_lead(jzy, {jtj})).accepted());
}

TEST(AmendTask, KeepsWhatAcceptedValuesWereReportedFor) {
    GivenTask world;
    world.approved_to("end");
    const auto changed = [&world](const std::function<void(Indicator&)>& change) {
        auto command = amendment();
        command.indicators = mandate_1().indicators;
        change(command.indicators->front());
        return world.when("office.head", command);
    };
    changed([](Indicator& one) {
        one.period = PeriodKind::month;
    }).refused_by("indicator_has_values");
    changed([](Indicator& one) {
        one.op = Operator::text;
        one.target.clear();
    }).refused_by("indicator_has_values");
    changed([](Indicator& one) {
        one.kind = ValueKind::amount;
    }).refused_by("indicator_has_values");
    changed([](Indicator& one) {
        one.op = Operator::ge;
        one.target = {"5"};
    }).refused_by("indicator_has_values");
    changed([](Indicator& one) {
        one.scope = ScopeKind::school;
        one.members = {"first"};
    }).refused_by("indicator_has_values");
    EXPECT_TRUE(changed([](Indicator& one) { one.target = {"3", "4"}; }).accepted());
}

TEST(AmendTask, KeepsTheMembersThatHaveValues) {
    GivenTask world;
    auto amend = amendment();
    amend.indicators = mandate_1().indicators;
    amend.indicators->front().scope = ScopeKind::school;
    amend.indicators->front().members = {"first", "second"};
    world.signed_in().does("office.head", amend);
    ReportedValue value;
    value.indicator = "teachers";
    value.member = "first";
    value.value = "2";
    world.fold(Event(ReportAccepted{report_1, 1, {}, {CellEntry{"once", 1, value}}}),
               "office.head");
    amend.indicators->front().members = {"second"};
    world.when("office.head", amend).refused_by("indicator_has_values");
    amend.indicators->front().members = {"first"};
    EXPECT_TRUE(world.when("office.head", amend).accepted());
}

TEST(AmendTask, TakesNoControlCharacters) {
    GivenTask world;
    world.registered();
    auto command = amendment();
    command.reason = std::string("a\0b", 3);
    world.when("office.head", command).field("reason");
    command.reason = "\x1b[31m";
    world.when("office.head", command).field("reason");
    command = amendment();
    command.indicators = mandate_1().indicators;
    command.indicators->front().unit = "\x07";
    world.when("office.head", command).field("indicators[0].unit");
}

TEST(AmendTask, KeepsIndicatorsThatHaveValues) {
    GivenTask world;
    world.approved_to("end");
    auto command = amendment();
    command.indicators = mandate_1().indicators;
    command.indicators->erase(command.indicators->begin());
    world.when("office.head", command).refused_by("indicator_has_values");
    command.indicators = mandate_1().indicators;
    command.indicators->pop_back();
    EXPECT_TRUE(world.when("office.head", command).accepted());
}

}  // namespace
}  // namespace duban
