// Operations of those who are asked together: in which order, how many of them decide, and what
// who only reads does. The other rows stand in operations_*_test.cc.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "tests/domain/approval/operations.h"
#include "tests/support/given_approval.h"

namespace duban {

TEST_P(Operation, DoesWhatItsNamePromises) {
    GetParam().holds();
}

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

// One after the other in a fixed order; the first refusal decides, and who follows is never asked.
void sequential() {
    auto world = in_approval({three_heads(NodeMode::seq), adopt()});
    EXPECT_EQ(world.waiting(), "heads: jtj.head");
    EXPECT_EQ(slot_states(world, "heads"), "open idle idle");
    world.when("rsj.head", world.approve("heads")).refused_by("not_your_turn");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "heads: jzy.head");
    auto refused = world;
    world.does("jzy.head", world.approve());
    EXPECT_EQ(world.waiting(), "heads: rsj.head");
    world.does("rsj.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    refused.does("jzy.head", refused.reject());
    EXPECT_EQ(slot_states(refused, "heads"), "approved rejected cancelled");
    EXPECT_EQ(refused.approval().state, ApprovalState::rejected);
}

// All at once; passes with the last, and one refusal ends it for the others.
void countersign_by_all() {
    auto world = in_approval({three_heads(NodeMode::all), adopt()});
    EXPECT_EQ(world.waiting(), "heads: jtj.head jzy.head rsj.head");
    world.does("rsj.head", world.approve()).does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "heads: jzy.head");
    world.does("jzy.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    auto vetoed = in_approval({three_heads(NodeMode::all), adopt()});
    vetoed.does("jtj.head", vetoed.approve()).does("rsj.head", vetoed.reject());
    EXPECT_EQ(slot_states(vetoed, "heads"), "approved cancelled rejected");
    EXPECT_EQ(vetoed.approval().state, ApprovalState::rejected);
    EXPECT_EQ(vetoed.waiting(), "");
}

// The first decision decides, whichever it is; the others are closed and stay on record.
void any_of_them() {
    const auto asked = in_approval({three_heads(NodeMode::any), adopt()});
    auto agreed = asked;
    agreed.does("jzy.head", agreed.approve());
    EXPECT_EQ(agreed.waiting(), "adopt: office.head");
    agreed.when("rsj.head", agreed.approve("heads")).refused_by("already_decided");
    auto refused = asked;
    refused.does("rsj.head", refused.reject());
    EXPECT_EQ(refused.approval().state, ApprovalState::rejected);
    for (const auto& [world, states] : {std::pair{&agreed, "cancelled approved cancelled"},
                                        std::pair{&refused, "cancelled cancelled rejected"}}) {
        EXPECT_EQ(slot_states(*world, "heads"), states);
        EXPECT_EQ(world->history.rounds.back().round.slots.size(), 3U);
    }
}

GivenTask voting(VoteRule rule, std::uint32_t lead_weight = 0) {
    auto node = three_heads(NodeMode::vote);
    node.vote = std::move(rule);
    node.who[0].weight = lead_weight;
    return in_approval({node, adopt()});
}

// By heads, by a fixed number or by weight; ends as soon as the result stands, either way.
void vote() {
    for (const char* pass : {"2/3", "2", ">1/2"}) {
        auto passed = voting({VoteBy::head, pass, Settle::early, {}});
        passed.does("jtj.head", passed.approve());
        EXPECT_EQ(passed.waiting(), "heads: jzy.head rsj.head") << pass;
        passed.does("jzy.head", passed.approve());
        EXPECT_EQ(slot_states(passed, "heads"), "approved approved cancelled") << pass;
        EXPECT_EQ(passed.waiting(), "adopt: office.head") << pass;
        auto failed = voting({VoteBy::head, pass, Settle::early, {}});
        failed.does("jtj.head", failed.reject());
        EXPECT_EQ(failed.waiting(), "heads: jzy.head rsj.head") << pass;
        failed.does("jzy.head", failed.reject());
        EXPECT_EQ(slot_states(failed, "heads"), "rejected rejected cancelled") << pass;
        EXPECT_EQ(failed.approval().state, ApprovalState::rejected) << pass;
    }
    auto minority = voting({VoteBy::head, "2/3", Settle::early, {}});
    minority.does("jtj.head", minority.reject())
        .does("jzy.head", minority.approve())
        .does("rsj.head", minority.approve());
    EXPECT_EQ(minority.waiting(), "adopt: office.head");
    auto weighed = voting({VoteBy::weight, ">1/2", Settle::early, {}}, 3);
    weighed.does("jtj.head", weighed.approve());
    EXPECT_EQ(weighed.waiting(), "adopt: office.head") << "three of five";
    auto heads = voting({VoteBy::head, ">1/2", Settle::early, {}}, 3);
    heads.does("jtj.head", heads.approve());
    EXPECT_EQ(heads.waiting(), "heads: jzy.head rsj.head") << "one of three";
}

// One of those who could be asked is drawn, and nobody else may decide.
void random_one() {
    std::set<std::string> drawn;
    for (const std::uint64_t chance : {0U, 1U, 2U}) {
        auto world = before_approval(route_of({three_heads(NodeMode::random), adopt()}));
        world.chance = chance;
        world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
        ASSERT_EQ(world.node("heads").slots.size(), 1U);
        std::string holder;
        for (const char* head : {"jtj.head", "jzy.head", "rsj.head"}) {
            if (world.waiting() == std::string("heads: ") + head) {
                holder = head;
            } else {
                world.when(head, world.approve("heads")).forbidden();
            }
        }
        drawn.insert(holder);
        world.chance = chance + 1;
        EXPECT_EQ(world.waiting(), "heads: " + holder) << "the draw stands";
        world.does(holder, world.approve());
        EXPECT_EQ(world.waiting(), "adopt: office.head");
    }
    EXPECT_THAT(drawn, ElementsAre("jtj.head", "jzy.head", "rsj.head"));
}

// Work of a pool: who claims it has it alone; the others have it again once he releases it.
void claim_and_release() {
    auto world =
        in_approval({asks("check", {at("office", Post::clerk)}, NodeMode::claim), adopt()});
    world.grant("rsj.section", office, Post::clerk);
    const ClaimSlot claim{approval_1, "check", ""};
    const ReleaseSlot release{approval_1, "check", ""};
    EXPECT_EQ(world.waiting(), "check: office.clerk rsj.section");
    world.when("office.clerk", world.approve("check")).refused_by("claim_first");
    world.does("office.clerk", claim);
    EXPECT_EQ(world.waiting(), "check: office.clerk");
    world.when("rsj.section", world.approve("check")).forbidden();
    const auto second = world.when("rsj.section", claim);
    second.refused_by("already_claimed");
    EXPECT_THAT(second.detail(), HasSubstr("office.clerk"));
    world.when("rsj.section", release).forbidden();
    world.does("office.clerk", release);
    EXPECT_EQ(world.waiting(), "check: office.clerk rsj.section");
    world.does("rsj.section", claim).does("rsj.section", world.approve("check"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// To read and not to decide: by a node of its own or by hand, once for each person.
void copy() {
    RouteNode told;
    told.id = "told";
    told.kind = NodeKind::cc;
    told.who = {at("coop", Post::head)};
    auto world = in_approval({told, lead_head(), adopt()});
    EXPECT_EQ(world.waiting(), "head: jtj.head") << "nobody has to act on a copy";
    EXPECT_THAT(copied_to(world), ElementsAre("jzy.head", "rsj.head"));
    world.when("jzy.head", world.approve("head")).forbidden();
    world.when("jzy.head", CopyApproval{approval_1, {PersonId("jtj.section")}}).forbidden();
    world.does("jtj.clerk",
               CopyApproval{approval_1, {PersonId("jtj.section"), PersonId("jtj.section")}});
    world.does("office.clerk", CopyApproval{approval_1, {PersonId("jtj.section")}});
    ASSERT_THAT(copied_to(world), ElementsAre("jzy.head", "rsj.head", "jtj.section"));
    world.when("jtj.section", world.approve("head")).forbidden();
    EXPECT_EQ(world.approval().copies[0].reason, CopyReason::node);
    EXPECT_EQ(world.approval().copies[2].reason, CopyReason::manual);
    EXPECT_EQ(world.approval().copies[2].by, PersonId("jtj.clerk"));
}

// Who read and when, which is also the receipt of a copy; the first time counts.
void read_mark() {
    auto world = in_approval({lead_head(), adopt()});
    world.when("jzy.head", ReadApproval{approval_1}).refused_by("no_copy");
    world.does("jtj.clerk", CopyApproval{approval_1, {PersonId("jzy.head"), PersonId("rsj.head")}});
    EXPECT_EQ(world.approval().copies[0].read_at, std::nullopt);
    const auto first = world.now;
    world.does("jzy.head", ReadApproval{approval_1});
    world.does("jzy.head", ReadApproval{approval_1});
    EXPECT_EQ(world.approval().copies[0].read_at, first);
    EXPECT_EQ(world.approval().copies[1].read_at, std::nullopt);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

// The approval ends as refused, and so does what it judged; a later one is another approval.
void reject_for_good() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    world.does("jtj.section", world.approve()).does("jtj.head", world.reject());
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
    EXPECT_EQ(world.task.reports[0].state, ReportState::rejected);
    EXPECT_EQ(world.state("adopt"), NodeState::idle);
    EXPECT_THAT(closed_rounds(world), Contains("head 1 rejected"));
    EXPECT_EQ(world.history.rounds.back().round.opinion, "not good enough");
    world.when("jtj.head", world.approve("head")).refused_by("already_decided");
    world.when("office.head", world.approve("adopt")).refused_by("approval_not_running");
    world.when("jtj.clerk", revised_words()).refused_by("report_not_returned");
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    EXPECT_EQ(world.task.approvals.size(), 2U);
    EXPECT_EQ(world.task.approvals.front().state, ApprovalState::rejected);
}

constexpr TableRow asked_together[] = {
    {"SequentialCountersign", "顺序会签, 依次审批", sequential},
    {"CountersignByAll", "并行会签", countersign_by_all},
    {"AnyOfThem", "或签", any_of_them},
    {"Vote", "票签, 比例", vote},
    {"RandomOne", "随机一人", random_one},
    {"ClaimAndRelease", "认领, 释放", claim_and_release},
    {"Copy", "抄送, 传阅", copy},
    {"ReadMark", "已阅, 签阅", read_mark},
    {"RejectForGood", "驳回终止", reject_for_good},
};

INSTANTIATE_TEST_SUITE_P(OfThoseWhoAreAsked, Operation, testing::ValuesIn(asked_together),
                         name_of_row);

}  // namespace
}  // namespace duban
