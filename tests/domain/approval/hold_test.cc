// Holds: of an approval and of its task. What was left of the clocks at the hold is left after it.
// The world begins on Tuesday 2026-09-01.
#include <gtest/gtest.h>

#include "domain/approval/approval_time_events.h"
#include "domain/approval/due.h"
#include "domain/approval/hold_commands.h"
#include "domain/approval/stuck.h"
#include "domain/report/report_commands.h"
#include "domain/task/inbox.h"
#include "domain/task/task_commands.h"
#include "tests/support/clock_run.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

RouteNode timed_head(std::uint32_t days, Over over) {
    auto node = asks("head", {at("lead", Post::head)});
    node.due = DueRule{};
    node.due->wd = days;
    node.due->over = over;
    if (over == Over::escalate) node.due->to = SeatSelector{"office", Post::head};
    return node;
}

GivenTask held_world(RouteNode node) {
    GivenTask world;
    world.publish(route_of({std::move(node), adopt()}));
    return world.submitted();
}

HoldApproval hold() {
    return {approval_1, {}, {}, "等待上级文件"};
}

ResumeApproval resume() {
    return {approval_1, {}};
}

NodeDue head_due(const GivenTask& world) {
    return world.node("head").due.value_or(NodeDue{});
}

std::string head_day(const GivenTask& world) {
    return to_string(office_date(Timestamp{head_due(world).at.ms - 1}));
}

TEST(HoldApproval, IsForTheOfficeAndForWhoIsAskedWhereTheStepOffersIt) {
    auto node = timed_head(3, Over::pass);
    auto world = held_world(node);
    for (const char* actor : {"office.clerk", "office.head"}) {
        world.when(actor, hold()).gives({ApprovalHeld{approval_1, "等待上级文件"}});
    }
    world.when("jzy.clerk", hold()).forbidden();
    world.when("jtj.clerk", hold()).forbidden();
    world.when("jtj.head", hold()).refused_by("act_not_offered");
    node.acts.push_back(Act::hold);
    auto offered = held_world(node);
    EXPECT_TRUE(offered.when("jtj.head", hold()).accepted());
    offered.when("jtj.section", hold()).forbidden();
    HoldApproval silent = hold();
    silent.opinion = " ";
    offered.when("jtj.head", silent).field("opinion");
}

TEST(HoldApproval, LetsNothingBeDecidedUntilTheResume) {
    auto world = held_world(timed_head(3, Over::pass));
    EXPECT_EQ(open_duties(world.task).back().kind, DutyKind::decide);
    world.does("office.clerk", hold());
    EXPECT_EQ(world.approval().state, ApprovalState::held);
    EXPECT_TRUE(approval_duties(world.approval()).empty());
    world.when("jtj.head", world.approve("head")).refused_by("held");
    world.when("office.head", hold()).refused_by("held");
    world.when("jtj.clerk", CopyApproval{approval_1, {PersonId("jtj.head")}}).refused_by("held");
    world.does("office.clerk", resume());
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(HoldApproval, OfAReturnedOneLetsNobodyRevise) {
    auto world = held_world(timed_head(3, Over::pass));
    world.does("jtj.head", world.send_back("start")).does("office.clerk", hold());
    auto content = content_1();
    content.problems = "已核对";
    const ReviseReport revise{report_1, content, {}, {}};
    world.when("jtj.clerk", revise).refused_by("held");
    world.does("office.clerk", resume());
    EXPECT_EQ(world.approval().state, ApprovalState::returned);
    world.does("jtj.clerk", revise);
}

TEST(ResumeApproval, IsForTheOfficeAndForWhoHeldIt) {
    auto node = timed_head(3, Over::pass);
    node.acts.push_back(Act::hold);
    auto world = held_world(node);
    world.when("office.clerk", resume()).refused_by("not_held");
    world.does("jtj.head", hold());
    world.when("jtj.section", resume()).forbidden();
    EXPECT_TRUE(world.when("jtj.head", resume()).accepted());
    EXPECT_TRUE(world.when("office.head", resume()).accepted());
}

TEST(Clock, KeepsTheWorkingDaysThatWereLeft) {
    auto world = held_world(timed_head(3, Over::pass));
    EXPECT_EQ(head_day(world), "2026-09-04");
    run_clock(world, "2026-09-01");
    world.does("office.clerk", hold());
    EXPECT_TRUE(timers_of(world.task).empty());
    EXPECT_EQ(run_clock(world, "2026-09-20"), 0U);
    world.does("office.clerk", resume());
    EXPECT_EQ(head_day(world), "2026-09-23") << "two were left after the Wednesday";
    EXPECT_EQ(run_clock(world, "2026-09-22"), 0U);
    EXPECT_EQ(run_clock(world, "2026-09-23"), 1U);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Clock, KeepsTheLastDayForAWorkingDayAfterTheHold) {
    auto world = held_world(timed_head(1, Over::pass));
    run_clock(world, "2026-09-01");
    world.does("office.clerk", hold());
    run_clock(world, "2026-09-04");
    world.does("office.clerk", resume());
    EXPECT_EQ(head_day(world), "2026-09-07") << "resumed on a Saturday, its last day is Monday";
}

TEST(Clock, KeepsTheHoursThatWereLeft) {
    auto node = timed_head(0, Over::pass);
    node.due->h = 5;
    auto world = held_world(node);
    const auto left = head_due(world).at.ms - world.now.ms;
    world.does("office.clerk", hold());
    world.pass_days(9);
    const auto resumed = world.now.ms;
    world.does("office.clerk", resume());
    EXPECT_EQ(head_due(world).at.ms, resumed + left);
}

TEST(Clock, CountsHoldsThatOverlapOnce) {
    auto world = held_world(timed_head(3, Over::pass));
    world.does("office.clerk", hold());
    run_clock(world, "2026-09-03");
    world.does("office.clerk", HoldTask{task_1, "等待"});
    run_clock(world, "2026-09-08");
    world.when("office.clerk", resume()).refused_by("task_held");
    world.when("jtj.head", world.approve("head")).refused_by("task_held");
    world.does("office.head", ResumeTask{task_1, {}});
    EXPECT_TRUE(timers_of(world.task).empty()) << "it is held itself";
    world.when("jtj.head", world.approve("head")).refused_by("held");
    run_clock(world, "2026-09-10");
    world.does("office.clerk", resume());
    EXPECT_EQ(head_day(world), "2026-09-16") << "three working days after Friday the 11th";
}

TEST(Clock, StopsWhileTheTaskIsHeld) {
    auto world = held_world(timed_head(3, Over::pass));
    world.does("office.head", HoldTask{task_1, "等待"});
    EXPECT_EQ(run_clock(world, "2026-09-20"), 0U);
    world.does("office.head", ResumeTask{task_1, {}});
    EXPECT_EQ(head_day(world), "2026-09-24");
    EXPECT_FALSE(world.approval().stopped);
}

TEST(Clock, MovesItsRemindersToo) {
    auto node = timed_head(3, Over::pass);
    node.due->remind = {-1};
    auto world = held_world(node);
    world.does("office.clerk", hold());
    run_clock(world, "2026-09-20");
    world.does("office.clerk", resume());
    EXPECT_EQ(head_day(world), "2026-09-24");
    EXPECT_EQ(run_clock(world, "2026-09-21"), 0U);
    EXPECT_EQ(run_clock(world, "2026-09-22"), 1U) << "the morning of the day before the last";
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(Clock, DoesNotCountHeldTimeForWhatIsStuck) {
    auto world = held_world(timed_head(2, Over::escalate));
    run_clock(world, "2026-09-03");
    world.does("office.clerk", hold());
    run_clock(world, "2026-09-20");
    EXPECT_EQ(stuck_approvals(world.task, world.now), 0);
    world.does("office.clerk", resume());
    EXPECT_EQ(stuck_approvals(world.task, end_of_office_day(date("2026-09-22"))), 0);
    EXPECT_EQ(stuck_approvals(world.task, end_of_office_day(date("2026-09-23"))), 1);
}

TEST(Clock, StandsStillWhenTheHoldIsOverTheSameDay) {
    auto world = held_world(timed_head(3, Over::pass));
    const auto before = head_due(world);
    world.does("office.clerk", hold());
    world.when("office.clerk", resume()).gives({ApprovalResumed{approval_1, ""}});
    world.does("office.clerk", resume());
    EXPECT_EQ(head_due(world), before);
}

// ---- Another calendar ----------------------------------------------------------------------

// Thursday and Friday of the first week are off.
CalendarYear two_days_off() {
    CalendarYear year;
    year.year = 2026;
    year.ver = 1;
    year.notice = "通知";
    year.off = {date("2026-09-03"), date("2026-09-04")};
    return year;
}

TEST(MoveDue, MovesTheDaysOnCommandAndNotBefore) {
    auto world = held_world(timed_head(3, Over::pass));
    EXPECT_TRUE(head_due(world).provisional);
    world.calendars.years[2026] = two_days_off();
    EXPECT_EQ(head_day(world), "2026-09-04");
    const auto move = recounted(head_due(world), world.calendars);
    ASSERT_TRUE(move);
    EXPECT_EQ(move->day, date("2026-09-08"));
    EXPECT_FALSE(move->provisional);
    world.when("jtj.head", MoveDue{approval_1}).forbidden();
    world.does("office.clerk", MoveDue{approval_1});
    EXPECT_EQ(head_day(world), "2026-09-08");
    EXPECT_EQ(head_due(world).calendar, 1U);
    EXPECT_FALSE(recounted(head_due(world), world.calendars));
    world.when("office.clerk", MoveDue{approval_1}).gives({});
    EXPECT_EQ(run_clock(world, "2026-09-07"), 0U);
    EXPECT_EQ(run_clock(world, "2026-09-08"), 1U);
}

TEST(MoveDue, LeavesHoursAndGivenDays) {
    auto node = timed_head(0, Over::pass);
    node.due->h = 60;
    auto world = held_world(node);
    world.calendars.years[2026] = two_days_off();
    EXPECT_FALSE(recounted(head_due(world), world.calendars));
    world.when("office.clerk", MoveDue{approval_1}).gives({});
}

}  // namespace
}  // namespace duban
