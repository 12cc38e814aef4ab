// Taking a decision back while nobody has touched what followed from it.
#include <gtest/gtest.h>

#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "domain/report/report_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

GivenTask on(std::vector<RouteNode> nodes) {
    auto route = route_of(std::move(nodes));
    route.reclaim = true;
    GivenTask world;
    world.publish(std::move(route)).submitted();
    return world;
}

RouteNode section(Resume then = Resume::jump) {
    return returning(offers_all(asks("section", {at("lead", Post::section)})), {"start"}, then);
}
RouteNode head(Resume then = Resume::rerun) {
    return returning(offers_all(asks("head", {at("lead", Post::head)})), {"start", "#section"},
                     then);
}
ReclaimSlot back(const char* node = "", const char* slot = "") {
    return {approval_1, node, slot};
}

SlotState slot(const GivenTask& world, const char* node, const char* number) {
    const auto* found = find_slot(world.node(node), number);
    return found == nullptr ? SlotState::idle : found->state;
}

TEST(ReclaimSlot, OpensTheNodeAnewWhileTheNextIsUntouched) {
    auto world = on({section(), head(), adopt()});
    world.does("jtj.section", world.approve("section"));
    world.does("jtj.section", back("section"));
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    EXPECT_EQ(world.node("section").round, 2U);
    EXPECT_EQ(world.node("section").slots[0].taken_back.size(), 1U);
    EXPECT_EQ(world.state("head"), NodeState::cancelled);
    world.does("jtj.section", world.approve("section"));
    EXPECT_EQ(world.node("head").round, 2U);
}

TEST(ReclaimSlot, IsTooLateOnceTheNextIsTouched) {
    auto world = on({section(), head(), adopt()});
    world.does("jtj.section", world.approve("section"));
    world.does("jtj.head", DelegateSlot{approval_1, "head", "", PersonId("jtj.clerk"), ""});
    world.when("jtj.section", back("section")).refused_by("too_late");
}

TEST(ReclaimSlot, IsForWhoDecidedAndWhereTheRouteLetsHim) {
    auto world = on({section(), head(), adopt()});
    world.does("jtj.section", world.approve("section"));
    world.when("jtj.head", back("section")).forbidden();
    world.when("jtj.head", back()).refused_by("too_late");
    GivenTask strict;
    strict.publish(route_of({section(), head(), adopt()})).submitted();
    strict.does("jtj.section", strict.approve("section"));
    strict.when("jtj.section", back("section")).refused_by("act_not_offered");
}

TEST(ReclaimSlot, IsTooLateOnceTheApprovalIsClosed) {
    auto world = on({adopt()});
    world.does("office.head", world.approve("adopt"));
    world.when("office.head", back("adopt")).refused_by("too_late");
}

TEST(ReclaimSlot, OpensTheSlotAgainInARoundThatIsStillOpen) {
    auto all = asks("all", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::all);
    all.dissent = Dissent::record;
    auto world = on({all, adopt()});
    world.does("jtj.section", world.reject("all"));
    world.does("jtj.section", back("all"));
    EXPECT_EQ(world.node("all").round, 1U);
    EXPECT_EQ(slot(world, "all", "1"), SlotState::open);
    ASSERT_EQ(world.node("all").slots[0].taken_back.size(), 1U);
    EXPECT_EQ(world.node("all").slots[0].taken_back[0].said, Said::no);
    world.does("jtj.section", world.approve("all")).does("jtj.head", world.approve("all"));
    world.when("jtj.section", back("all")).refused_by("too_late");
    EXPECT_EQ(world.state("all"), NodeState::approved);
}

TEST(ReclaimSlot, GivesTheTurnBackWhileTheNextInTurnIsUntouched) {
    auto turn = offers_all(
        asks("turn", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::seq));
    auto world = on({turn, adopt()});
    world.does("jtj.section", world.approve("turn"));
    world.does("jtj.section", back("turn"));
    EXPECT_EQ(world.waiting(), "turn: jtj.section");
    EXPECT_EQ(slot(world, "turn", "2"), SlotState::idle);
    world.does("jtj.section", world.approve("turn"));
    world.does("jtj.head", DelegateSlot{approval_1, "turn", "", PersonId("jtj.clerk"), ""});
    world.when("jtj.section", back("turn")).refused_by("too_late");
}

TEST(ReclaimSlot, PutsAJoinInProgressAgain) {
    auto fork =
        block("fork", NodeKind::par,
              {branch({section()}), branch({offers_all(asks("other", {at("lead", Post::head)}))})});
    auto world = on({fork, adopt()});
    world.does("jtj.section", world.approve("section")).does("jtj.head", world.approve("other"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    world.when("jtj.section", back("section")).refused_by("too_late");
    world.does("jtj.head", back("other"));
    EXPECT_EQ(world.waiting(), "other: jtj.head");
    EXPECT_EQ(world.state("fork"), NodeState::open);
    EXPECT_EQ(world.state("section"), NodeState::approved);
    EXPECT_EQ(world.state("adopt"), NodeState::cancelled);
    world.does("jtj.head", world.approve("other"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(ReclaimSlot, OfAReturnLeavesWhatStoodAndWhatWasOpen) {
    auto world = on({section(), head(), adopt()});
    world.does("jtj.section", world.approve("section"));
    world.does("jtj.head", world.send_back("start"));
    EXPECT_EQ(world.approval().state, ApprovalState::returned);
    EXPECT_EQ(world.state("section"), NodeState::idle);
    world.does("jtj.head", back("head"));
    EXPECT_EQ(world.approval().state, ApprovalState::running);
    EXPECT_TRUE(world.approval().stack.empty());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(world.state("section"), NodeState::approved);
    EXPECT_EQ(world.state("fill"), NodeState::approved);
    EXPECT_EQ(world.node("head").round, 2U);
    world.when("jtj.clerk", ReviseReport{report_1, content_1(), "", {}})
        .refused_by("report_not_returned");
}

TEST(ReclaimSlot, OfAnAnswerPutsTheReturnBackOnTheStack) {
    auto world = on({section(), head(Resume::jump), adopt()});
    world.does("jtj.section", world.approve("section"));
    world.does("jtj.head", world.send_back("#section"));
    ASSERT_EQ(world.approval().stack.size(), 1U);
    world.does("jtj.section", world.approve("section"));
    EXPECT_TRUE(world.approval().stack.empty());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.section", back("section"));
    ASSERT_EQ(world.approval().stack.size(), 1U);
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    world.does("jtj.section", world.approve("section"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(ReclaimSlot, OfAReturnWithinANodeInTurnLeavesTheDecisionsBeforeIt) {
    auto turn = asks("turn", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::seq);
    auto world = on({returning(offers_all(turn), {"prev", "start"}, Resume::jump), adopt()});
    world.does("jtj.section", world.approve("turn"));
    world.does("jtj.head", world.send_back("prev"));
    EXPECT_EQ(world.waiting(), "turn: jtj.section");
    world.does("jtj.head", back("turn"));
    EXPECT_EQ(world.waiting(), "turn: jtj.head");
    EXPECT_EQ(slot(world, "turn", "1"), SlotState::kept);
    world.does("jtj.head", world.approve("turn"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(ReclaimSlot, OfAReturnIsTooLateOnceItsTargetIsPassed) {
    auto world = on({section(), head(Resume::jump), adopt()});
    world.does("jtj.section", world.approve("section"));
    world.does("jtj.head", world.send_back("start"));
    auto content = content_1();
    content.problems = "已核对";
    world.does("jtj.clerk", ReviseReport{report_1, content, "", {}});
    world.when("jtj.head", back("head")).refused_by("too_late");
}

TEST(ReclaimSlot, OfASignerAddedBeforeMakesTheAdderWaitAgain) {
    auto world = on({head(), adopt()});
    world.does(
        "jtj.head",
        AddSigners{
            approval_1, "head", "", SignerPos::before, {PersonId("jzy.head")}, NodeMode::all});
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jzy.head", back("head"));
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    EXPECT_EQ(slot(world, "head", "1"), SlotState::waiting);
    world.does("jzy.head", world.approve("head")).does("jtj.head", world.approve("head"));
    world.when("jzy.head", back("head")).refused_by("too_late");
}

TEST(ReclaimSlot, OfARefusalTakesTheSuperiorsSlotAway) {
    auto node =
        offers_all(asks("all", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::one));
    node.dissent = Dissent::escalate;
    auto world = on({node, adopt()});
    world.does("jtj.section", world.reject("all"));
    EXPECT_EQ(world.waiting(), "all: zone.leader");
    world.does("jtj.section", back("all"));
    EXPECT_EQ(world.waiting(), "all: jtj.head jtj.section");
    world.does("jtj.section", world.reject("all"));
    world.does("zone.leader", world.approve("all"));
    EXPECT_EQ(world.state("all"), NodeState::dissented);
    world.does("zone.leader", back("all"));
    EXPECT_EQ(world.waiting(), "all: zone.leader") << "he decides for those who had not spoken";
    EXPECT_EQ(slot(world, "all", "1"), SlotState::kept);
    EXPECT_EQ(slot(world, "all", "2"), SlotState::cancelled);
}

// The section's second word opens the block again, and the head takes his own word in it back.
TEST(ReclaimSlot, IsTooLateOnceSomethingElseIsOpenInTheBlockThatItOpened) {
    auto b = returning(offers_all(asks("b", {at("#jzy", Post::head)})), {"prev"}, Resume::rerun,
                       Branches::keep);
    auto world =
        on({section(), block("p", NodeKind::par, {branch({b}), branch({head()})}), adopt()});
    world.does("jtj.section", world.approve("section")).does("jtj.head", world.approve("head"));
    auto return_b = world.send_back("section");
    return_b.node = "b";
    world.does("jzy.head", return_b);
    world.does("jtj.section", world.approve("section"));
    world.does("jtj.head", back("head"));
    world.when("jtj.section", back("section")).refused_by("too_late");
}

// Signers on signers, and the slot for which they wait is given to somebody else meanwhile.
TEST(ReclaimSlot, MakesThoseWaitAgainForWhomASignerWasAdded) {
    auto world = on({head(), adopt()});
    const auto add = [&](const char* actor, const char* to, SignerPos pos,
                         std::vector<PersonId> who, NodeMode mode) {
        world.does(actor, AddSigners{approval_1, "head", to, pos, std::move(who), mode});
    };
    add("jtj.head", "1", SignerPos::before, {PersonId("jzy.head")}, NodeMode::any);
    add("jzy.head", "1.1", SignerPos::after, {PersonId("jzy.clerk"), PersonId("jtj.clerk")},
        NodeMode::one);
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(slot(world, "head", "1.1"), SlotState::passing);
    world.does("jzy.clerk", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("office.head",
               ReassignSlot{approval_1, "head", "1", PersonId("jzy.section"), "why"});
    world.does("jzy.clerk", back("head"));
    EXPECT_EQ(slot(world, "head", "1.1"), SlotState::passing);
    EXPECT_EQ(world.waiting(), "head: jtj.clerk jzy.clerk");
}

TEST(ReclaimSlot, OfAnApprovalBehindADeferredReturnLeavesItWaitingForItsTarget) {
    const auto any = [](RouteNode node, Resume then) {
        return returning(offers_all(std::move(node)), {"any", "start"}, then);
    };
    auto world = on({block("p", NodeKind::par,
                           {branch({any(head(), Resume::rerun)}),
                            branch({any(asks("b", {at("#jzy", Post::section)}), Resume::rerun)})}),
                     any(adopt(), Resume::jump)});
    world.does("jtj.head", world.approve("head")).does("jzy.section", world.approve("b"));
    world.does("office.head", world.send_back("b"));
    world.does("jzy.section", world.send_back("start"));
    auto content = content_1();
    content.problems = "已核对";
    world.does("jtj.clerk", ReviseReport{report_1, content, "", {}});
    const auto before = world.approval().stack;
    world.does("jzy.section", world.approve("b"));
    ASSERT_EQ(world.approval().stack.size(), 1U);
    EXPECT_EQ(world.approval().stack[0].to, "p");
    world.does("jzy.section", back("b"));
    EXPECT_EQ(world.approval().stack, before);
    EXPECT_EQ(world.waiting(), "head: jtj.head; b: jzy.section");
}

}  // namespace
}  // namespace duban
