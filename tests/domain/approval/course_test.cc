// Changing the course of an approval from outside its route, and speaking beside it.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/approval/course_commands.h"
#include "domain/approval/course_events.h"
#include "domain/report/report_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

Route three_steps() {
    return route_of({asks("section", {at("lead", Post::section)}),
                     block("fork", NodeKind::par,
                           {branch({offers_all(asks("head", {at("lead", Post::head)}))}),
                            branch({asks("other", {at("coop", Post::head)})})}),
                     adopt()});
}

GivenTask on(Route route) {
    GivenTask world;
    world.publish(std::move(route)).submitted();
    return world;
}

const WithdrawApproval withdraw{approval_1, ""};

TEST(WithdrawApproval, IsForWhoSubmittedIt) {
    const auto world = on(three_steps());
    for (const auto* actor : {"jtj.section", "jtj.head", "office.head", "zone.leader"}) {
        world.when(actor, withdraw).forbidden();
    }
    world.when("jtj.clerk", withdraw)
        .gives({ApprovalWithdrawn{approval_1, ""},
                RoundEnded{approval_1, "section", 1, false, NodeState::cancelled, "", "", ""},
                ApprovalClosed{approval_1, ApprovalResult::withdrawn}});
}

TEST(WithdrawApproval, LetsTheSubjectBeSubmittedAgain) {
    auto world = on(three_steps());
    world.does("jtj.clerk", withdraw);
    EXPECT_EQ(world.approval().state, ApprovalState::withdrawn);
    EXPECT_EQ(world.task.reports[0].state, ReportState::withdrawn);
    world.when("jtj.clerk", withdraw).refused_by("approval_not_running");
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1(), {}});
    EXPECT_EQ(world.task.approvals.size(), 2U);
}

TEST(WithdrawApproval, FollowsTheRuleOfTheRoute) {
    auto before_first = three_steps();
    before_first.withdraw = WithdrawRule::before_first;
    auto world = on(before_first);
    EXPECT_TRUE(world.when("jtj.clerk", withdraw).accepted());
    world.does("jtj.section", world.approve("section"));
    world.when("jtj.clerk", withdraw).refused_by("too_late");
    auto never = three_steps();
    never.withdraw = WithdrawRule::never;
    on(never).when("jtj.clerk", withdraw).refused_by("too_late");
}

TEST(WithdrawApproval, PassesToTheStartSeatsOnceTheStarterIsGone) {
    auto world = on(three_steps());
    world.grant("jtj.section", jtj, Post::clerk);
    world.when("jtj.section", withdraw).forbidden();
    world.deactivate("jtj.clerk");
    EXPECT_TRUE(world.when("jtj.section", withdraw).accepted());
}

TEST(EndApproval, IsForTheHeadOfTheOfficeAndWhereANodeOffersIt) {
    auto world = on(three_steps());
    const EndApproval end{approval_1, "", "", "并入其他事项"};
    world.when("jtj.section", end).refused_by("act_not_offered");
    world.when("jzy.head", end).forbidden();
    EXPECT_TRUE(world.when("office.head", end).accepted());
    world.does("jtj.section", world.approve("section"));
    world.when("jtj.head", EndApproval{approval_1, "head", "", ""}).field("opinion");
    world.does("jtj.head", EndApproval{approval_1, "head", "", "并入其他事项"});
    EXPECT_EQ(world.approval().state, ApprovalState::ended);
    EXPECT_EQ(world.state("other"), NodeState::cancelled);
    world.when("office.head", end).refused_by("approval_not_running");
}

TEST(VoidApproval, IsForTheHeadOfTheOfficeOrALeaderInAnyStateOnce) {
    auto world = on(three_steps());
    const VoidApproval make_void{approval_1, "登记错误"};
    world.when("jtj.head", make_void).forbidden();
    world.when("office.head", VoidApproval{approval_1, ""}).field("opinion");
    EXPECT_TRUE(world.when("zone.leader", make_void).accepted());
    world.does("jtj.clerk", withdraw);
    world.when("office.head", make_void).gives({ApprovalVoided{approval_1, "登记错误"}});
    world.does("office.head", make_void);
    EXPECT_EQ(world.approval().state, ApprovalState::voided);
    EXPECT_EQ(world.task.reports[0].state, ReportState::voided);
    world.when("office.head", make_void).refused_by("approval_not_running");
}

TEST(JumpApproval, GoesToANodeOfTheRoutesOwnListForTheHeadOfTheOffice) {
    const auto world = on(three_steps());
    world.when("office.clerk", JumpApproval{approval_1, "adopt", "特事特办"}).forbidden();
    world.when("office.head", JumpApproval{approval_1, "head", "特事特办"})
        .refused_by("jump_target");
    world.when("office.head", JumpApproval{approval_1, "nowhere", "特事特办"})
        .refused_by("jump_target");
    world.when("office.head", JumpApproval{approval_1, "adopt", ""}).field("opinion");
}

TEST(JumpApproval, AheadSkipsWhatLiesBetween) {
    auto world = on(three_steps());
    world.does("office.head", JumpApproval{approval_1, "#adopt", "特事特办"});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    for (const auto* node : {"section", "fork"}) {
        EXPECT_EQ(world.state(node), NodeState::skipped);
        EXPECT_EQ(world.node(node).reason, SkipReason::jump);
    }
}

TEST(JumpApproval, BackDecidesAnewFromThereOn) {
    auto world = on(three_steps());
    world.does("jtj.section", world.approve("section")).does("jtj.head", world.approve("head"));
    world.does("office.head", JumpApproval{approval_1, "section", "恢复程序"});
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    EXPECT_EQ(world.state("head"), NodeState::idle);
    world.does("jtj.section", world.approve("section"));
    EXPECT_EQ(world.waiting(), "head: jtj.head; other: jzy.head");
}

TEST(JumpApproval, RunsAReturnedApprovalOnTheSameRevision) {
    auto world = on(three_steps());
    world.does("jtj.section", world.send_back("start"));
    world.does("office.head", JumpApproval{approval_1, "adopt", "特事特办"});
    EXPECT_EQ(world.approval().state, ApprovalState::running);
    EXPECT_TRUE(world.approval().stack.empty());
    EXPECT_EQ(world.task.reports[0].state, ReportState::in_approval);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(UrgeApproval, ReachesThoseWhomItWaitsFor) {
    auto world = on(three_steps());
    world.does("jtj.section", world.approve("section"));
    for (const auto* actor : {"jtj.clerk", "office.clerk", "jtj.head"}) {
        world.when(actor, UrgeApproval{approval_1, "请尽快办理"})
            .gives({ApprovalUrged{
                approval_1, "请尽快办理", {PersonId("jtj.head"), PersonId("jzy.head")}}});
    }
    world.when("jtj.section", UrgeApproval{approval_1, ""}).forbidden();
    world.does("jtj.clerk", withdraw);
    world.when("jtj.clerk", UrgeApproval{approval_1, ""}).refused_by("approval_not_running");
}

TEST(CommentApproval, IsKeptBesideTheRoundsInAnyState) {
    auto world = on(three_steps());
    world.does("jtj.clerk", withdraw);
    const auto rounds = world.history.rounds.size();
    world.does("jzy.head", CommentApproval{approval_1, "已知悉", {PersonId("jtj.head")}});
    EXPECT_EQ(world.history.rounds.size(), rounds);
    ASSERT_EQ(world.history.comments.size(), 1U);
    EXPECT_EQ(world.history.comments[0].comment.by, PersonId("jzy.head"));
    world.when("jzy.head", CommentApproval{approval_1, " ", {}}).field("text");
    world.when("jzy.head", CommentApproval{approval_1, "x", {PersonId("rsj.head")}})
        .refused_by("no_sight");
}

}  // namespace
}  // namespace duban
