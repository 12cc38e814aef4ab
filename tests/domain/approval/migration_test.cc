// Running approvals on another version of their route.
#include "domain/approval/migration.h"

#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/approval/route_plan.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

RouteNode lead_section(const char* id = "section") {
    return asks(id, {at("lead", Post::section)});
}
RouteNode lead_signs(const char* id = "head") {
    return asks(id, {at("lead", Post::head)});
}
RouteNode leader_asks(const char* id) {
    return asks(id, {at("zone", Post::leader)});
}

Route version(std::int32_t ver, std::vector<RouteNode> nodes) {
    Route route = route_of(std::move(nodes));
    route.ver = ver;
    return route;
}

// A report is open on version 2.
GivenTask running_on(std::vector<RouteNode> nodes) {
    auto mandate = mandate_1();
    mandate.co = {jzy, rsj};
    GivenTask world;
    world.publish(version(2, std::move(nodes)));
    world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
        .does("jtj.clerk", SignAssignment{task_1, jtj})
        .does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    return world;
}

MigrateApproval to_3() {
    return {approval_1, 3, "启用新流程"};
}

GivenTask& migrated(GivenTask& world, std::vector<RouteNode> nodes) {
    world.publish(version(3, std::move(nodes)));
    return world.does("office.head", to_3());
}

Migration dry_run(const GivenTask& world) {
    const auto* from = find_route(world.routes, RouteId("report"), 2);
    const auto* to = find_route(world.routes, RouteId("report"), 3);
    return migration_of(world.approval(), *from, *to);
}

SkipReason reason(const GivenTask& world, const char* node) {
    EXPECT_EQ(world.state(node), NodeState::skipped) << node;
    return world.node(node).reason;
}

ReturnSlot returned_to(const GivenTask& world, const char* node, const char* to) {
    auto command = world.send_back(to);
    command.node = node;
    return command;
}

TEST(Migration, LeavesRunningApprovalsAloneUntilItIsOrdered) {
    auto world = running_on({lead_section(), lead_signs(), adopt()});
    world.publish(version(3, {lead_section(), adopt()}));
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(world.approval().route_version, 2);
}

TEST(Migration, GoesOnWithTheOpenRoundAndPassesOverWhatIsNewBeforeIt) {
    auto world = running_on({lead_section("pre"), lead_signs(), adopt()});
    world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
    const auto opened = world.node("adopt").opened;
    migrated(world, {lead_signs(), lead_section("sec2"), adopt(), leader_asks("last")});
    EXPECT_EQ(world.approval().route_version, 3);
    EXPECT_EQ(reason(world, "sec2"), SkipReason::migrated);
    EXPECT_EQ(world.state("pre"), NodeState::approved) << "what was decided stays";
    EXPECT_EQ(world.node("adopt").opened, opened);
    EXPECT_EQ(world.node("adopt").round, 1U);
    world.does("office.head", world.approve());
    EXPECT_EQ(world.waiting(), "last: zone.leader") << "what comes later is new too";
    world.does("zone.leader", world.approve());
    EXPECT_EQ(world.approval().state, ApprovalState::passed);
}

TEST(Migration, RecordsTheOrderAndWhatFollowed) {
    auto world = running_on({lead_signs(), adopt()});
    world.publish(version(3, {leader_asks("new"), lead_signs(), adopt()}));
    world.when("office.head", to_3())
        .gives({ApprovalMigrated{approval_1, 2, 3, "启用新流程"},
                NodeSkipped{approval_1, "new", 1, SkipReason::migrated, {}}});
}

TEST(Migration, SaysWhatChanges) {
    auto world = running_on({lead_section(), lead_signs("a"), lead_signs("b"), adopt()});
    RouteNode other = lead_section();
    other.mode = NodeMode::all;
    world.publish(version(3, {other, lead_signs("b"), lead_signs("a"), leader_asks("new")}));
    const std::vector<ChangedNode> changes = {
        {"section", RouteChange::changed}, {"b", RouteChange::changed},
        {"a", RouteChange::changed},       {"new", RouteChange::added},
        {"adopt", RouteChange::removed},
    };
    EXPECT_EQ(dry_run(world).changes, changes);
    EXPECT_TRUE(dry_run(world).blocked.empty());
    world.publish(version(3, {lead_section(), lead_signs("a"), lead_signs("b"), adopt()}));
    EXPECT_TRUE(dry_run(world).changes.empty());
}

TEST(Migration, IsBlockedByAnOpenNodeThatTheOtherVersionLacks) {
    auto world = running_on({lead_section("pre"), adopt()});
    world.publish(version(3, {lead_signs(), adopt()}));
    const std::vector<BlockedNode> blocked = {{"pre", MigrationBlock::open}};
    EXPECT_EQ(dry_run(world).blocked, blocked);
    world.when("office.head", to_3()).refused_by("migrate_blocked");
    EXPECT_EQ(world.waiting(), "pre: jtj.section");
}

TEST(Migration, IsBlockedWhereTheOpenNodeStandsInOtherBlocksOrIsOfAnotherKind) {
    const auto blocked = [](std::vector<RouteNode> nodes) {
        auto world = running_on(
            {block("p", NodeKind::par, {branch({lead_section("x")}), branch({leader_asks("y")})}),
             adopt()});
        world.publish(version(3, std::move(nodes)));
        std::string text;
        for (const BlockedNode& one : dry_run(world).blocked) text += one.node + " ";
        EXPECT_EQ(world.when("office.head", to_3()).accepted(), text.empty());
        return text;
    };
    const auto fork = [](NodeKind kind, const char* id) {
        return block(id, kind, {branch({lead_section("x")}), branch({leader_asks("y")})});
    };
    EXPECT_EQ(blocked({fork(NodeKind::par, "p"), adopt()}), "");
    EXPECT_EQ(blocked({fork(NodeKind::par, "q"), adopt()}), "p x y ");
    EXPECT_EQ(blocked({fork(NodeKind::inc, "p"), adopt()}), "p x y ");
    EXPECT_EQ(blocked({lead_section("x"),
                       block("p", NodeKind::par, {branch({}), branch({leader_asks("y")})})}),
              "x ");
    EXPECT_EQ(blocked({block("p", NodeKind::par,
                             {branch({leader_asks("y")}), branch({lead_section("x")})}),
                       adopt()}),
              "x y ");
    RouteNode told = leader_asks("y");
    told.kind = NodeKind::cc;
    EXPECT_EQ(blocked({block("p", NodeKind::par, {branch({lead_section("x")}), branch({told})}),
                       adopt()}),
              "y ");
}

TEST(Migration, IsBlockedByAReturnWhoseNodesAreGoneOrTurnedAround) {
    auto world =
        running_on({lead_section(), lead_signs(), returning(adopt(), {"#section"}, Resume::jump)});
    world.does("jtj.section", world.approve())
        .does("jtj.head", world.approve())
        .does("office.head", returned_to(world, "adopt", "#section"));
    world.publish(version(3, {lead_section(), lead_signs(), leader_asks("other")}));
    const std::vector<BlockedNode> gone = {{"adopt", MigrationBlock::stack}};
    EXPECT_EQ(dry_run(world).blocked, gone);
    world.publish(version(3, {adopt(), lead_section()}));
    EXPECT_EQ(dry_run(world).blocked, gone);
    world.publish(version(3, {lead_section(), adopt()}));
    EXPECT_TRUE(dry_run(world).blocked.empty());
}

TEST(Migration, ComesBackFromAReturnOverWhatIsNew) {
    auto world = running_on({block("p", NodeKind::par,
                                   {branch({lead_section("a"), lead_signs("m"),
                                            returning(leader_asks("x"), {"#a"}, Resume::jump)}),
                                    branch({leader_asks("y")})}),
                             adopt()});
    world.does("jtj.section", world.approve())
        .does("jtj.head", world.approve())
        .does("zone.leader", returned_to(world, "x", "#a"));
    migrated(world, {block("p", NodeKind::par,
                           {branch({lead_section("a"), lead_signs("m"), lead_signs("new"),
                                    returning(leader_asks("x"), {"#a"}, Resume::jump)}),
                            branch({leader_asks("y")})}),
                     adopt()});
    EXPECT_EQ(reason(world, "new"), SkipReason::migrated);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.state("x"), NodeState::open);
    world.does("zone.leader", world.approve("x")).does("zone.leader", world.approve("y"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Migration, LetsAReturnThatAsksAgainComeByWhatIsNew) {
    auto world =
        running_on({lead_section(), lead_signs(), returning(adopt(), {"#section"}, Resume::rerun)});
    world.does("jtj.section", world.approve())
        .does("jtj.head", world.approve())
        .does("office.head", returned_to(world, "adopt", "#section"));
    migrated(world, {lead_section(), leader_asks("new"), lead_signs(),
                     returning(adopt(), {"#section"}, Resume::rerun)});
    EXPECT_EQ(world.state("new"), NodeState::idle);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "new: zone.leader");
}

TEST(Migration, NeverWaitsForWhatIsNewInABranchThatIsThrough) {
    auto world =
        running_on({block("p", NodeKind::par,
                          {branch({lead_section("a")}), branch({lead_signs("b")}), branch({})}),
                    adopt()});
    world.does("jtj.section", world.approve());
    migrated(world,
             {block("p", NodeKind::par,
                    {branch({leader_asks("before"), lead_section("a"), leader_asks("after")}),
                     branch({lead_signs("b"), leader_asks("next")}), branch({leader_asks("late")}),
                     branch({leader_asks("more")})}),
              adopt()});
    for (const char* node : {"before", "after", "late"}) {
        EXPECT_EQ(reason(world, node), SkipReason::migrated);
    }
    EXPECT_EQ(world.waiting(), "b: jtj.head");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "next: zone.leader") << "the open branch goes through its new nodes";
    world.does("zone.leader", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Migration, PassesOverWhatIsNewInEachUnitsRun) {
    const auto runs = [](std::vector<RouteNode> steps) {
        return std::vector<RouteNode>{each("e", "all", Dissent::veto, std::move(steps)), adopt()};
    };
    const RouteNode op = asks("op", {at("$u", Post::clerk)});
    const RouteNode sign = asks("sign", {at("$u", Post::head)});
    const RouteNode check = asks("check", {at("$u", Post::section)});
    auto world = running_on(runs({op, sign}));
    world.does("jzy.clerk", world.approve());
    migrated(world, runs({op, check, sign}));
    EXPECT_EQ(reason(world, "check@jzy"), SkipReason::migrated);
    EXPECT_EQ(world.waiting(), "op@rsj: rsj.clerk; sign@jzy: jzy.head");
    world.does("rsj.clerk", world.approve());
    EXPECT_EQ(world.waiting(), "sign@jzy: jzy.head; check@rsj: rsj.section");
}

TEST(Migration, ReturnsToAPassedBlockWithoutWaitingForWhatIsNewInIt) {
    const auto checked_by = [](RouteNode node) {
        return returning(std::move(node), {"any"}, Resume::rerun, Branches::keep);
    };
    auto world = running_on(
        {block("p", NodeKind::par, {branch({lead_section("a")}), branch({lead_signs("b")})}),
         checked_by(adopt())});
    world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
    migrated(world,
             {block("p", NodeKind::par,
                    {branch({lead_section("a"), leader_asks("new")}), branch({lead_signs("b")})}),
              checked_by(adopt())});
    world.does("office.head", returned_to(world, "adopt", "#b"));
    EXPECT_EQ(world.waiting(), "b: jtj.head");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Migration, SettlesAnOpenRoundByItsNewRule) {
    const std::vector<Selector> both = {at("lead", Post::section), at("lead", Post::head)};
    auto world = running_on({asks("x", both, NodeMode::all), adopt()});
    world.does("jtj.section", world.approve());
    auto any = world;
    migrated(any, {asks("x", both, NodeMode::any), adopt()});
    EXPECT_EQ(any.waiting(), "adopt: office.head");
    migrated(world, {asks("x", both, NodeMode::seq), adopt()});
    EXPECT_EQ(world.waiting(), "x: jtj.head");
    auto turns = running_on({asks("x", both, NodeMode::seq), adopt()});
    EXPECT_EQ(turns.waiting(), "x: jtj.section");
    migrated(turns, {asks("x", both, NodeMode::all), adopt()});
    EXPECT_EQ(turns.waiting(), "x: jtj.head jtj.section") << "nobody waits for a turn any more";
}

TEST(Migration, MovesAReturnedApprovalToo) {
    auto world = running_on({lead_signs(), adopt()});
    world.does("jtj.head", world.send_back());
    migrated(world, {lead_section(), lead_signs(), adopt()});
    auto content = content_1();
    content.problems = "补充说明";
    world.does("jtj.clerk", ReviseReport{report_1, content});
    EXPECT_EQ(world.waiting(), "section: jtj.section");
}

TEST(Migration, SurvivesAUnitThatLeavesWithARunThatTheRouteHasNoLonger) {
    auto world = running_on(
        {each("e", "all", Dissent::veto, {asks("op", {at("$u", Post::clerk)})}), adopt()});
    world.does("jzy.clerk", world.approve()).does("rsj.clerk", world.approve());
    migrated(world, {adopt()});
    world.does("rsj.head", ObjectAssignment{task_1, rsj, "not ours"})
        .does("office.head", SettleObjection{task_1, rsj, Settlement::release, {}, "agreed"});
    world.does("office.head", world.approve());
    EXPECT_EQ(world.approval().state, ApprovalState::passed);
}

TEST(Migration, IsForTheHeadOfTheOfficeWithAnOpinion) {
    auto world = running_on({lead_signs(), adopt()});
    world.publish(version(3, {lead_section(), lead_signs(), adopt()}));
    world.when("office.clerk", to_3()).forbidden();
    world.when("jtj.head", to_3()).forbidden();
    world.when("office.head", MigrateApproval{approval_1, 3, ""}).field("opinion");
    world.when("office.head", MigrateApproval{approval_1, 9, "x"}).field("ver");
    world.when("office.head", MigrateApproval{approval_1, 2, "x"}).field("ver");
    world.when("office.head", MigrateApproval{{task_1, 9}, 3, "x"})
        .refused(Errc::not_found, "approval");
    world.does("jtj.head", world.approve()).does("office.head", world.approve());
    world.when("office.head", to_3()).refused_by("approval_not_running");
}

}  // namespace
}  // namespace duban
