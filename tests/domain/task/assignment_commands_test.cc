// Signing in, objecting, settling, naming handlers and breaking work down.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/assignment_events.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"

namespace duban {
namespace {

using testing::HasSubstr;

GivenTask issued() {
    GivenTask world;
    world.issued();
    return world;
}

GivenTask objected(const UnitCode& unit = jzy) {
    auto world = issued();
    world.does(unit.value + ".head", ObjectAssignment{task_1, unit, "not ours"});
    return world;
}

SettleObjection settle(Settlement outcome, const UnitCode& to = {}) {
    return {task_1, {}, outcome, to, "heard"};
}

AssignHandler handler(const char* person, const UnitCode& unit = {}) {
    return {task_1, unit, PersonId(person)};
}

BreakDown break_down(std::vector<WorkPart> parts) {
    return {task_1, {}, std::move(parts)};
}

TEST(SignAssignment, IsDoneByTheUnitsClerkOrHead) {
    const auto world = issued();
    for (const auto* actor : {"jtj.clerk", "jtj.head"}) {
        world.when(actor, SignAssignment{task_1, {}}).gives({AssignmentSigned{task_1, jtj}});
        world.when(actor, SignAssignment{task_1, jtj}).gives({AssignmentSigned{task_1, jtj}});
    }
    world.when("jzy.clerk", SignAssignment{task_1, {}}).gives({AssignmentSigned{task_1, jzy}});
    for (const auto* actor : {"jtj.section", "office.clerk", "office.head", "zone.leader"}) {
        world.when(actor, SignAssignment{task_1, {}}).forbidden();
    }
    world.when("jzy.clerk", SignAssignment{task_1, jtj}).forbidden();
}

TEST(SignAssignment, IsRememberedWithWhoAndWhen) {
    auto world = issued();
    const auto time = world.now;
    world.does("jtj.clerk", SignAssignment{task_1, {}});
    const auto* part = find_assignment(world.task, jtj);
    EXPECT_EQ(part->state, AssignmentState::signed_);
    EXPECT_EQ(part->signed_at, time);
    EXPECT_EQ(part->signed_by, PersonId("jtj.clerk"));
}

TEST(SignAssignment, MayBeDoneByAProxy) {
    auto world = issued();
    world.proxy("jtj.head", "jtj.section");
    world.when("jtj.section", SignAssignment{task_1, {}})
        .gives_for("jtj.head", {AssignmentSigned{task_1, jtj}});
}

TEST(SignAssignment, AsksForTheUnitWhenSeveralFit) {
    auto world = issued();
    world.grant("jtj.clerk", jzy, Post::clerk);
    world.when("jtj.clerk", SignAssignment{task_1, {}}).field("unit");
    world.when("jtj.clerk", SignAssignment{task_1, jzy}).gives({AssignmentSigned{task_1, jzy}});
}

TEST(SignAssignment, DoesNotThinkOfUnitsThatWereReleased) {
    auto world = objected();
    world.does("office.head", settle(Settlement::release)).grant("jtj.clerk", jzy, Post::clerk);
    world.when("jtj.clerk", SignAssignment{task_1, {}}).gives({AssignmentSigned{task_1, jtj}});
}

TEST(SignAssignment, IsDoneOnce) {
    auto world = issued();
    world.does("jtj.clerk", SignAssignment{task_1, {}});
    const auto again = world.when("jtj.head", SignAssignment{task_1, {}});
    again.refused_by("already_signed");
    EXPECT_THAT(again.detail(), HasSubstr("name of jtj.clerk (jtj.clerk)"));
    world.does("jtj.head", handler("jtj.clerk"));
    world.when("jtj.head", SignAssignment{task_1, {}}).refused_by("already_signed");
}

TEST(SignAssignment, NeedsAnIssuedTaskAndAnOpenPart) {
    GivenTask world;
    world.established();
    world.when("jtj.clerk", SignAssignment{task_1, {}}).refused_by("not_issued");
    objected().when("jzy.clerk", SignAssignment{task_1, {}}).refused_by("part_objected");
    auto outside = issued();
    outside.grant("jtj.clerk", rsj, Post::clerk);
    outside.when("jtj.clerk", SignAssignment{task_1, rsj}).refused_by("no_part");
}

TEST(ObjectAssignment, IsDoneByTheUnitsHeadWithAReason) {
    const auto world = issued();
    const ObjectAssignment command{task_1, {}, "not ours"};
    world.when("jzy.head", command).gives({AssignmentObjected{task_1, jzy, "not ours"}});
    for (const auto* actor : {"jzy.clerk", "jzy.section", "office.head"}) {
        world.when(actor, command).forbidden();
    }
    world.when("jzy.head", ObjectAssignment{task_1, {}, " "}).field("reason");
}

TEST(ObjectAssignment, MayBeDoneByAProxy) {
    auto world = issued();
    world.proxy("jzy.head", "jzy.clerk");
    world.when("jzy.clerk", ObjectAssignment{task_1, {}, "not ours"})
        .gives_for("jzy.head", {AssignmentObjected{task_1, jzy, "not ours"}});
}

TEST(ObjectAssignment, ComesBeforeSigning) {
    auto world = issued();
    world.does("jzy.clerk", SignAssignment{task_1, {}});
    const ObjectAssignment command{task_1, {}, "not ours"};
    world.when("jzy.head", command).refused_by("already_signed");
    objected().when("jzy.head", command).refused_by("part_objected");
    GivenTask early;
    early.established();
    early.when("jzy.head", command).refused_by("not_issued");
}

TEST(ObjectAssignment, ComesUntilTheLastDayForSigningIn) {
    auto world = issued();
    const ObjectAssignment command{task_1, {}, "not ours"};
    world.now = Timestamp{end_of_office_day(*find_assignment(world.task, jzy)->sign_by).ms - 1};
    EXPECT_TRUE(world.when("jzy.head", command).accepted());
    world.now.ms += 1;
    world.when("jzy.head", command).refused_by("objection_late");
}

TEST(SettleObjection, ConfirmsWithANewLastDay) {
    auto world = objected();
    world.pass_days(1);
    world.when("office.head", settle(Settlement::confirm))
        .gives(
            {AssignmentSettled{task_1, jzy, Settlement::confirm, {}, date("2026-09-05"), "heard"}});
    world.does("office.head", settle(Settlement::confirm));
    const auto* part = find_assignment(world.task, jzy);
    EXPECT_EQ(part->state, AssignmentState::waiting);
    EXPECT_EQ(part->sign_by, date("2026-09-05"));
    EXPECT_EQ(part->objection, "not ours");
}

TEST(SettleObjection, GivesACooperatingPartToAnotherUnit) {
    auto world = objected();
    world.when("office.head", settle(Settlement::reassign, rsj))
        .gives({AssignmentSettled{task_1, jzy, Settlement::reassign, rsj, date("2026-09-04"),
                                  "heard"}});
    world.does("office.head", settle(Settlement::reassign, rsj));
    EXPECT_EQ(find_assignment(world.task, jzy)->state, AssignmentState::released);
    EXPECT_EQ(find_assignment(world.task, rsj)->state, AssignmentState::waiting);
    EXPECT_EQ(world.task.mandate->co, std::vector<UnitCode>{rsj});
    EXPECT_EQ(world.history.mandates.back().mandate.co, std::vector<UnitCode>{jzy});
    EXPECT_EQ(world.history.mandates.back().reason, "heard");
}

TEST(SettleObjection, MovesTheLead) {
    auto world = objected(jtj);
    world.does("office.head", settle(Settlement::reassign, rsj));
    EXPECT_EQ(world.task.mandate->lead, rsj);
    EXPECT_EQ(world.task.assignments.front().unit, rsj);
    EXPECT_EQ(world.task.assignments.front().role, UnitRole::lead);
    EXPECT_EQ(find_assignment(world.task, jtj)->state, AssignmentState::released);
}

TEST(SettleObjection, KeepsTheDutyAndTheIndicatorsOfThePart) {
    GivenTask world;
    auto owned = mandate_1();
    owned.indicators[2].owner = jzy;
    world.does("office.clerk", RegisterTask{task_1, owned})
        .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {{jzy, "train"}}})
        .does("jzy.head", ObjectAssignment{task_1, jzy, "not ours"});
    auto reassigned = world;
    reassigned.does("office.head", settle(Settlement::reassign, rsj));
    EXPECT_EQ(find_assignment(reassigned.task, rsj)->duty, "train");
    EXPECT_EQ(reassigned.task.mandate->indicators[2].owner, rsj);
    world.does("office.head", settle(Settlement::release));
    EXPECT_EQ(world.task.mandate->indicators[2].owner, UnitCode());
}

TEST(SettleObjection, ReleasesACooperatingUnit) {
    auto world = objected();
    world.when("office.head", settle(Settlement::release))
        .gives({AssignmentSettled{task_1, jzy, Settlement::release, {}, {}, "heard"}});
    world.does("office.head", settle(Settlement::release));
    EXPECT_EQ(find_assignment(world.task, jzy)->state, AssignmentState::released);
    EXPECT_TRUE(world.task.mandate->co.empty());
}

TEST(SettleObjection, NeverLeavesATaskWithoutALead) {
    objected(jtj).when("office.head", settle(Settlement::release)).refused_by("lead_needed");
}

TEST(SettleObjection, KeepsTheLeadWhileAReportIsInApproval) {
    auto world = issued();
    auto content = content_1();
    content.values.clear();
    world.does("jzy.clerk", SignAssignment{task_1, {}})
        .does("jzy.head", AssignHandler{task_1, {}, PersonId("jzy.clerk")})
        .does("jzy.clerk", SubmitReport{task_1, {}, content})
        .does("jtj.head", ObjectAssignment{task_1, {}, "not ours"});
    world.when("office.head", settle(Settlement::reassign, rsj)).refused_by("report_in_approval");
    EXPECT_TRUE(world.when("office.head", settle(Settlement::confirm)).accepted());
}

TEST(SettleObjection, IsTheOfficesHeadsAlone) {
    auto world = objected();
    for (const auto* actor : {"office.clerk", "zone.leader", "jzy.head", "jtj.head"}) {
        world.when(actor, settle(Settlement::confirm)).forbidden();
    }
    world.proxy("office.head", "office.clerk");
    world.when("office.clerk", settle(Settlement::release))
        .gives_for("office.head",
                   {AssignmentSettled{task_1, jzy, Settlement::release, {}, {}, "heard"}});
}

TEST(SettleObjection, IsNotForAProxyOfTheObjectingUnit) {
    auto world = objected();
    world.proxy("office.head", "jzy.head");
    world.when("jzy.head", settle(Settlement::release)).forbidden();
}

TEST(SettleObjection, NeedsAnObjection) {
    auto world = issued();
    world.when("office.head", settle(Settlement::confirm)).refused_by("not_objected");
    auto named = settle(Settlement::confirm);
    named.unit = jzy;
    world.when("office.head", named).refused_by("not_objected");
    named.unit = rsj;
    world.when("office.head", named).refused_by("no_part");
    GivenTask early;
    early.established();
    early.when("office.head", settle(Settlement::confirm)).refused_by("not_issued");
}

TEST(SettleObjection, AsksForTheUnitWhenSeveralObject) {
    auto world = objected();
    world.does("jtj.head", ObjectAssignment{task_1, jtj, "nor ours"});
    world.when("office.head", settle(Settlement::confirm)).field("unit");
}

TEST(SettleObjection, ChecksTheUnitThatTakesOver) {
    const auto world = objected();
    world.when("office.head", settle(Settlement::reassign)).field("to");
    world.when("office.head", settle(Settlement::reassign, UnitCode("xyz"))).field("to");
    world.when("office.head", settle(Settlement::reassign, jtj)).refused_by("unit_has_part");
    world.when("office.head", settle(Settlement::confirm, rsj)).field("to");
    auto wordy = settle(Settlement::confirm);
    wordy.reason = std::string(4001, 'x');
    world.when("office.head", wordy).field("reason");
}

TEST(AssignHandler, IsDoneByTheSectionOrHead) {
    GivenTask world;
    world.signed_in();
    for (const auto* actor : {"jtj.section", "jtj.head"}) {
        world.when(actor, handler("jtj.clerk"))
            .gives({HandlerAssigned{task_1, jtj, PersonId("jtj.clerk")}});
    }
    for (const auto* actor : {"jtj.clerk", "office.head"}) {
        world.when(actor, handler("jtj.clerk")).forbidden();
    }
    world.when("jzy.head", handler("jtj.clerk", jtj)).forbidden();
    world.proxy("jtj.head", "jzy.head");
    world.when("jzy.head", handler("jtj.clerk", jtj))
        .gives_for("jtj.head", {HandlerAssigned{task_1, jtj, PersonId("jtj.clerk")}});
    world.does("jtj.head", handler("jtj.clerk"));
    EXPECT_EQ(find_assignment(world.task, jtj)->state, AssignmentState::working);
    EXPECT_EQ(find_assignment(world.task, jtj)->handler, PersonId("jtj.clerk"));
    EXPECT_TRUE(world.when("jtj.head", handler("jtj.section")).accepted());
}

TEST(AssignHandler, NeedsASignedPart) {
    const auto world = issued();
    world.when("jtj.head", handler("jtj.clerk")).refused_by("not_signed");
    GivenTask early;
    early.established();
    early.when("jtj.head", handler("jtj.clerk")).refused_by("not_issued");
}

TEST(AssignHandler, NamesAnActivePersonOfTheUnit) {
    GivenTask world;
    world.signed_in().deactivate("jtj.section");
    for (const auto* person : {"", "nobody", "jzy.clerk", "jtj.section"}) {
        world.when("jtj.head", handler(person)).field("handler");
    }
}

TEST(BreakDown, IsDoneByTheSectionTheHeadOrTheHandler) {
    GivenTask world;
    world.signed_in();
    const std::vector<WorkPart> work{{"invite schools", PersonId("jtj.clerk"), date("2026-10-01")},
                                     {"choose", {}, {}}};
    const AssignmentBrokenDown broken_down{task_1, jtj, work};
    world.when("jtj.section", break_down(work)).gives({broken_down});
    world.when("jtj.head", break_down(work)).gives({broken_down});
    world.when("jtj.clerk", break_down(work)).forbidden();
    world.does("jtj.head", handler("jtj.clerk"));
    world.when("jtj.clerk", break_down(work)).gives({broken_down});
    world.when("office.head", break_down(work)).forbidden();
    world.does("jtj.clerk", break_down(work));
    EXPECT_EQ(find_assignment(world.task, jtj)->parts, work);
}

TEST(BreakDown, StartsTheWork) {
    GivenTask world;
    world.signed_in().does("jtj.head", break_down({{"choose", {}, {}}}));
    EXPECT_EQ(find_assignment(world.task, jtj)->state, AssignmentState::working);
}

TEST(BreakDown, MayBeDoneByAProxyOfTheHandler) {
    GivenTask world;
    world.signed_in().does("jtj.head", handler("jtj.clerk")).proxy("jtj.clerk", "jzy.clerk");
    auto command = break_down({{"choose", {}, {}}});
    command.unit = jtj;
    world.when("jzy.clerk", command)
        .gives_for("jtj.clerk", {AssignmentBrokenDown{task_1, jtj, {{"choose", {}, {}}}}});
}

TEST(BreakDown, IsNoLongerForAHandlerWhoLeftTheUnit) {
    GivenTask world;
    world.signed_in()
        .does("jtj.head", handler("jtj.clerk"))
        .grant("jtj.clerk", jzy, Post::clerk)
        .revoke("jtj.clerk", jtj, Post::clerk);
    world.when("jtj.clerk", break_down({{"choose", {}, {}}})).forbidden();
}

TEST(BreakDown, NeedsASignedPart) {
    issued().when("jtj.head", break_down({{"choose", {}, {}}})).refused_by("not_signed");
}

TEST(BreakDown, ChecksItsParts) {
    GivenTask world;
    world.signed_in();
    world.when("jtj.head", break_down({})).field("parts");
    world.when("jtj.head", break_down(std::vector<WorkPart>(101, {"x", {}, {}}))).field("parts");
    world.when("jtj.head", break_down({{"x", {}, {}}, {"", {}, {}}})).field("parts[1].title");
    world.when("jtj.head", break_down({{"x", PersonId("jzy.clerk"), {}}}))
        .field("parts[0].handler");
    world.when("jtj.head", break_down({{"x", {}, date("2027-01-01")}})).field("parts[0].due");
}

TEST(BreakDown, MayUseTheDaysThatAHoldGaveBack) {
    GivenTask world;
    world.signed_in().does("office.head", HoldTask{task_1, "policy pending"}).pass_days(30);
    world.does("office.head", ResumeTask{task_1, ""});
    EXPECT_TRUE(world.when("jtj.head", break_down({{"x", {}, date("2027-01-30")}})).accepted());
    world.when("jtj.head", break_down({{"x", {}, date("2027-01-31")}})).field("parts[0].due");
}

}  // namespace
}  // namespace duban
