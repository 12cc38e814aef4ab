// What people complain about in other approval systems, each as a row: what has to hold here so
// that they need not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/course_commands.h"
#include "domain/approval/signer_commands.h"
#include "domain/task/light.h"
#include "tests/domain/approval/pains.h"
#include "tests/support/clock_run.h"
#include "tests/support/given_closing.h"

namespace duban {

TEST_P(Pain, IsNotThere) {
    GetParam().holds();
}

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// 4. Two who sign at the same moment, on the same state: both count, in either order; of two who
// share a seat the second is told whose word it was.
void two_at_once() {
    const auto asked =
        in_approval({three_heads(NodeMode::all), adopt()})
            .does("jtj.head", ApproveSlot{approval_1, "heads", "", 1, digest_of(content_1()), ""});
    for (const auto& [first, second] :
         {std::pair{"jzy.head", "rsj.head"}, std::pair{"rsj.head", "jzy.head"}}) {
        auto world = asked;
        const auto one = world.when(first, world.approve("heads"));
        const auto other = world.when(second, world.approve("heads"));
        ASSERT_TRUE(one.accepted());
        ASSERT_TRUE(other.accepted()) << "neither knows of the other";
        world.fold(*one.result(), first);
        world.does(second, world.approve("heads"));
        EXPECT_EQ(slot_states(world, "heads"), "approved approved approved");
        EXPECT_EQ(world.waiting(), "adopt: office.head");
    }
    auto shared = in_approval({lead_head(), adopt()});
    shared.grant("jtj.section", jtj, Post::head);
    const auto at_the_same_time = shared.approve("head");
    ASSERT_TRUE(shared.when("jtj.section", at_the_same_time).accepted());
    shared.does("jtj.head", at_the_same_time);
    const auto late = shared.when("jtj.section", at_the_same_time);
    late.refused_by("already_decided");
    EXPECT_THAT(late.detail(), HasSubstr("jtj.head"));
}

// 6. A signature among others is taken back and its words stay on record; copies and comments, also
// after the end, leave the form as it is.
void taken_back_among_others() {
    auto route = route_of({three_heads(NodeMode::all), adopt()});
    route.reclaim = true;
    auto world = in_approval(route);
    auto agreed = world.approve("heads");
    agreed.opinion = "拟同意";
    world.does("jzy.head", agreed);
    world.does("office.clerk", CopyApproval{approval_1, {PersonId("jtj.section")}});
    world.does("jzy.head", ReclaimSlot{approval_1, "heads", ""});
    EXPECT_EQ(world.waiting(), "heads: jtj.head jzy.head rsj.head");
    const auto& taken = world.node("heads").slots[1].taken_back;
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].opinion, "拟同意");
    EXPECT_EQ(taken[0].by, PersonId("jzy.head"));
    EXPECT_THAT(copied_to(world), ElementsAre("jtj.section"));
    approve_all(world);
    expect_whole_history(world);
    const auto form = world.approval().nodes;
    const auto rounds = world.history.rounds;
    EXPECT_EQ(rounds[1].round.slots[1].taken_back, taken);
    world.does("rsj.head", CommentApproval{approval_1, "补充意见", {}});
    EXPECT_EQ(world.approval().nodes, form);
    EXPECT_EQ(world.history.rounds, rounds);
    EXPECT_EQ(world.history.comments.size(), 1U);
}

// 7. Only who holds it now may act, and the record names who did, when, and in whose right.
void who_really_did_it() {
    auto world = in_approval({offers_all(lead_head()), lead_section(), adopt()});
    world.when("office.clerk", world.approve("head")).forbidden();
    auto moved_on = world;
    moved_on.revoke("jtj.head", jtj, Post::head).grant("jtj.section", jtj, Post::head);
    moved_on.when("jtj.head", moved_on.approve("head")).refused(Errc::not_found);
    moved_on.does("jtj.section", moved_on.approve("head"));
    EXPECT_EQ(moved_on.node("head").slots[0].by, PersonId("jtj.section"));
    const auto given = world.now;
    world.does("office.head",
               ReassignSlot{approval_1, "head", "", PersonId("jtj.clerk"), "负责人出差"});
    world.when("jtj.head", world.approve("head")).forbidden();
    const auto decided = world.now;
    world.does("jtj.clerk", world.approve("head"));
    const Round& round = world.history.rounds.back().round;
    ASSERT_EQ(round.slots.size(), 2U);
    EXPECT_EQ(round.slots[0].state, SlotState::transferred);
    EXPECT_EQ(round.slots[0].by, PersonId("office.head"));
    EXPECT_EQ(round.slots[0].at, given);
    EXPECT_EQ(round.slots[0].opinion, "负责人出差");
    EXPECT_TRUE(round.slots[1].reassigned);
    EXPECT_EQ(round.slots[1].by, PersonId("jtj.clerk"));
    EXPECT_EQ(round.slots[1].at, decided);
    EXPECT_EQ(round.person, PersonId("jtj.clerk"));
    world.proxy("jtj.section", "jtj.head");
    world.does("jtj.head", world.approve("section"));
    EXPECT_EQ(world.history.rounds.back().round.person, PersonId("jtj.head"));
    EXPECT_EQ(world.history.rounds.back().round.on_behalf_of, PersonId("jtj.section"));
}

// 8. Nobody is there: it goes to somebody, at the opening and later; two heads are no trouble.
void nobody_left_to_sign() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    world.deactivate("jtj.head");
    world.when("jtj.section", world.approve()).refused_by("no_holder");
    world.grant("jtj.clerk", jtj, Post::head);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.clerk");
    world.revoke("jtj.clerk", jtj, Post::head);
    EXPECT_EQ(world.waiting(), "head: office.head");
    world.grant("rsj.section", jtj, Post::head).grant("jtj.section", jtj, Post::head);
    EXPECT_EQ(world.waiting(), "head: jtj.section rsj.section");
    world.when("office.head", world.approve("head")).forbidden();
    world.does("rsj.section", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// 9. Days are working days; what was late stays late once it is done; who decides nothing can still
// ask for something.
void working_days_and_lateness() {
    auto node = lead_head();
    node.due = DueRule{};
    node.due->wd = 3;
    node.due->over = Over::pass;
    auto world = in_approval({lead_section(), node, adopt()});
    world.now = *parse_timestamp("2026-09-30T02:00:00.000Z");
    world.does("jtj.section", world.approve());
    run_clock(world, "2026-10-09");
    EXPECT_EQ(world.waiting(), "head: jtj.head") << "the first week is free, the 10th is worked";
    run_clock(world, "2026-10-10");
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_TRUE(world.when("jtj.clerk", UrgeApproval{approval_1, "请尽快"}).accepted());
    EXPECT_TRUE(world.when("jzy.head", CommentApproval{approval_1, "请退回", {}}).accepted());
    auto closed = closable();
    closed.now = *parse_timestamp("2027-01-12T02:00:00.000Z");
    closed.does("jtj.head", closing_request()).does("office.head", closed.approve());
    ASSERT_EQ(closed.task.stage, TaskStage::done);
    for (const char* today : {"2027-01-12", "2027-06-30"}) {
        const TaskLight light = task_light(closed.task, date(today), default_light_rules());
        EXPECT_EQ(light.light, Light::red) << today;
        EXPECT_EQ(light.days_left, -12) << today;
    }
}

// 10. Filled in once: a return asks for what changed and nothing else, others get the difference,
// and what was accepted counts for the closing without being typed again.
void filled_in_once() {
    auto world = in_approval({lead_section(), returning(adopt(), {"start"}, Resume::jump)});
    world.does("jtj.section", world.approve()).does("office.head", world.send_back());
    world.when("jtj.clerk", ReviseReport{report_1, content_1(), "", {}}).refused_by("unchanged");
    world.does("jtj.clerk", revised_words());
    EXPECT_EQ(world.task.reports.size(), 1U);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    ASSERT_THAT(copied_to(world), ElementsAre("jtj.section"));
    EXPECT_EQ(world.approval().copies[0].diff, (RevisionRange{1, 2}));
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.accepted->size(), 1U);
    world.when("jtj.clerk", SubmitReport{task_1, jtj, content_1()}).refused_by("period_accepted");
    auto gate = adopt();
    gate.when = compare(ConditionOp::ge, "indicators.met_or_explained", "1");
    auto close = world;
    close.publish(closing_route({gate, asks("close", {at("zone", Post::leader)})}));
    close.does("jtj.head", closing_request());
    ASSERT_EQ(close.task.approvals.size(), 2U);
    EXPECT_EQ(find_node(close.task.approvals.back(), "adopt")->state, NodeState::open);
}

// Also: a new version of a route changes nothing that is under way.
void route_changed_under_way() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    auto shorter = route_of({lead_section(), adopt()});
    shorter.ver = 3;
    world.publish(shorter);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(world.approval().route_version, 2);
    auto moved = world;
    world.does("jtj.head", world.approve()).does("office.head", world.approve());
    EXPECT_EQ(world.approval().state, ApprovalState::passed);
    moved.when("office.head", MigrateApproval{approval_1, 3, "启用新流程"})
        .refused_by("migrate_blocked");
    shorter = route_of(
        {lead_section(), lead_head(), asks("leader", {at("zone", Post::leader)}), adopt()});
    shorter.ver = 4;
    moved.publish(shorter).does("office.head", MigrateApproval{approval_1, 4, "启用新流程"});
    moved.does("jtj.head", moved.approve());
    EXPECT_EQ(moved.waiting(), "leader: zone.leader");
}

constexpr TableRow pains[] = {
    {"TwoSignersAtOnce", "两人同时会签", two_at_once},
    {"TakingBackACountersignature", "会签取回, 意见丢失", taken_back_among_others},
    {"WhoReallyDidIt", "谁真正办理", who_really_did_it},
    {"NobodyLeftToSign", "审批人不在或为空", nobody_left_to_sign},
    {"WorkingDaysAndLateness", "工作日期限, 办结后看似按时", working_days_and_lateness},
    {"FilledInTwice", "重复填报", filled_in_once},
    {"RouteChangedUnderWay", "流程改版影响在办", route_changed_under_way},
};

INSTANTIATE_TEST_SUITE_P(OfApprovals, Pain, testing::ValuesIn(pains), name_of_row);

}  // namespace
}  // namespace duban
