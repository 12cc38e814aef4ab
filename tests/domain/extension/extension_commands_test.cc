// Asking for a later day.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/extension/extension_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given_extension.h"

namespace duban {
namespace {

TEST(RequestExtension, BeginsAtTheImpliedFirstFill) {
    auto world = extendable();
    world.does("jtj.head", extension_to("2027-01-15"));
    ASSERT_EQ(world.task.extensions.size(), 1U);
    const Extension& extension = world.task.extensions.front();
    EXPECT_EQ(extension.unit, jtj);
    EXPECT_EQ(extension.state, ReportState::in_approval);
    EXPECT_EQ(extension.approval, 1U);
    EXPECT_EQ(world.approval().subject,
              (ApprovalSubject{SubjectKind::extension, extension_1, jtj}));
    EXPECT_EQ(world.state("start"), NodeState::approved);
    EXPECT_EQ(world.waiting(), "ok: office.clerk");
    const auto rounds = rounds_of(world.history, 1);
    ASSERT_EQ(rounds.size(), 1U);
    EXPECT_EQ(rounds.front().person, PersonId("jtj.head"));
}

TEST(RequestExtension, IsForTheSeatsThatTheRouteNames) {
    const auto world = extendable();
    world.when("jtj.clerk", extension_to("2027-01-15")).forbidden();
    world.when("rsj.head", extension_to("2027-01-15")).refused(Errc::not_found, "task");
    EXPECT_TRUE(world.when("jzy.head", extension_to("2027-01-15")).accepted());
}

TEST(RequestExtension, AsksForALaterDayWithAReason) {
    const auto world = extendable();
    world.when("jtj.head", extension_to("2026-12-31")).field("new_due");
    world.when("jtj.head", extension_to("2020-01-01")).field("new_due");
    world.when("jtj.head", extension_to("2027-01-15", " ")).field("reason");
}

TEST(RequestExtension, NeedsARunningTaskAndASignedPart) {
    GivenTask world;
    world.publish(extension_route()).issued();
    world.when("jtj.head", extension_to("2027-01-15")).refused_by("not_signed");
    auto held = extendable();
    held.does("office.head", HoldTask{task_1, "policy"});
    held.when("jtj.head", extension_to("2027-01-15")).refused_by("task_held");
}

TEST(RequestExtension, NeedsARouteForExtensions) {
    GivenTask world;
    world.signed_in();
    world.when("jtj.head", extension_to("2027-01-15")).refused_by("no_route");
}

TEST(RequestExtension, IsOneAtATimeForEachUnitBesideItsReports) {
    auto world = extendable();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("jtj.head", extension_to("2027-01-15"));
    world.when("jtj.head", extension_to("2027-02-15")).refused_by("extension_open");
    world.does("jzy.head", extension_to("2027-01-15"));
    EXPECT_EQ(world.task.open_approvals->size(), 3U);
    world.does("office.clerk", approve_newest(world)).does("jzy.head", extension_to("2027-02-15"));
    EXPECT_EQ(world.task.extensions.size(), 3U);
}

TEST(RequestExtension, KeepsLeadAndUnitWhileItIsOpen) {
    auto world = extendable();
    world.does("jzy.head", extension_to("2027-01-15"));
    AmendTask amend;
    amend.task = task_1;
    amend.reason = "reorganised";
    amend.co = {rsj};
    world.when("office.head", amend).refused_by("report_in_approval");
    amend.co.reset();
    amend.title = "another title";
    EXPECT_TRUE(world.when("office.head", amend).accepted());
}

GivenTask returned_extension() {
    auto world = extendable();
    world.does("jtj.head", extension_to("2027-01-15")).does("office.clerk", world.send_back());
    return world;
}

TEST(ReviseExtension, PassesTheFillWithANewRevision) {
    auto world = returned_extension();
    EXPECT_EQ(world.task.extensions.front().state, ReportState::returned);
    EXPECT_EQ(world.waiting(), "start: jtj.head");
    world.does("jtj.head", ReviseExtension{extension_1, {date("2027-01-20"), "with the contract"}});
    EXPECT_EQ(world.task.extensions.front().newest.no, 2U);
    EXPECT_EQ(world.task.extensions.front().content.new_due, date("2027-01-20"));
    EXPECT_EQ(world.approval().revision, 2U);
    ASSERT_EQ(world.history.extensions.size(), 2U);
    EXPECT_EQ(world.history.extensions.front().content.new_due, date("2027-01-15"));
    EXPECT_EQ(world.waiting(), "ok: office.clerk");
}

TEST(ReviseExtension, PassesUnchangedOnlyWithANote) {
    auto world = returned_extension();
    ReviseExtension same{extension_1, extension_to("2027-01-15").content};
    world.when("jtj.head", same).refused_by("unchanged");
    same.note = "checked, as it was";
    world.does("jtj.head", same);
    EXPECT_EQ(world.task.extensions.front().newest.no, 1U);
    EXPECT_EQ(world.task.extensions.front().state, ReportState::in_approval);
    EXPECT_EQ(world.history.extensions.size(), 1U);
}

TEST(ReviseExtension, IsForReturnedOnesAndTheirUnit) {
    const ReviseExtension revise{extension_1, {date("2027-01-20"), "more"}};
    auto world = extendable();
    world.when("jtj.head", revise).refused(Errc::not_found, "extension");
    world.does("jtj.head", extension_to("2027-01-15"));
    world.when("jtj.head", revise).refused_by("extension_not_returned");
    world.does("office.clerk", world.send_back());
    world.when("jzy.head", revise).forbidden();
    world.when("jtj.head", ReviseExtension{extension_1, {date("2026-12-01"), "more"}})
        .field("new_due");
}

TEST(ReviseExtension, VoidsJumpsWhereAMaterialFieldChanges) {
    auto route = extension_route(
        {asks("first", {at("office", Post::clerk)}),
         returning(asks("head", {at("office", Post::head)}), {"start"}, Resume::jump)});
    for (const bool material : {true, false}) {
        route.material =
            material ? std::vector<std::string>{"new_due"} : std::vector<std::string>{};
        GivenTask world;
        world.publish(route).signed_in();
        world.does("jtj.head", extension_to("2027-01-15"))
            .does("office.clerk", world.approve())
            .does("office.head", world.send_back("start"))
            .does("jtj.head", ReviseExtension{extension_1, {date("2027-01-20"), "longer"}});
        EXPECT_EQ(world.waiting(), material ? "first: office.clerk" : "head: office.head");
    }
}

}  // namespace
}  // namespace duban
