// Copies of an approval, and reading them.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

GivenTask submitted() {
    auto head = asks("head", {at("lead", Post::head)});
    head.acts.push_back(Act::cc);
    GivenTask world;
    world.publish(route_of({head, adopt()})).submitted();
    return world;
}

CopyApproval copy_to(std::vector<PersonId> to) {
    return {approval_1, std::move(to)};
}

TEST(CopyApproval, IsForTheStarterTheOfficeAndWhoIsAskedWhereItIsOffered) {
    const auto world = submitted();
    const PersonId section("jtj.section");
    for (const auto* actor : {"jtj.clerk", "office.clerk", "office.head", "jtj.head"}) {
        world.when(actor, copy_to({section})).gives({ApprovalCopied{approval_1, {section}}});
    }
    for (const auto* actor : {"jtj.section", "jzy.head", "zone.leader"}) {
        world.when(actor, copy_to({section})).forbidden();
    }
}

TEST(CopyApproval, GivesNobodyASecondOne) {
    auto world = submitted();
    world.does("jtj.clerk", copy_to({PersonId("jtj.section"), PersonId("jtj.section")}));
    ASSERT_EQ(world.approval().copies.size(), 1U);
    EXPECT_EQ(world.approval().copies[0].reason, CopyReason::manual);
    EXPECT_EQ(world.approval().copies[0].by, PersonId("jtj.clerk"));
    world.when("jtj.clerk", copy_to({PersonId("jtj.section"), PersonId("jzy.head")}))
        .gives({ApprovalCopied{approval_1, {PersonId("jzy.head")}}});
    world.when("jtj.clerk", copy_to({PersonId("jtj.section")})).gives({});
}

TEST(CopyApproval, ShowsNothingToWhoDoesNotSeeTheTask) {
    auto world = submitted();
    for (const auto* person : {"rsj.head", "nobody"}) {
        world.when("jtj.clerk", copy_to({PersonId("jtj.section"), PersonId(person)}))
            .refused_by("no_sight");
    }
    world.when("jtj.clerk", copy_to({})).field("to");
    world.deactivate("jtj.section");
    world.when("jtj.clerk", copy_to({PersonId("jtj.section")})).refused_by("no_sight");
}

TEST(ReadApproval, MarksOnesOwnCopiesOnce) {
    auto world = submitted();
    world.when("jtj.section", ReadApproval{approval_1}).refused_by("no_copy");
    world.does("jtj.clerk", copy_to({PersonId("jtj.section"), PersonId("jzy.head")}));
    const auto time = world.now;
    world.does("jtj.section", ReadApproval{approval_1});
    EXPECT_EQ(world.approval().copies[0].read_at, time);
    EXPECT_FALSE(world.approval().copies[1].read_at);
    world.when("jtj.section", ReadApproval{approval_1}).gives({});
    world.when("jtj.clerk", ReadApproval{approval_1}).refused_by("no_copy");
}

}  // namespace
}  // namespace duban
