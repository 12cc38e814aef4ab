// The days that extensions move, and what conditions ask of them.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/extension/extension_events.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given_extension.h"

namespace duban {
namespace {

GivenTask& granted(GivenTask& world, const char* head, const char* day) {
    world.does(head, extension_to(day));
    return world.does("office.clerk", approve_newest(world));
}

TEST(SetDue, OfTheLeadMovesTheDayOfTheTask) {
    auto world = extendable();
    granted(world, "jtj.head", "2027-01-15");
    EXPECT_EQ(world.task.extensions.front().state, ReportState::accepted);
    EXPECT_EQ(working_due(world.task), date("2027-01-15"));
    EXPECT_EQ(working_due(world.task, jzy), date("2027-01-15"));
    ASSERT_EQ(world.history.mandates.size(), 1U);
    EXPECT_EQ(world.history.mandates.front().mandate.due, date("2026-12-31"));
    EXPECT_EQ(world.history.mandates.front().reason, "p/1/e1");
}

TEST(SetDue, OfACooperatingUnitMovesTheDayOfItsOwnPart) {
    auto world = extendable();
    granted(world, "jzy.head", "2027-01-15");
    EXPECT_EQ(working_due(world.task), date("2026-12-31"));
    EXPECT_EQ(working_due(world.task, jtj), date("2026-12-31"));
    EXPECT_EQ(working_due(world.task, jzy), date("2027-01-15"));
    granted(world, "jtj.head", "2027-01-10");
    EXPECT_EQ(working_due(world.task, jzy), date("2027-01-15"));
    granted(world, "jtj.head", "2027-02-10");
    EXPECT_EQ(working_due(world.task, jzy), date("2027-02-10"));
}

TEST(SetDue, IsAnEventAfterTheEndOfTheApproval) {
    auto world = extendable();
    world.does("jtj.head", extension_to("2027-01-15"));
    const auto outcome = world.when("office.clerk", approve_newest(world));
    ASSERT_TRUE(outcome.accepted());
    const auto& events = outcome.result()->events;
    ASSERT_GE(events.size(), 2U);
    EXPECT_EQ(events[events.size() - 2].event,
              Event(ApprovalClosed{approval_1, ApprovalResult::passed}));
    EXPECT_EQ(events.back().event, Event(DueMoved{extension_1, jtj, UnitRole::lead,
                                                  date("2026-12-31"), date("2027-01-15")}));
}

TEST(SetDue, NeverMovesADayEarlier) {
    auto world = extendable();
    world.does("jtj.head", extension_to("2027-01-15"));
    AmendTask amend;
    amend.task = task_1;
    amend.reason = "ordered from above";
    amend.due = date("2027-01-15");
    world.does("office.head", amend).does("office.clerk", approve_newest(world));
    EXPECT_EQ(world.task.extensions.front().state, ReportState::accepted);
    EXPECT_EQ(world.task.extensions.front().moved, std::nullopt);
    EXPECT_EQ(working_due(world.task), date("2027-01-15"));
}

TEST(SetDue, LeavesTheDayWhereItIsRejected) {
    auto world = extendable();
    world.does("jtj.head", extension_to("2027-01-15")).does("office.clerk", world.reject());
    EXPECT_EQ(world.task.extensions.front().state, ReportState::rejected);
    EXPECT_EQ(working_due(world.task), date("2026-12-31"));
}

TEST(SetDue, LetsLaterHoldsAddTheirDaysToTheNewDay) {
    auto world = extendable();
    granted(world, "jzy.head", "2027-01-15");
    world.does("office.head", HoldTask{task_1, "policy"});
    world.pass_days(5);
    world.does("office.head", ResumeTask{task_1, ""});
    EXPECT_EQ(working_due(world.task, jzy), date("2027-01-20"));
    granted(world, "jtj.head", "2027-01-08");
    EXPECT_EQ(working_due(world.task), date("2027-01-08"));
}

TEST(SetDue, LetsTheUnitBreakItsWorkDownToItsOwnDay) {
    auto world = extendable();
    granted(world, "jzy.head", "2027-01-15");
    const auto until = [](const char* day) {
        return std::vector<WorkPart>{{"the rest", {}, date(day)}};
    };
    EXPECT_TRUE(world.when("jzy.head", BreakDown{task_1, jzy, until("2027-01-15")}).accepted());
    world.when("jtj.head", BreakDown{task_1, jtj, until("2027-01-15")}).field("parts[0].due");
    world.does("jzy.head", BreakDown{task_1, jzy, until("2027-01-15")});
    AmendTask amend;
    amend.task = task_1;
    amend.reason = "ordered from above";
    amend.due = date("2027-01-05");
    EXPECT_TRUE(world.when("office.head", amend).accepted());
}

// The zone's leader decides on what the condition says.
GivenTask judged_by(const char* path, const char* limit) {
    GivenTask world;
    world
        .publish(
            extension_route({block("level", NodeKind::choose,
                                   {branch_when(compare(ConditionOp::ge, path, limit),
                                                {asks("leader", {at("zone", Post::leader)})}),
                                    otherwise({asks("clerk", {at("office", Post::clerk)})})})}))
        .signed_in();
    return world;
}

TEST(ExtensionValues, CountWorkingDaysFromTheDayThatWouldMove) {
    auto world = judged_by("extension.workdays", "11");
    auto longer = world;
    longer.does("jtj.head", extension_to("2027-01-15"));
    EXPECT_EQ(longer.waiting(), "leader: zone.leader");
    world.does("jtj.head", extension_to("2027-01-14"));
    EXPECT_EQ(world.waiting(), "clerk: office.clerk");
}

TEST(ExtensionValues, CountTheGrantedExtensionsOfTheUnitAndThisOne) {
    auto world = judged_by("extension.count", "2");
    world.does("jzy.head", extension_to("2027-01-05")).does("office.clerk", approve_newest(world));
    world.does("jtj.head", extension_to("2027-01-05"));
    EXPECT_EQ(world.task.approvals.back().nodes.size(), 3U);
    auto rejected = world;
    RejectSlot reject = rejected.reject();
    reject.approval = {task_1, 2};
    reject.revision_digest = rejected.task.approvals.back().revision_digest;
    rejected.does("office.clerk", reject).does("jtj.head", extension_to("2027-01-10"));
    EXPECT_NE(find_node(rejected.task.approvals.back(), "clerk"), nullptr);
    world.does("office.clerk", approve_newest(world)).does("jtj.head", extension_to("2027-01-10"));
    EXPECT_NE(find_node(world.task.approvals.back(), "leader"), nullptr);
}

}  // namespace
}  // namespace duban
