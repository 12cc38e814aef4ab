// Signers who are added before, with and after a slot, and dropped again.
#include <gtest/gtest.h>

#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "domain/report/report_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

GivenTask with_node(RouteNode node) {
    GivenTask world;
    world.publish(route_of({offers_all(std::move(node)), adopt()})).submitted();
    return world;
}

GivenTask at_head(Dissent dissent = Dissent::veto) {
    auto node = asks("head", {at("lead", Post::head)});
    node.dissent = dissent;
    return with_node(std::move(node));
}

AddSigners add(SignerPos pos, std::vector<const char*> who, NodeMode mode = NodeMode::all,
               const char* slot = "") {
    AddSigners command{approval_1, "head", slot, pos, {}, mode};
    for (const auto* person : who) command.who.emplace_back(person);
    return command;
}

SlotState slot(const GivenTask& world, const char* number) {
    const auto* found = find_slot(world.node("head"), number);
    return found == nullptr ? SlotState::idle : found->state;
}

TEST(AddSigners, BeforeMakeTheAdderWaitForAllOfThem) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::before, {"jtj.section", "jzy.head"}));
    EXPECT_EQ(world.waiting(), "head: jtj.section jzy.head");
    EXPECT_EQ(slot(world, "1"), SlotState::waiting);
    world.when("jtj.head", world.approve("head")).refused_by("waits_for_added");
    world.when("jtj.head", world.send_back("start")).refused_by("waits_for_added");
    world.does("jtj.section", world.approve("head")).does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(AddSigners, WithWorkAtTheSameTimeAndEndWithTheAdder) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::with, {"jzy.head"}));
    EXPECT_EQ(world.waiting(), "head: jtj.head jzy.head");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(slot(world, "1"), SlotState::passing);
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    world.when("jtj.head", world.approve("head")).refused_by("already_decided");
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.state("head"), NodeState::approved);
}

TEST(AddSigners, AfterAreAskedInTurnOnceTheAdderApproved) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::after, {"jtj.section", "jzy.head"}, NodeMode::seq));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(slot(world, "1.1"), SlotState::idle);
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.section");
    world.when("jzy.head", world.approve("head")).refused_by("not_your_turn");
    world.does("jtj.section", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(AddSigners, AddOthersInTurnAndWaitForThem) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::before, {"jzy.head"}));
    world.does("jzy.head", add(SignerPos::before, {"jzy.section"}));
    EXPECT_EQ(world.waiting(), "head: jzy.section");
    EXPECT_EQ(slot(world, "1.1"), SlotState::waiting);
    EXPECT_EQ(slot(world, "1.1.1"), SlotState::open);
    world.does("jzy.section", world.approve("head")).does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(AddSigners, OfASetOfModeAnyAreClosedByTheFirst) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::before, {"jtj.section", "jzy.head"}, NodeMode::any));
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(slot(world, "1.1"), SlotState::cancelled);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(AddSigners, RefuseAtOnceWhereARefusalDecides) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::before, {"jtj.section", "jzy.head"}));
    world.does("jzy.head", world.reject("head"));
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
}

TEST(AddSigners, LetTheAdderSpeakWhereARefusalIsRecorded) {
    auto world = at_head(Dissent::record);
    world.does("jtj.head", add(SignerPos::before, {"jzy.head"}));
    world.does("jzy.head", world.reject("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.state("head"), NodeState::dissented);
    EXPECT_EQ(world.node("head").slots[0].state, SlotState::approved);
    EXPECT_EQ(world.node("head").slots[0].said, Said::no);
}

TEST(AddSigners, AfterLapseWhenTheAdderRefuses) {
    auto world = at_head(Dissent::record);
    world.does("jtj.head", add(SignerPos::after, {"jzy.head"}));
    world.does("jtj.head", world.reject("head"));
    EXPECT_EQ(world.state("head"), NodeState::dissented);
    EXPECT_EQ(slot(world, "1.1"), SlotState::cancelled);
}

TEST(AddSigners, WithAddVotersToAVote) {
    auto node = asks("head", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::vote);
    node.vote = VoteRule{VoteBy::head, "2/3", Settle::early, {}};
    auto world = with_node(std::move(node));
    world.does("jtj.head", add(SignerPos::with, {"jzy.head"}));
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(slot(world, "2"), SlotState::approved);
    EXPECT_EQ(world.state("head"), NodeState::open);
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.state("head"), NodeState::approved);
}

TEST(AddSigners, MakeTheAddersVoteARefusalByTheirs) {
    auto node = asks("head", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::vote);
    node.vote = VoteRule{VoteBy::head, "1/2", Settle::early, {}};
    auto world = with_node(std::move(node));
    world.does("jtj.head", add(SignerPos::before, {"jzy.head"}));
    world.does("jzy.head", world.reject("head"));
    EXPECT_EQ(slot(world, "2"), SlotState::rejected);
    EXPECT_EQ(world.waiting(), "head: jtj.section");
    world.does("jtj.section", world.approve("head"));
    EXPECT_EQ(world.state("head"), NodeState::approved);
}

TEST(AddSigners, AreActivePersonsWhoSeeItAndDoNotSignYet) {
    auto world = at_head();
    world.when("jtj.head", add(SignerPos::before, {"rsj.head"})).refused_by("no_sight");
    world.when("jtj.head", add(SignerPos::before, {"jtj.head"})).refused_by("already_signer");
    world.when("jtj.head", add(SignerPos::before, {"jzy.head", "jzy.head"}))
        .refused_by("already_signer");
    world.when("jtj.head", add(SignerPos::before, {"nobody"})).field("who[0]");
    world.when("jtj.head", add(SignerPos::before, {})).field("who");
    world.when("jtj.head", add(SignerPos::before, {"jzy.head"}, NodeMode::vote)).field("mode");
    world.when("jzy.head", add(SignerPos::before, {"jzy.section"})).forbidden();
}

TEST(AddSigners, StandAsTheyWereWhenAReturnComesBack) {
    auto node = returning(asks("head", {at("lead", Post::head)}), {"start"}, Resume::jump);
    auto world = with_node(std::move(node));
    world.does("jtj.head", add(SignerPos::before, {"jtj.section", "jzy.head"}));
    world.does("jtj.section", world.approve("head"));
    world.does("jzy.head", world.send_back("start"));
    auto content = content_1();
    content.problems = "已核对";
    world.does("jtj.clerk", ReviseReport{report_1, content, "", {}});
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    EXPECT_EQ(slot(world, "1"), SlotState::waiting);
    EXPECT_EQ(slot(world, "1.1"), SlotState::kept);
    world.does("jzy.head", world.approve("head")).does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(DropSigner, IsForWhoAddedHimBeforeHeActs) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::before, {"jtj.section", "jzy.head"}));
    world.when("jzy.head", DropSigner{approval_1, "head", "1.1"}).refused_by("not_added");
    world.when("jtj.head", DropSigner{approval_1, "head", "1"}).refused_by("not_added");
    world.when("jtj.head", DropSigner{approval_1, "head", "9"}).field("slot");
    world.does("jtj.section", world.approve("head"));
    world.when("jtj.head", DropSigner{approval_1, "head", "1.1"}).refused_by("already_decided");
    world.does("jtj.head", DropSigner{approval_1, "head", "1.2"});
    EXPECT_EQ(slot(world, "1.2"), SlotState::dropped);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.when("jzy.head", world.approve("head")).forbidden();
}

TEST(DropSigner, OfTheLastOneLetsTheAdderGoOn) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::after, {"jzy.head"}));
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    world.does("jtj.head", DropSigner{approval_1, "head", "1.1"});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(AddSigners, WithWhoRefusesForTheRecordHoldTheTurn) {
    auto turn = offers_all(
        asks("turn", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::seq));
    turn.dissent = Dissent::record;
    GivenTask world;
    world.publish(route_of({turn, adopt()})).submitted();
    world.does(
        "jtj.section",
        AddSigners{approval_1, "turn", "", SignerPos::with, {PersonId("jzy.head")}, NodeMode::all});
    world.does("jtj.section", world.reject("turn"));
    EXPECT_EQ(world.waiting(), "turn: jzy.head");
    world.does("jzy.head", world.approve("turn"));
    EXPECT_EQ(world.waiting(), "turn: jtj.head");
    world.does("jtj.head", world.approve("turn"));
    EXPECT_EQ(world.state("turn"), NodeState::dissented);
}

}  // namespace
}  // namespace duban
