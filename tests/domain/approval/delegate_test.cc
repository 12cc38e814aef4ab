// Asking another for his opinion on a slot, and his answer.
#include <gtest/gtest.h>

#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

GivenTask at_head() {
    GivenTask world;
    world.publish(route_of({offers_all(asks("head", {at("lead", Post::head)})), adopt()}))
        .submitted();
    return world;
}

DelegateSlot delegate_to(const char* person) {
    return {approval_1, "head", "", PersonId(person), "请核实"};
}

ResolveSlot resolve(const GivenTask& world, const char* opinion = "数据属实") {
    const auto& approval = world.approval();
    return {approval_1, "head", "", approval.revision, approval.revision_digest, opinion};
}

const ReclaimSlot take_back{approval_1, "head", ""};

TEST(DelegateSlot, ComesBackToTheDelegatorWithTheOpinion) {
    auto world = at_head();
    world.does("jtj.head", delegate_to("jtj.section"));
    EXPECT_EQ(world.waiting(), "head: jtj.section");
    EXPECT_EQ(world.node("head").slots[0].state, SlotState::waiting);
    world.when("jtj.section", world.approve("head")).refused_by("delegated");
    world.when("jtj.head", world.approve("head")).refused_by("delegated");
    world.when("jtj.head", resolve(world)).refused_by("delegated");
    world.when("jtj.section", resolve(world, "")).field("opinion");
    world.does("jtj.section", resolve(world));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    const auto& slot = world.node("head").slots[0];
    ASSERT_EQ(slot.delegation.size(), 1U);
    EXPECT_EQ(slot.delegation[0].opinion, "数据属实");
    EXPECT_EQ(slot.delegation[0].question, "请核实");
    world.when("jtj.section", resolve(world)).forbidden();
    world.when("jtj.head", resolve(world)).refused_by("act_not_offered");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(DelegateSlot, ReturnsAlongAChainToTheFirstDelegator) {
    auto world = at_head();
    world.grant("jtj.clerk", jtj, Post::deputy);
    world.does("jtj.head", delegate_to("jtj.section"));
    world.does("jtj.section", delegate_to("jtj.clerk"));
    EXPECT_EQ(world.waiting(), "head: jtj.clerk");
    world.does("jtj.clerk", resolve(world));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(world.node("head").slots[0].delegation.size(), 2U);
}

TEST(DelegateSlot, StaysInTheUnitOfTheSeatAlongTheChain) {
    auto world = at_head();
    world.when("jtj.head", delegate_to("jzy.head")).refused_by("other_unit");
    world.does("jtj.head", delegate_to("jtj.section"));
    world.when("jtj.section", delegate_to("jzy.section")).refused_by("other_unit");
    world.when("jtj.section", delegate_to("jtj.head")).refused_by("already_signer");
}

TEST(DelegateSlot, IsTakenBackByTheFirstDelegatorWhateverTheRouteSays) {
    auto world = at_head();
    world.does("jtj.head", delegate_to("jtj.section"));
    world.when("jtj.section", take_back).refused_by("too_late");
    world.when("jzy.head", take_back).forbidden();
    world.when("jtj.head", take_back).gives({DelegationTakenBack{approval_1, "head", 1, "1"}});
    world.does("jtj.head", take_back);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.when("jtj.section", resolve(world)).forbidden();
}

TEST(DelegateSlot, IsAsIfTakenBackWhenTheDelegateIsGone) {
    auto world = at_head();
    world.does("jtj.head", delegate_to("jtj.section"));
    world.revoke("jtj.section", jtj, Post::section);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(DelegateSlot, OfAPersonComesBackToThePerson) {
    Selector person;
    person.user = PersonId("zone.leader");
    GivenTask world;
    world.publish(route_of({offers_all(asks("head", {person})), adopt()})).submitted();
    world.does("zone.leader", delegate_to("jtj.head"));
    world.does("jtj.head", delegate_to("jzy.head"));
    world.does("jzy.head", resolve(world));
    EXPECT_EQ(world.waiting(), "head: zone.leader");
    world.when("jtj.head", world.approve("head")).forbidden();
}

TEST(ResolveSlot, NamesTheRevisionThatWasRead) {
    auto world = at_head();
    world.does("jtj.head", delegate_to("jtj.section"));
    auto stale = resolve(world);
    stale.revision = 7;
    world.when("jtj.section", stale).refused_by("wrong_revision");
}

}  // namespace
}  // namespace duban
