// Operations that hurry, hold, end or move an approval, by persons or by time, or only speak.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/approval_time_events.h"
#include "domain/approval/course_commands.h"
#include "domain/approval/course_events.h"
#include "domain/approval/hold_commands.h"
#include "tests/domain/approval/operations.h"
#include "tests/support/clock_run.h"
#include "tests/support/given_approval.h"

namespace duban {
namespace {

using testing::Contains;
using testing::ElementsAre;

RouteNode due_in(RouteNode node, std::uint32_t days, Over over) {
    node.due = DueRule{};
    node.due->wd = days;
    node.due->over = over;
    return node;
}

// A message to those who are asked and a record of it; nothing else changes.
void urge() {
    const auto world = in_approval(
        {asks("both", {at("lead", Post::head), at("coop", Post::head)}, NodeMode::all), adopt()});
    auto urged = world;
    urged.does("jzy.head", urged.approve());
    const auto before = urged.approval();
    urged.when("jtj.clerk", UrgeApproval{approval_1, "请尽快"})
        .gives({ApprovalUrged{approval_1, "请尽快", {PersonId("jtj.head"), PersonId("rsj.head")}}});
    urged.does("jtj.clerk", UrgeApproval{approval_1, "请尽快"});
    EXPECT_EQ(urged.approval(), before);
    world.when("rsj.head", UrgeApproval{approval_1, ""}).forbidden();
}

// What silence leads to: reminders, no more than so many, then consent, refusal, or another seat;
// what time decided is told from what a person did.
void timeout() {
    auto reminded = due_in(lead_head(), 5, Over::remind);
    reminded.due->remind = {-3, -2, -1, 0, 1};
    reminded.due->max = 2;
    auto world = in_approval({reminded, adopt()});
    EXPECT_EQ(run_clock(world, "2026-12-31"), 2U);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    auto passed = in_approval({due_in(lead_head(), 2, Over::pass), adopt()});
    run_clock(passed, "2026-09-02");
    EXPECT_EQ(passed.waiting(), "head: jtj.head");
    run_clock(passed, "2026-09-03");
    EXPECT_EQ(passed.waiting(), "adopt: office.head");
    EXPECT_EQ(slot_state(passed, "head", "1"), SlotState::timed_out);
    EXPECT_TRUE(passed.node("head").slots[0].by.empty());
    auto refused = in_approval({due_in(lead_head(), 2, Over::reject), adopt()});
    run_clock(refused, "2026-09-03");
    EXPECT_EQ(refused.approval().state, ApprovalState::rejected);
    auto node = due_in(lead_head(), 2, Over::escalate);
    node.due->to = SeatSelector{"office", Post::head};
    auto recovered = in_approval({node, adopt()});
    run_clock(recovered, "2026-09-03");
    EXPECT_EQ(recovered.waiting(), "head: office.head");
    recovered.does("office.head", recovered.approve("head"));
    EXPECT_EQ(slot_states(recovered, "head"), "timed_out approved");
}

// Words beside the decisions, to somebody or to all; they decide nothing.
void comment() {
    auto world = in_approval({lead_head(), adopt()});
    const auto rounds = closed_rounds(world);
    world.does("jzy.head", CommentApproval{approval_1, "请补充数据来源", {PersonId("jtj.head")}});
    world.does("jtj.head", CommentApproval{approval_1, "已补充", {}});
    ASSERT_EQ(world.history.comments.size(), 2U);
    EXPECT_EQ(world.history.comments[0].comment.by, PersonId("jzy.head"));
    EXPECT_THAT(world.history.comments[0].comment.to, ElementsAre(PersonId("jtj.head")));
    EXPECT_EQ(world.history.comments[1].comment.text, "已补充");
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(closed_rounds(world), rounds);
    world.when("jtj.clerk", CommentApproval{approval_1, "", {}}).field("text");
}

// The clock stands still while it is held, and has left afterwards what it had left before.
void hold_and_resume() {
    auto world = in_approval({due_in(lead_head(), 4, Over::pass), adopt()});
    world.does("office.clerk", HoldApproval{approval_1, "", "", "等待上级文件"});
    world.when("jtj.head", world.approve("head")).refused_by("held");
    EXPECT_EQ(run_clock(world, "2026-09-15"), 0U);
    world.does("office.clerk", ResumeApproval{approval_1, ""});
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(run_clock(world, "2026-09-18"), 0U);
    EXPECT_EQ(run_clock(world, "2026-09-21"), 1U);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// Ended before its end: what was decided stays on record, and nothing of it takes effect.
void end() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    world.does("jtj.section", world.approve());
    world.when("jtj.head", EndApproval{approval_1, "", "", "并入"}).refused_by("act_not_offered");
    world.does("office.head", EndApproval{approval_1, "", "", "并入其他事项"});
    EXPECT_EQ(world.approval().state, ApprovalState::ended);
    EXPECT_THAT(closed_rounds(world),
                ElementsAre("fill 1 approved", "section 1 approved", "head 1 cancelled"));
    EXPECT_TRUE(world.task.accepted->empty());
    world.when("jtj.head", world.approve("head")).refused_by("approval_not_running");
}

// As if it had never been valid, even after it passed: what it did is undone.
void void_it() {
    auto world = in_approval({adopt()});
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.accepted->size(), 1U);
    world.when("jtj.head", VoidApproval{approval_1, "登记错误"}).forbidden();
    world.does("office.head", VoidApproval{approval_1, "登记错误"});
    EXPECT_EQ(world.approval().state, ApprovalState::voided);
    EXPECT_EQ(world.task.reports[0].state, ReportState::voided);
    EXPECT_TRUE(world.task.accepted->empty());
    EXPECT_THAT(closed_rounds(world), Contains("adopt 1 approved"));
}

// What is not yet submitted: it is the unit's own, nobody is asked, and submitting uses it up.
void draft() {
    auto world = before_approval(route_of({lead_head(), adopt()}));
    auto unfinished = content_1();
    unfinished.summary.clear();
    world.does("jtj.clerk", SaveReport{task_1, {}, unfinished});
    world.does("jtj.clerk", SaveReport{task_1, {}, content_1()});
    ASSERT_EQ(world.task.drafts.size(), 1U);
    EXPECT_TRUE(world.task.reports.empty());
    EXPECT_TRUE(world.task.approvals.empty());
    world.does("jtj.clerk", SubmitReport{task_1, {}, content_1()});
    EXPECT_TRUE(world.task.drafts.empty());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

// An intervention from outside the route, with its reason, ahead or back.
void jump() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    const JumpApproval ahead{approval_1, "adopt", "特事特办"};
    for (const char* person : {"jtj.section", "office.clerk"}) {
        world.when(person, ahead).forbidden();
    }
    world.when("office.head", JumpApproval{approval_1, "adopt", ""}).field("opinion");
    const auto outcome = world.when("office.head", ahead);
    ASSERT_TRUE(outcome.accepted());
    EXPECT_EQ(outcome.result()->events.front().event,
              Event(ApprovalJumped{approval_1, "adopt", "特事特办"}));
    world.does("office.head", ahead);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("section").reason, SkipReason::jump);
    EXPECT_EQ(world.node("head").reason, SkipReason::jump);
    world.does("office.head", JumpApproval{approval_1, "section", "恢复程序"});
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    EXPECT_EQ(world.state("adopt"), NodeState::cancelled);
}

// An approval that was sent back and lies still can be set going; one that has ended stays ended,
// and what it judged is submitted anew.
void reopen() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    world.does("jtj.section", world.send_back("start"));
    EXPECT_EQ(world.approval().state, ApprovalState::returned);
    world.does("office.head", JumpApproval{approval_1, "head", "无需修改"});
    EXPECT_EQ(world.approval().state, ApprovalState::running);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_TRUE(world.approval().stack.empty());
    world.does("office.head", EndApproval{approval_1, "", "", "并入其他事项"});
    world.when("office.head", JumpApproval{approval_1, "head", "唤醒"})
        .refused_by("approval_not_running");
    world.does("jtj.clerk", SubmitReport{task_1, {}, content_1()});
    ASSERT_EQ(world.task.approvals.size(), 2U);
    EXPECT_EQ(world.task.approvals.back().state, ApprovalState::running);
    EXPECT_EQ(world.approval().state, ApprovalState::ended);
}

constexpr TableRow courses[] = {
    {"Urge", "催办", urge},
    {"Timeout", "超时", timeout},
    {"Comment", "沟通, 评论, 附言", comment},
    {"HoldAndResume", "挂起, 恢复", hold_and_resume},
    {"End", "终止", end},
    {"Void", "作废", void_it},
    {"Draft", "暂存", draft},
    {"Jump", "跳转", jump},
    {"Reopen", "唤醒", reopen},
};

INSTANTIATE_TEST_SUITE_P(OfTheCourse, Operation, testing::ValuesIn(courses), name_of_row);

}  // namespace
}  // namespace duban
