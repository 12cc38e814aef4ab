// Sub-routes: an approval within an approval.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/approval/course_commands.h"
#include "domain/approval/route_check.h"
#include "domain/report/report_commands.h"
#include "tests/support/clock_run.h"
#include "tests/support/given_extension.h"

namespace duban {
namespace {

RouteNode starts_route(const char* id, const char* route) {
    RouteNode node;
    node.id = id;
    node.kind = NodeKind::sub;
    node.route = RouteId(route);
    return node;
}

// A visit by the office's clerk, which no unit starts.
Route site() {
    auto route = route_of({});
    route.route = RouteId("site");
    route.ver = 1;
    route.starts.clear();
    route.steps = {asks("visit", {at("office", Post::clerk)})};
    return route;
}

GivenTask visited(std::vector<RouteNode> nodes) {
    GivenTask world;
    world.publish(site()).publish(route_of(std::move(nodes))).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    return world;
}

const Approval& child(const GivenTask& world) {
    return world.task.approvals.back();
}

RejectSlot reject_newest(const GivenTask& world) {
    const auto approve = approve_newest(world);
    return {approve.approval, {}, {}, approve.revision, approve.revision_digest, "not there"};
}

TEST(SubRoute, StartsAnApprovalOfItsOwnOnTheSameRevision) {
    const auto world = visited({starts_route("sub", "site"), adopt()});
    ASSERT_EQ(world.task.approvals.size(), 2U);
    EXPECT_EQ(world.state("sub"), NodeState::open);
    EXPECT_EQ(world.waiting(), "");
    EXPECT_EQ(child(world).parent, (ParentNode{1, "sub", true}));
    EXPECT_EQ(child(world).subject, world.approval().subject);
    EXPECT_EQ(child(world).revision_digest, world.approval().revision_digest);
    EXPECT_EQ(child(world).starter, PersonId("jtj.clerk"));
    EXPECT_EQ(world.task.reports.front().approval, 1U);
    EXPECT_EQ(find_node(child(world), "visit")->state, NodeState::open);
}

TEST(SubRoute, LetsItsParentGoOnWhenItPasses) {
    auto world = visited({starts_route("sub", "site"), adopt()});
    world.does("office.clerk", approve_newest(world));
    EXPECT_EQ(child(world).state, ApprovalState::passed);
    EXPECT_EQ(world.state("sub"), NodeState::approved);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.task.reports.front().state, ReportState::in_approval);
    EXPECT_TRUE(world.task.accepted->empty());
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.reports.front().state, ReportState::accepted);
    EXPECT_EQ(world.task.accepted->size(), 1U);
}

TEST(SubRoute, RejectsItsParentWhenItIsRejected) {
    auto world = visited({starts_route("sub", "site"), adopt()});
    world.does("office.clerk", reject_newest(world));
    EXPECT_EQ(child(world).state, ApprovalState::rejected);
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
    EXPECT_EQ(world.state("sub"), NodeState::rejected);
    EXPECT_EQ(world.task.reports.front().state, ReportState::rejected);
    EXPECT_TRUE(world.task.open_approvals->empty());
}

TEST(SubRoute, EndsWhenItsNodeIsCancelled) {
    auto world = visited({block("p", NodeKind::par,
                                {branch({starts_route("sub", "site")}),
                                 branch({asks("b", {at("lead", Post::head)})})}),
                          adopt()});
    world.does("jtj.head", world.reject());
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
    EXPECT_EQ(child(world).state, ApprovalState::ended);
    EXPECT_EQ(child(world).ended_reason, "parent");
    EXPECT_TRUE(world.task.open_approvals->empty());
}

TEST(SubRoute, StartsAgainWhenItsNodeIsReachedAgain) {
    auto world = visited({block("p", NodeKind::par,
                                {branch({starts_route("sub", "site")}),
                                 branch({asks("b", {at("lead", Post::head)})})}),
                          adopt()});
    world.does("jtj.head", world.send_back("start"));
    EXPECT_EQ(child(world).state, ApprovalState::ended);
    auto content = content_1();
    content.summary = "more of it";
    world.does("jtj.clerk", ReviseReport{report_1, content});
    ASSERT_EQ(world.task.approvals.size(), 3U);
    EXPECT_EQ(child(world).revision, 2U);
    world.does("office.clerk", approve_newest(world));
    EXPECT_EQ(world.waiting(), "b: jtj.head");
}

TEST(SubRoute, IsNotWaitedForWhereTheRouteSaysSo) {
    auto node = starts_route("sub", "site");
    node.wait = false;
    auto world = visited({node, adopt()});
    EXPECT_EQ(world.state("sub"), NodeState::approved);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    world.does("office.clerk", reject_newest(world));
    EXPECT_EQ(world.approval().state, ApprovalState::running);
}

TEST(SubRoute, IsNotLeftByAReturnInside) {
    const auto world = visited({starts_route("sub", "site"), adopt()});
    ReturnSlot back = world.send_back("start");
    back.approval = {task_1, 2};
    world.when("office.clerk", back).refused_by("return_target");
}

TEST(SubRoute, IsNotLeftByAJumpInside) {
    const auto world = visited({starts_route("sub", "site"), adopt()});
    world.when("office.head", JumpApproval{{task_1, 2}, "start", "重来"}).refused_by("jump_target");
}

TEST(SubRoute, IsNotLeftByAReturnThatTimeMakes) {
    auto route = site();
    route.steps[0].due = DueRule{};
    route.steps[0].due->wd = 1;
    route.steps[0].due->over = Over::return_;
    GivenTask world;
    world.publish(route).publish(route_of({starts_route("sub", "site"), adopt()})).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    EXPECT_EQ(run_clock(world, "2026-09-02"), 1U);
    const auto* visit = find_node(child(world), "visit");
    ASSERT_NE(visit, nullptr);
    EXPECT_EQ(visit->state, NodeState::open) << "asked anew";
    EXPECT_TRUE(child(world).stack.empty()) << "it comes back from nowhere";
    EXPECT_EQ(visit->round, 2U);
    EXPECT_EQ(world.task.reports.front().state, ReportState::in_approval);
}

TEST(SubRoute, TakesTheVersionThatIsNewestWhenItOpens) {
    auto world = visited({asks("first", {at("lead", Post::head)}), starts_route("sub", "site")});
    auto newer = site();
    newer.ver = 2;
    world.publish(newer).does("jtj.head", world.approve());
    EXPECT_EQ(child(world).route_version, 2);
}

TEST(SubRoute, MustBeThereWithoutAFillAndLeadNowhereBack) {
    GivenTask world;
    world.publish(site());
    const auto field = [&](const char* route) {
        const auto checked = check_route(route_of({starts_route("sub", route), adopt()}),
                                         {world.directory, &world.routes});
        return checked ? std::string() : checked.error().field;
    };
    EXPECT_EQ(field("site"), "");
    EXPECT_EQ(field("nowhere"), "route.steps[1].route");
    EXPECT_EQ(field("report"), "route.steps[1].route");
    auto filled = route_of({adopt()});
    filled.route = RouteId("filled");
    world.publish(filled);
    EXPECT_EQ(field("filled"), "route.steps[1].route");
    world.publish(extension_route());
    EXPECT_EQ(field("extension"), "route.steps[1].route");
    auto round = site();
    round.route = RouteId("round");
    round.steps.push_back(starts_route("back", "report"));
    world.publish(round);
    EXPECT_EQ(field("round"), "route.steps[1].route");
}

}  // namespace
}  // namespace duban
