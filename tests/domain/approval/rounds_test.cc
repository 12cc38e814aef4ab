// Rounds of one node: whom it asks, in which mode, and what a refusal does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/directory/directory_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

using testing::HasSubstr;

// jtj leads, jzy and rsj cooperate.
GivenTask& submit_among_three(GivenTask& world) {
    auto mandate = mandate_1();
    mandate.co = {jzy, rsj};
    return world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
        .does("jtj.clerk", SignAssignment{task_1, jtj})
        .does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
}

GivenTask on(std::vector<RouteNode> nodes) {
    GivenTask world;
    world.publish(route_of(std::move(nodes)));
    return submit_among_three(world);
}

RouteNode unit_heads(NodeMode mode) {
    return asks("co", {at("lead", Post::head), at("coop", Post::head)}, mode);
}

RouteNode vote(const char* pass, Settle settle = Settle::early) {
    auto node = unit_heads(NodeMode::vote);
    node.vote = VoteRule{VoteBy::head, pass, settle, {}};
    return node;
}

Selector of_group(const char* group) {
    Selector selector;
    selector.group = group;
    return selector;
}

SlotState slot(const GivenTask& world, const char* node, const char* number) {
    const auto* found = find_slot(world.node(node), number);
    return found == nullptr ? SlotState::idle : found->state;
}

TEST(NodeMode, OneIsDecidedByTheFirstAndClosesTheOtherSlots) {
    for (const auto mode : {NodeMode::one, NodeMode::any}) {
        auto world = on({unit_heads(mode), adopt()});
        EXPECT_EQ(world.waiting(), "co: jtj.head jzy.head rsj.head");
        world.does("jzy.head", world.approve());
        EXPECT_EQ(world.waiting(), "adopt: office.head");
        EXPECT_EQ(slot(world, "co", "1"), SlotState::cancelled);
        EXPECT_EQ(slot(world, "co", "2"), SlotState::approved);
        world.when("jtj.head", world.approve("co")).refused_by("already_decided");
        EXPECT_THAT(world.when("jtj.head", world.approve("co")).detail(), HasSubstr("jzy.head"));
    }
}

TEST(NodeMode, AllPassesWithTheLastAndIsVetoedByTheFirstRefusal) {
    auto world = on({unit_heads(NodeMode::all), adopt()});
    world.does("jtj.head", world.approve()).does("rsj.head", world.approve());
    EXPECT_EQ(world.waiting(), "co: jzy.head");
    world.when("jtj.head", world.approve("co")).refused_by("already_decided");
    auto vetoed = world;
    world.does("jzy.head", world.approve());
    EXPECT_EQ(world.state("co"), NodeState::approved);
    vetoed.does("jzy.head", vetoed.reject());
    EXPECT_EQ(vetoed.approval().state, ApprovalState::rejected);
}

TEST(NodeMode, SeqAsksOneAfterTheOther) {
    auto world = on({unit_heads(NodeMode::seq), adopt()});
    EXPECT_EQ(world.waiting(), "co: jtj.head");
    world.when("jzy.head", world.approve("co")).refused_by("not_your_turn");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "co: jzy.head");
    world.does("jzy.head", world.reject());
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
    EXPECT_EQ(slot(world, "co", "3"), SlotState::cancelled) << "never asked";
}

TEST(NodeMode, VotePassesAndFailsAsSoonAsTheResultStands) {
    auto passing = on({vote("2/3"), adopt()});
    passing.does("jtj.head", passing.approve()).does("rsj.head", passing.approve());
    EXPECT_EQ(passing.state("co"), NodeState::approved);
    EXPECT_EQ(slot(passing, "co", "2"), SlotState::cancelled);
    auto failing = on({vote("2/3"), adopt()});
    failing.does("jtj.head", failing.reject());
    EXPECT_EQ(failing.waiting(), "co: jzy.head rsj.head");
    failing.does("rsj.head", failing.reject());
    EXPECT_EQ(failing.approval().state, ApprovalState::rejected);
}

TEST(NodeMode, VoteMayWaitForEveryVoter) {
    auto world = on({vote("1/3", Settle::all), adopt()});
    world.does("jtj.head", world.approve()).does("rsj.head", world.approve());
    EXPECT_EQ(world.waiting(), "co: jzy.head");
    world.does("jzy.head", world.reject());
    EXPECT_EQ(world.state("co"), NodeState::approved) << "whatever the minority";
}

TEST(NodeMode, VoteCountsWeightsAndHearsItsVeto) {
    auto node = vote(">1/2");
    node.vote->by = VoteBy::weight;
    node.who[0].weight = 3;
    auto world = on({node, adopt()});
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.state("co"), NodeState::approved) << "three of five";
    node.vote->veto = {at("#rsj", Post::head)};
    auto vetoed = on({node, adopt()});
    vetoed.does("jtj.head", vetoed.approve());
    EXPECT_EQ(vetoed.waiting(), "co: jzy.head rsj.head") << "the veto has not spoken";
    vetoed.does("rsj.head", vetoed.reject());
    EXPECT_EQ(vetoed.approval().state, ApprovalState::rejected);
}

TEST(NodeMode, VoteHearsTheVetoOfWhoHoldsTheSeatThatMay) {
    auto node = vote("2/3");
    node.who = {of_group("panel")};
    node.vote->veto = {at("#rsj", Post::head)};
    const Group panel{
        "panel", "评议组", {PersonId("jtj.head"), PersonId("jzy.head"), PersonId("rsj.head")}};
    GivenTask world;
    world.directory.groups["panel"] = panel;
    world.publish(route_of({node, adopt()}));
    submit_among_three(world);
    world.does("jtj.head", world.approve()).does("jzy.head", world.approve());
    EXPECT_EQ(world.waiting(), "co: rsj.head") << "he may veto, though he is asked by name";
    world.does("rsj.head", world.reject());
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
}

TEST(NodeMode, VoteHearsTheVetoOfWhoCameToTheSeatAfterTheRoundOpened) {
    auto node = vote("2/3");
    node.who = {of_group("panel")};
    node.vote->veto = {at("#rsj", Post::deputy)};
    node.vote->settle = Settle::all;
    GivenTask world;
    world.directory.groups["panel"] = {
        "panel", "评议组", {PersonId("jtj.head"), PersonId("jzy.head"), PersonId("rsj.head")}};
    world.publish(route_of({node, adopt()}));
    submit_among_three(world);
    world.fold(PostGranted{PersonId("rsj.head"), {rsj, Post::deputy, {}}}, "admin.security");
    world.does("rsj.head", world.reject());
    world.fold(PostRevoked{PersonId("rsj.head"), rsj, Post::deputy}, "admin.security");
    world.does("jtj.head", world.approve()).does("jzy.head", world.approve());
    EXPECT_EQ(world.approval().state, ApprovalState::rejected) << "he held it when he spoke";
}

TEST(NodeMode, RandomDrawsOneForTheWholeRound) {
    for (const std::uint64_t chance : {0U, 1U, 2U, 3U}) {
        GivenTask world;
        world.publish(route_of({unit_heads(NodeMode::random), adopt()}));
        world.chance = chance;
        submit_among_three(world);
        const char* const drawn[] = {"jtj.head", "jzy.head", "rsj.head"};
        EXPECT_EQ(world.waiting(), std::string("co: ") + drawn[chance % 3]);
        world.when(drawn[(chance + 1) % 3], world.approve()).forbidden();
        world.does(drawn[chance % 3], world.approve());
        EXPECT_EQ(world.waiting(), "adopt: office.head");
    }
}

TEST(NodeMode, ClaimBindsTheWorkToOneOfThePool) {
    auto node = asks("check", {at("office", Post::clerk)}, NodeMode::claim);
    auto world = on({node, adopt()});
    world.grant("rsj.clerk", office, Post::clerk);
    world.when("office.clerk", world.approve()).refused_by("claim_first");
    world.does("office.clerk", ClaimSlot{approval_1, "check", ""});
    EXPECT_EQ(world.waiting(), "check: office.clerk");
    const auto second = world.when("rsj.clerk", ClaimSlot{approval_1, "check", ""});
    second.refused_by("already_claimed");
    EXPECT_THAT(second.detail(), HasSubstr("office.clerk"));
    world.when("rsj.clerk", world.approve()).forbidden();
    world.when("rsj.clerk", ReleaseSlot{approval_1, "check", ""}).forbidden();
    auto released = world;
    released.does("office.clerk", ReleaseSlot{approval_1, "check", ""});
    EXPECT_EQ(released.waiting(), "check: office.clerk rsj.clerk");
    auto gone = world;
    gone.deactivate("office.clerk");
    EXPECT_EQ(gone.waiting(), "check: rsj.clerk") << "as if he had released it";
    gone.does("rsj.clerk", ClaimSlot{approval_1, "check", ""});
    world.does("office.clerk", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Dissent, IsRecordedAndGoesOn) {
    auto node = unit_heads(NodeMode::all);
    node.dissent = Dissent::record;
    auto world = on({node, adopt()});
    world.does("jtj.head", world.reject());
    EXPECT_EQ(world.waiting(), "co: jzy.head rsj.head");
    world.does("jzy.head", world.approve()).does("rsj.head", world.approve());
    EXPECT_EQ(world.state("co"), NodeState::dissented);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.history.rounds.back().round.slots[0].opinion, "not good enough");
}

TEST(Dissent, IsEscalatedInTheSameRound) {
    auto node = unit_heads(NodeMode::any);
    node.dissent = Dissent::escalate;
    for (const bool upheld : {false, true}) {
        auto world = on({node, adopt()});
        world.does("jzy.head", world.reject());
        EXPECT_EQ(world.waiting(), "co: zone.leader");
        EXPECT_EQ(world.node("co").round, 1U);
        if (upheld) {
            world.does("zone.leader", world.reject());
            EXPECT_EQ(world.approval().state, ApprovalState::rejected);
        } else {
            world.does("zone.leader", world.approve());
            EXPECT_EQ(world.state("co"), NodeState::dissented);
        }
    }
}

TEST(OpenRound, ForNobodyIsSkippedRefusedOrGivenToAnother) {
    auto node = asks("deputy", {at("lead", Post::deputy)});
    node.empty = OnEmpty::skip;
    EXPECT_EQ(on({node, adopt()}).waiting(), "adopt: office.head");
    node.empty = OnEmpty::admin;
    EXPECT_EQ(on({node, adopt()}).waiting(), "deputy: office.head");
    node.empty = OnEmpty::seat;
    node.stand_in = SeatSelector{"lead", Post::head};
    EXPECT_EQ(on({node, adopt()}).waiting(), "deputy: jtj.head");
    node.empty = OnEmpty::reject;
    node.stand_in.reset();
    GivenTask world;
    world.publish(route_of({node, adopt()})).signed_in();
    world.when("jtj.clerk", SubmitReport{task_1, {}, content_1()}).refused_by("no_holder");
}

TEST(OpenRound, AsksNobodyWhoReadsNoBusiness) {
    for (const auto* person : {"admin.system", "nobody"}) {
        auto node = asks("outside", {});
        node.who.emplace_back().user = PersonId(person);
        node.empty = OnEmpty::admin;
        GivenTask world;
        world.publish(route_of({node, adopt()})).submitted();
        EXPECT_EQ(world.waiting(), "outside: office.head");
        GivenTask strict;
        node.empty = OnEmpty::reject;
        strict.publish(route_of({node, adopt()})).signed_in();
        strict.when("jtj.clerk", SubmitReport{task_1, {}, content_1()}).refused_by("no_holder");
    }
}

TEST(OpenRound, FollowsTheDirectoryWhileItIsOpen) {
    auto world = on({asks("head", {at("lead", Post::head)}), adopt()});
    world.grant("jtj.section", jtj, Post::head);
    EXPECT_EQ(world.waiting(), "head: jtj.head jtj.section");
    world.grant("jtj.head", jtj, Post::clerk)
        .revoke("jtj.head", jtj, Post::head)
        .deactivate("jtj.section");
    EXPECT_EQ(world.waiting(), "head: office.head") << "no approval waits for nobody";
    world.when("jtj.head", world.approve()).forbidden();
    world.does("office.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(OpenRound, KeepsTheAuthorAway) {
    auto node = asks("clerk", {at("lead", Post::clerk)});
    node.self = OnSelf::superior;
    EXPECT_EQ(on({node, adopt()}).waiting(), "clerk: jtj.section");
    node.self = OnSelf::head;
    EXPECT_EQ(on({node, adopt()}).waiting(), "clerk: jtj.head");
    node.self = OnSelf::skip;
    EXPECT_EQ(on({node, adopt()}).waiting(), "adopt: office.head");
    GivenTask shared;
    shared.grant("jtj.section", jtj, Post::clerk);
    shared.publish(route_of({node, adopt()})).submitted();
    EXPECT_EQ(shared.waiting(), "clerk: jtj.section");
    shared.when("jtj.clerk", shared.approve()).forbidden();
}

TEST(OpenRound, AsksNobodyTwiceWhereTheRouteSaysSo) {
    auto nodes = [] {
        return std::vector<RouteNode>{asks("one", {at("lead", Post::section)}),
                                      asks("two", {at("lead", Post::head)}),
                                      asks("three", {at("lead", Post::section)}), adopt()};
    };
    for (const auto& [rule, waits] : {std::pair{Dedupe::none, "three: jtj.section"},
                                      std::pair{Dedupe::adjacent, "three: jtj.section"},
                                      std::pair{Dedupe::once, "adopt: office.head"}}) {
        GivenTask world;
        auto route = route_of(nodes());
        route.dedupe = rule;
        world.publish(route).submitted();
        world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
        EXPECT_EQ(world.waiting(), waits) << static_cast<int>(rule);
    }
    GivenTask neighbours;
    auto route = route_of(nodes());
    route.dedupe = Dedupe::adjacent;
    neighbours.grant("jtj.section", jtj, Post::head).deactivate("jtj.head");
    neighbours.publish(route).submitted();
    neighbours.does("jtj.section", neighbours.approve());
    EXPECT_EQ(neighbours.state("two"), NodeState::skipped);
}

TEST(OpenRound, AsksWhomTheOneBeforeHasPicked) {
    auto picked = asks("expert", {Selector{}}, NodeMode::all);
    picked.who[0].pick = PickBy::prev;
    picked.who[0].from = SeatSelector{"coop", Post::head};
    picked.who[0].max = 1;
    auto world = on({asks("head", {at("lead", Post::head)}), picked, adopt()});
    world.when("jtj.head", world.approve()).refused_by("pick");
    auto command = world.approve();
    command.picks = {{"expert", {PersonId("jtj.clerk")}}};
    world.when("jtj.head", command).refused_by("pick");
    command.picks = {{"expert", {PersonId("jzy.head"), PersonId("jzy.head")}}};
    world.when("jtj.head", command).refused_by("pick");
    command.picks = {{"expert", {PersonId("jzy.head")}}};
    world.does("jtj.head", command);
    EXPECT_EQ(world.waiting(), "expert: jzy.head");
}

TEST(OpenRound, AsksTheMembersOfAGroupEachOnce) {
    GivenTask world;
    world.fold(
        Event(GroupPut{{"panel", "评议组", {PersonId("rsj.head"), PersonId("zone.leader")}}}),
        system_actor);
    Selector group;
    group.group = "panel";
    Selector leader;
    leader.user = PersonId("zone.leader");
    world.publish(route_of({asks("panel", {group, leader}, NodeMode::all), adopt()}));
    submit_among_three(world);
    EXPECT_EQ(world.waiting(), "panel: rsj.head zone.leader");
    EXPECT_EQ(world.node("panel").slots.size(), 2U);
}

TEST(Standing, OfAProxyIsUsedOnlyWhereTheSlotIsNamed) {
    auto world = on(
        {asks("all", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::all), adopt()});
    world.proxy("jtj.section", "jtj.head");
    world.does("jtj.head", world.approve());
    world.when("jtj.head", world.approve()).refused_by("already_decided");
    auto named = world.approve("all");
    named.slot = "1";
    world.does("jtj.head", named);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("all").slots[0].on_behalf_of, PersonId("jtj.section"));
}

TEST(Standing, AsksForTheNodeWhereOneCanActInSeveral) {
    auto world = on({block("p", NodeKind::par,
                           {branch({asks("a", {at("lead", Post::head)})}),
                            branch({asks("b", {at("lead", Post::head)})})}),
                     adopt()});
    world.when("jtj.head", world.approve()).field("node");
    world.does("jtj.head", world.approve("b"));
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

}  // namespace
}  // namespace duban
