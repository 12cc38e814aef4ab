// Giving a slot on for good, by its holder or by the head of the office.
#include <gtest/gtest.h>

#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

RouteNode lead_head() {
    return offers_all(asks("head", {at("lead", Post::head)}));
}

GivenTask at_head() {
    GivenTask world;
    world.publish(route_of({lead_head(), adopt()})).submitted();
    return world;
}

TransferSlot transfer_to(const char* person, const char* slot = "") {
    return {approval_1, "head", slot, PersonId(person), ""};
}

ReassignSlot reassign_to(const char* person, const char* slot = "") {
    return {approval_1, "head", slot, PersonId(person), "负责人出差"};
}

TEST(TransferSlot, PutsAnotherInItsPlaceForGood) {
    auto world = at_head();
    world.when("jtj.head", transfer_to("jtj.section"))
        .gives({SlotTransferred{approval_1, "head", 1, "1", "2", PersonId("jtj.section"), jtj,
                                false, ""}});
    world.does("jtj.head", transfer_to("jtj.section"));
    EXPECT_EQ(world.waiting(), "head: jtj.section");
    EXPECT_EQ(world.node("head").slots[0].state, SlotState::transferred);
    EXPECT_EQ(world.node("head").slots[0].by, PersonId("jtj.head"));
    world.when("jtj.head", world.approve("head")).forbidden();
    world.does("jtj.section", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(TransferSlot, KeepsAUnitsSeatWithItsUnit) {
    auto world = at_head();
    world.when("jtj.head", transfer_to("jzy.head")).refused_by("other_unit");
    world.when("jtj.head", transfer_to("office.head")).refused_by("other_unit");
    world.when("jtj.head", transfer_to("rsj.head")).refused_by("no_sight");
    world.does("jtj.head", transfer_to("jtj.section"));
    world.when("jtj.section", transfer_to("jzy.head")).refused_by("other_unit");
}

TEST(TransferSlot, OfThePersonWhoLeavesHisUnitIsVacant) {
    auto world = at_head();
    world.does("jtj.head", transfer_to("jtj.section"));
    world.revoke("jtj.section", jtj, Post::section).grant("jtj.section", jzy, Post::section);
    EXPECT_EQ(world.waiting(), "head: office.head");
}

TEST(TransferSlot, OfTheOfficeGoesToWhoeverSeesTheApproval) {
    auto world = at_head();
    auto route = route_of({offers_all(adopt())});
    GivenTask office_world;
    office_world.publish(route).submitted();
    office_world.does("office.head",
                      TransferSlot{approval_1, "adopt", "", PersonId("jzy.head"), ""});
    EXPECT_EQ(office_world.waiting(), "adopt: jzy.head");
}

TEST(TransferSlot, IsForNobodyWhoSignsAlreadyOrIsUnknown) {
    auto world = at_head();
    world.when("jtj.head", transfer_to("jtj.head")).refused_by("already_signer");
    world.when("jtj.head", transfer_to("nobody")).field("to");
    world.deactivate("jtj.section");
    world.when("jtj.head", transfer_to("jtj.section")).field("to");
    world.when("jzy.head", transfer_to("jtj.section")).forbidden();
}

TEST(TransferSlot, IsNotForTheAuthorWhereTheNodeKeepsHimOut) {
    auto node = lead_head();
    node.self = OnSelf::skip;
    GivenTask world;
    world.publish(route_of({node, adopt()})).submitted();
    world.when("jtj.head", transfer_to("jtj.clerk")).refused_by("own_report");
}

TEST(TransferSlot, IsOfferedByTheNodeOrNot) {
    GivenTask world;
    world.publish(route_of({asks("head", {at("lead", Post::head)}), adopt()})).submitted();
    world.when("jtj.head", transfer_to("jtj.section")).refused_by("act_not_offered");
}

TEST(TransferSlot, StandsInTurnWhereTheOtherStood) {
    auto node = offers_all(
        asks("head", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::seq));
    GivenTask world;
    world.publish(route_of({node, adopt()})).submitted();
    world.does("jtj.section", transfer_to("jtj.clerk"));
    ASSERT_EQ(world.node("head").slots.size(), 3U);
    EXPECT_EQ(world.node("head").slots[1].slot, "3");
    world.when("jtj.head", world.approve("head")).refused_by("not_your_turn");
    world.does("jtj.clerk", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(ReassignSlot, IsForTheHeadOfTheOfficeAlone) {
    const auto world = at_head();
    for (const auto* actor : {"office.clerk", "jtj.head", "zone.leader"}) {
        world.when(actor, reassign_to("jtj.section")).forbidden();
    }
    auto silent = reassign_to("jtj.section");
    silent.opinion = "";
    world.when("office.head", silent).field("opinion");
}

TEST(ReassignSlot, GivesItToAnyActivePersonAsHisOwn) {
    auto world = at_head();
    world.does("jtj.head", transfer_to("jtj.section"));
    world.does("office.head", reassign_to("jzy.head"));
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    const auto& slots = world.node("head").slots;
    ASSERT_EQ(slots.size(), 3U);
    EXPECT_TRUE(slots[2].reassigned);
    EXPECT_TRUE(slots[2].unit.empty());
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(ReassignSlot, NeedsANodeThatIsOpenAndASlotThatIsAsked) {
    auto world = at_head();
    auto elsewhere = reassign_to("jtj.section");
    elsewhere.node = "adopt";
    world.when("office.head", elsewhere).refused_by("node_not_open");
    elsewhere.node = "nowhere";
    world.when("office.head", elsewhere).field("node");
    world.when("office.head", reassign_to("jtj.section", "7")).field("slot");
    world.does("office.head", reassign_to("jtj.section"));
    world.when("office.head", reassign_to("jtj.clerk", "1")).refused_by("already_decided");
}

}  // namespace
}  // namespace duban
