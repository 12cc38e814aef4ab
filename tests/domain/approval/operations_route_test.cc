// Operations of the route itself: where it forks, where it goes by itself, and what it does when a
// step has nobody to ask, or only the author, or somebody who has agreed already.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/domain/approval/operations.h"
#include "tests/support/clock_run.h"
#include "tests/support/given_approval.h"

namespace duban {
namespace {

using testing::ElementsAre;

Condition coops_at_least(const char* count) {
    return compare(ConditionOp::ge, "task.coop_count", count);
}

// Of the branches that hold, the first alone.
void exclusive_branch() {
    auto world =
        in_approval({block("fork", NodeKind::choose,
                           {branch_when(coops_at_least("3"), {lead_section("three")}),
                            branch_when(coops_at_least("2"), {lead_head("two")}),
                            branch_when(coops_at_least("1"), {lead_section("one")}), otherwise()}),
                     adopt()});
    EXPECT_EQ(world.waiting(), "two: jtj.head");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    const auto none = in_approval({block("fork", NodeKind::choose,
                                         {branch_when(coops_at_least("3"), {lead_section("three")}),
                                          otherwise({lead_head("else")})}),
                                   adopt()});
    EXPECT_EQ(none.waiting(), "else: jtj.head");
}

// All of them, and the join waits for the last.
void parallel_branch() {
    auto world = in_approval({block("fork", NodeKind::par,
                                    {branch({lead_section()}), branch({lead_head()}),
                                     branch({asks("other", {at("#rsj", Post::head)})})}),
                              adopt()});
    EXPECT_EQ(world.waiting(), "section: jtj.section; head: jtj.head; other: rsj.head");
    world.does("rsj.head", world.approve()).does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// Every branch that holds, or else the default; the join waits for those that were taken.
void inclusive_branch() {
    const auto fork = [](const char* first, const char* second) {
        return block("fork", NodeKind::inc,
                     {branch_when(coops_at_least(first), {lead_section()}),
                      branch_when(coops_at_least(second), {lead_head()}),
                      branch_when(coops_at_least("9"), {asks("never", {at("zone", Post::leader)})}),
                      otherwise({asks("else", {at("office", Post::clerk)})})});
    };
    auto both = in_approval({fork("1", "2"), adopt()});
    EXPECT_EQ(both.waiting(), "section: jtj.section; head: jtj.head");
    both.does("jtj.head", both.approve());
    EXPECT_EQ(both.waiting(), "section: jtj.section");
    both.does("jtj.section", both.approve());
    EXPECT_EQ(both.waiting(), "adopt: office.head");
    auto one = in_approval({fork("3", "2"), adopt()});
    one.does("jtj.head", one.approve());
    EXPECT_EQ(one.waiting(), "adopt: office.head");
    EXPECT_EQ(in_approval({fork("3", "3"), adopt()}).waiting(), "else: office.clerk");
}

// A condition sends it to a named node: back, where everything is asked again, or ahead.
void go_to() {
    RouteNode again;
    again.id = "again";
    again.kind = NodeKind::goto_;
    again.to = "#section";
    again.when = compare(ConditionOp::gt, "head.dissent_count", "0");
    auto head = lead_head();
    head.dissent = Dissent::record;
    auto back = in_approval({lead_section(), head, again, adopt()});
    auto agreed = back.does("jtj.section", back.approve());
    back.does("jtj.head", back.reject());
    EXPECT_EQ(back.waiting(), "section: jtj.section");
    EXPECT_EQ(back.node("section").round, 2U);
    agreed.does("jtj.head", agreed.approve());
    EXPECT_EQ(agreed.waiting(), "adopt: office.head");
    RouteNode ahead = again;
    ahead.to = "#adopt";
    ahead.when = coops_at_least("2");
    const auto skipped = in_approval({ahead, lead_section(), adopt()});
    EXPECT_EQ(skipped.waiting(), "adopt: office.head");
    EXPECT_EQ(skipped.node("section").reason, SkipReason::goto_);
}

// An approval within an approval, for which its parent waits or does not; a run for each unit.
void sub_process() {
    Route visit = route_of({});
    visit.route = RouteId("visit");
    visit.ver = 1;
    visit.starts.clear();
    visit.steps = {asks("site", {at("office", Post::clerk)})};
    RouteNode sub;
    sub.id = "sub";
    sub.kind = NodeKind::sub;
    sub.route = visit.route;
    for (const bool waits : {true, false}) {
        sub.wait = waits;
        auto world = before_approval(route_of({sub, adopt()}));
        world.publish(visit).does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
        ASSERT_EQ(world.task.approvals.size(), 2U);
        const Approval& child = world.task.approvals.back();
        EXPECT_EQ(child.parent, (ParentNode{1, "sub", waits}));
        EXPECT_EQ(world.waiting(), waits ? "" : "adopt: office.head");
        auto decision = world.approve();
        decision.approval = {task_1, child.no};
        world.does("office.clerk", decision);
        EXPECT_EQ(world.task.approvals.back().state, ApprovalState::passed);
        EXPECT_EQ(world.waiting(), "adopt: office.head");
    }
    auto units = in_approval(
        {each("units", "all", Dissent::veto, {asks("sign", {at("$u", Post::head)})}), adopt()});
    EXPECT_EQ(units.waiting(), "sign@jzy: jzy.head; sign@rsj: rsj.head");
    units.does("jzy.head", units.approve()).does("rsj.head", units.approve());
    EXPECT_EQ(units.waiting(), "adopt: office.head");
}

// Waits until so much time has passed, or until something happens.
void timer_and_trigger() {
    RouteNode wait;
    wait.id = "wait";
    wait.kind = NodeKind::wait;
    wait.wd = 3;
    auto timed = in_approval({wait, adopt()});
    EXPECT_EQ(timed.waiting(), "");
    run_clock(timed, "2026-09-03");
    EXPECT_EQ(timed.waiting(), "");
    run_clock(timed, "2026-09-04");
    EXPECT_EQ(timed.waiting(), "adopt: office.head");
    wait.wd = 0;
    wait.event = "task.urged";
    auto triggered = in_approval({wait, adopt()});
    EXPECT_EQ(run_clock(triggered, "2026-09-30"), 0U);
    EXPECT_EQ(triggered.waiting(), "");
    triggered.does("office.clerk", UrgeTask{task_1, UrgeLevel::blue, {}, "请加快进度"});
    EXPECT_EQ(triggered.waiting(), "adopt: office.head");
}

// 审批人为空: passed over, refused, given to a named seat or to the administrator of the work.
void nobody_to_ask() {
    auto node = asks("deputy", {at("lead", Post::deputy)});
    node.empty = OnEmpty::skip;
    const auto skipped = in_approval({node, adopt()});
    EXPECT_EQ(skipped.waiting(), "adopt: office.head");
    EXPECT_EQ(skipped.node("deputy").reason, SkipReason::empty);
    node.empty = OnEmpty::admin;
    EXPECT_EQ(in_approval({node, adopt()}).waiting(), "deputy: office.head");
    node.empty = OnEmpty::seat;
    node.stand_in = SeatSelector{"lead", Post::section};
    EXPECT_EQ(in_approval({node, adopt()}).waiting(), "deputy: jtj.section");
    node.empty = OnEmpty::reject;
    node.stand_in.reset();
    before_approval(route_of({node, adopt()}))
        .when("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .refused_by("no_holder");
}

// 本人 = 审批人: himself, passed over, the next above him or the head of his unit.
void ones_own_approver() {
    auto node = asks("clerk", {at("lead", Post::clerk)});
    EXPECT_EQ(in_approval({node, adopt()}).waiting(), "clerk: jtj.clerk");
    for (const auto& [rule, waits] : {std::pair{OnSelf::skip, "adopt: office.head"},
                                      std::pair{OnSelf::superior, "clerk: jtj.section"},
                                      std::pair{OnSelf::head, "clerk: jtj.head"}}) {
        node.self = rule;
        const auto world = in_approval({node, adopt()});
        EXPECT_EQ(world.waiting(), waits);
        EXPECT_FALSE(world.when("jtj.clerk", world.approve("clerk")).accepted());
    }
}

// Somebody who has agreed is asked again, or not the next time, or not at all.
void asked_once() {
    for (const auto& [rule, after_two, after_three] :
         {std::tuple{Dedupe::none, "two: jtj.section", "four: jtj.section"},
          std::tuple{Dedupe::adjacent, "three: jtj.head", "four: jtj.section"},
          std::tuple{Dedupe::once, "three: jtj.head", "adopt: office.head"}}) {
        auto route = route_of({lead_section("one"), lead_section("two"), lead_head("three"),
                               lead_section("four"), adopt()});
        route.dedupe = rule;
        auto world = in_approval(route);
        world.does("jtj.section", world.approve("one"));
        EXPECT_EQ(world.waiting(), after_two);
        if (rule == Dedupe::none) world.does("jtj.section", world.approve("two"));
        world.does("jtj.head", world.approve("three"));
        EXPECT_EQ(world.waiting(), after_three);
    }
}

// Where the route asks for an opinion, none is no decision.
void opinion_required() {
    auto node = lead_head();
    const auto usual = in_approval({node, adopt()});
    EXPECT_TRUE(usual.when("jtj.head", usual.approve("head")).accepted());
    auto silent = usual.reject("head");
    silent.opinion.clear();
    usual.when("jtj.head", silent).field("opinion");
    auto sent = usual.send_back("start");
    sent.opinion = " ";
    usual.when("jtj.head", sent).field("opinion");
    node.opinion = {OpinionNeed::must, OpinionNeed::opt, OpinionNeed::opt};
    const auto other = in_approval({node, adopt()});
    other.when("jtj.head", other.approve("head")).field("opinion");
    auto spoken = other.approve("head");
    spoken.opinion = "同意";
    EXPECT_TRUE(other.when("jtj.head", spoken).accepted());
    EXPECT_TRUE(other.when("jtj.head", silent).accepted());
    EXPECT_TRUE(other.when("jtj.head", sent).accepted());
}

// Who did what, when and on which revision: every round, in the order in which they closed.
void audit_history() {
    auto world =
        in_approval({lead_section(), returning(lead_head(), {"start"}, Resume::rerun), adopt()});
    auto agreed = world.approve();
    agreed.opinion = "拟同意";
    const auto decided = world.now;
    world.does("jtj.section", agreed).does("jtj.head", world.send_back("start"));
    world.does("jtj.clerk", revised_words()).does("jtj.section", world.approve());
    world.does("jtj.head", world.approve()).does("office.head", world.approve());
    EXPECT_THAT(
        closed_rounds(world),
        ElementsAre("fill 1 approved", "section 1 approved", "head 1 returned", "fill 2 approved",
                    "section 2 approved", "head 2 approved", "adopt 1 approved"));
    const auto rounds = rounds_of(world.history, 1);
    EXPECT_EQ(rounds[1].person, PersonId("jtj.section"));
    EXPECT_EQ(rounds[1].opinion, "拟同意");
    EXPECT_EQ(rounds[1].time, decided);
    EXPECT_EQ(rounds[1].revision, 1U);
    EXPECT_EQ(rounds[2].opinion, "say more");
    EXPECT_EQ(rounds[2].returned.value_or(ReturnedTo{}).to, "fill");
    EXPECT_EQ(rounds[4].revision, 2U);
    EXPECT_NE(rounds[4].revision_digest, rounds[1].revision_digest);
}

constexpr TableRow of_the_route[] = {
    {"ExclusiveBranch", "条件分支", exclusive_branch},
    {"ParallelBranch", "并行分支", parallel_branch},
    {"InclusiveBranch", "包容分支", inclusive_branch},
    {"Goto", "路由", go_to},
    {"SubProcess", "子流程", sub_process},
    {"TimerAndTrigger", "定时, 触发器", timer_and_trigger},
    {"NobodyToAsk", "审批人为空", nobody_to_ask},
    {"OnesOwnApprover", "本人为审批人", ones_own_approver},
    {"AskedOnce", "去重", asked_once},
    {"OpinionRequired", "意见必填", opinion_required},
    {"AuditHistory", "审计历史", audit_history},
};

INSTANTIATE_TEST_SUITE_P(OfTheRoute, Operation, testing::ValuesIn(of_the_route), name_of_row);

}  // namespace
}  // namespace duban
