// Returns: targets, what is decided anew, and how the flow comes back.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

RouteNode section() {
    return asks("section", {at("lead", Post::section)});
}
RouteNode head() {
    return asks("head", {at("lead", Post::head)});
}

GivenTask on(std::vector<RouteNode> nodes) {
    GivenTask world;
    world.publish(route_of(std::move(nodes)));
    world.submitted();
    return world;
}

// Only a field that is not material is changed.
ReviseReport more_problems(const char* text = "补充说明") {
    auto content = content_1();
    content.problems = text;
    return {report_1, content};
}
ReviseReport another_summary() {
    auto content = content_1();
    content.summary = "more is said";
    return {report_1, content};
}

ReturnSlot back(const GivenTask& world, const char* node, const char* to,
                std::optional<Resume> then = {}) {
    auto command = world.send_back(to);
    command.node = node;
    command.then = then;
    return command;
}

std::vector<std::string> copied(const GivenTask& world) {
    std::vector<std::string> to;
    for (const Copy& copy : world.approval().copies) to.push_back(copy.to.value);
    return to;
}

// section, then two branches: a1 a2 of the lead, b1 b2 of rsj, then adopt.
std::vector<RouteNode> forked(Resume then, Branches branches) {
    const auto any = [&](RouteNode node) { return returning(node, {"any"}, then, branches); };
    return {section(),
            block("p", NodeKind::par,
                  {branch({any(head()), any(asks("a2", {at("zone", Post::leader)}))}),
                   branch({any(asks("b1", {at("#jzy", Post::section)})),
                           any(asks("b2", {at("#jzy", Post::head)}))})}),
            any(adopt())};
}

TEST(Return, ByJumpComesStraightBackToWhoReturned) {
    auto world = on({section(), head(), returning(adopt(), {"start"}, Resume::jump)});
    world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
    world.does("office.head", world.send_back());
    EXPECT_EQ(world.state("section"), NodeState::approved) << "what lies between stands";
    world.does("jtj.clerk", more_problems());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("adopt").round, 2U);
    EXPECT_EQ(world.node("head").round, 1U);
    EXPECT_TRUE(world.approval().stack.empty());
    EXPECT_EQ(copied(world), (std::vector<std::string>{"jtj.section", "jtj.head"}));
    EXPECT_EQ(world.approval().copies[0].diff, (RevisionRange{1, 2}));
}

TEST(Return, AfterAMaterialChangeGoesTheWholeWay) {
    auto world = on({section(), head(), returning(adopt(), {"start"}, Resume::jump)});
    world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
    world.does("office.head", world.send_back()).does("jtj.clerk", another_summary());
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    EXPECT_TRUE(copied(world).empty());
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head") << "nobody jumps";
}

TEST(Return, OfTheSameAgainWithANoteLeavesTheJumpAndCopiesNothing) {
    auto world = on({section(), returning(head(), {"start"}, Resume::jump), adopt()});
    world.does("jtj.section", world.approve()).does("jtj.head", world.send_back());
    world.does("jtj.clerk", ReviseReport{report_1, content_1(), "已核实"});
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_TRUE(copied(world).empty());
    EXPECT_EQ(world.approval().revision, 1U);
}

TEST(Return, SaysHowItGoesOnWhereTheRouteLeavesThatOpen) {
    auto world = on({section(), returning(head(), {"start"}, Resume::ask), adopt()});
    world.does("jtj.section", world.approve());
    world.when("jtj.head", back(world, "head", "start")).field("then");
    EXPECT_TRUE(world.when("jtj.head", back(world, "head", "start", Resume::jump)).accepted());
    auto fixed = on({section(), head(), adopt()});
    fixed.does("jtj.section", fixed.approve());
    fixed.when("jtj.head", back(fixed, "head", "start", Resume::jump)).field("then");
}

TEST(Return, NestsAndEachJumpComesBackToItsOwn) {
    auto world = on(
        {returning(section(), {"start"}, Resume::jump), returning(head(), {"prev"}, Resume::jump),
         returning(asks("check", {at("office", Post::clerk)}), {"prev"}, Resume::jump), adopt()});
    world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
    world.does("office.clerk", back(world, "check", "prev"));
    world.does("jtj.head", back(world, "head", "prev"));
    world.does("jtj.section", back(world, "section", "start"));
    EXPECT_EQ(world.approval().stack.size(), 3U);
    world.does("jtj.clerk", more_problems());
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "check: office.clerk");
    EXPECT_TRUE(world.approval().stack.empty());
}

TEST(Return, OpensAnInterruptedRoundAsItWas) {
    auto world = on(
        {returning(
             asks("co", {at("lead", Post::section), at("lead", Post::head), at("coop", Post::head)},
                  NodeMode::all),
             {"start"}, Resume::jump),
         adopt()});
    world.does("jtj.section", world.approve()).does("jtj.head", back(world, "co", "start"));
    world.does("jtj.clerk", more_problems());
    EXPECT_EQ(world.waiting(), "co: jtj.head jzy.head");
    EXPECT_EQ(world.node("co").slots[0].state, SlotState::kept);
    EXPECT_EQ(world.node("co").slots[0].by, PersonId("jtj.section"));
    EXPECT_EQ(world.node("co").slots[1].bound, PersonId("jtj.head")) << "the returner himself";
    world.grant("rsj.head", jtj, Post::head);
    EXPECT_EQ(world.waiting(), "co: jtj.head jzy.head");
    world.revoke("jtj.head", jtj, Post::head);
    EXPECT_EQ(world.waiting(), "co: jzy.head rsj.head") << "else his seat";
}

TEST(Return, IsNotJudgedByWhoReturnedAndThenWroteIt) {
    auto first = returning(section(), {"start"}, Resume::jump);
    first.self = OnSelf::skip;
    auto route = route_of({first, head(), adopt()});
    route.starts.push_back(at("lead", Post::section));
    GivenTask world;
    world.publish(route).submitted();
    world.does("jtj.section", world.send_back()).does("jtj.section", more_problems());
    EXPECT_EQ(world.node("section").reason, SkipReason::self);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(Return, InANodeInTurnGoesToTheOneBefore) {
    auto world = on(
        {returning(asks("unit", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::seq),
                   {"prev", "start"}, Resume::rerun),
         adopt()});
    world.does("jtj.section", world.approve()).does("jtj.head", back(world, "unit", "prev"));
    EXPECT_EQ(world.waiting(), "unit: jtj.section");
    EXPECT_EQ(world.node("unit").round, 2U);
    EXPECT_TRUE(world.approval().stack.empty());
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "unit: jtj.head");
}

TEST(Return, InANodeInTurnAsksNoUnitThatHasLeft) {
    auto turns =
        asks("turns", {at("#jzy", Post::head), at("lead", Post::head), at("office", Post::clerk)},
             NodeMode::seq);
    auto world = on({returning(turns, {"prev"}, Resume::rerun), adopt()});
    AmendTask amend;
    amend.task = task_1;
    amend.co = std::vector<UnitCode>{rsj};
    amend.reason = "why";
    world.does("office.head", amend).does("jtj.head", world.approve());
    world.does("office.clerk", back(world, "turns", "prev"));
    EXPECT_EQ(world.waiting(), "turns: jtj.head");
    world.does("jtj.head", world.approve()).does("office.clerk", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Return, WithinABranchLeavesTheOtherUntouched) {
    auto world = on(forked(Resume::rerun, Branches::cancel));
    world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
    world.does("jzy.section", world.approve());
    world.does("zone.leader", back(world, "a2", "head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head; b2: jzy.head");
    EXPECT_EQ(world.node("b2").round, 1U);
}

TEST(Return, BeforeTheForkStartsEveryBranchAgain) {
    auto world = on(forked(Resume::rerun, Branches::cancel));
    world.does("jtj.section", world.approve()).does("jzy.section", world.approve());
    world.does("jtj.head", back(world, "head", "section"));
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    EXPECT_EQ(world.state("b2"), NodeState::cancelled);
    EXPECT_EQ(world.state("b1"), NodeState::idle);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head; b1: jzy.section");
    EXPECT_EQ(world.node("b1").round, 2U);
}

TEST(Return, BeforeTheForkMayKeepTheOtherBranches) {
    auto world = on(forked(Resume::rerun, Branches::keep));
    world.does("jtj.section", world.approve()).does("jzy.section", world.approve());
    world.does("jtj.head", back(world, "head", "section"));
    world.when("jzy.head", world.approve("b2")).refused_by("node_not_open");
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head; b2: jzy.head");
    EXPECT_EQ(world.node("b1").round, 1U) << "what the other branch passed stands";
    EXPECT_EQ(world.node("b2").round, 2U);
}

TEST(Return, IntoAFinishedBranchReopensThatBranchAndTheJoin) {
    for (const auto then : {Resume::rerun, Resume::jump}) {
        auto world = on(forked(then, Branches::cancel));
        world.does("jtj.section", world.approve())
            .does("jtj.head", world.approve())
            .does("zone.leader", world.approve())
            .does("jzy.section", world.approve())
            .does("jzy.head", world.approve());
        world.does("office.head", back(world, "adopt", "b1"));
        EXPECT_EQ(world.waiting(), "b1: jzy.section");
        EXPECT_EQ(world.state("p"), NodeState::open);
        world.does("jzy.section", world.approve());
        if (then == Resume::rerun) {
            EXPECT_EQ(world.waiting(), "b2: jzy.head");
            world.does("jzy.head", world.approve());
        }
        EXPECT_EQ(world.waiting(), "adopt: office.head");
        EXPECT_EQ(world.node("adopt").round, 2U);
        EXPECT_EQ(world.node("a2").round, 1U);
    }
}

// Somebody in the reopened branch returns further, and so the other branch is asked again too.
TEST(Return, ByJumpIntoABlockWaitsForTheOthersThatAreAskedThereAgain) {
    const auto any = [](RouteNode node, Resume then) {
        return returning(std::move(node), {"any", "start"}, then);
    };
    auto world = on({block("p", NodeKind::par,
                           {branch({any(head(), Resume::rerun)}),
                            branch({any(asks("b", {at("#jzy", Post::section)}), Resume::rerun)})}),
                     section(), any(adopt(), Resume::jump)});
    world.does("jtj.head", world.approve("head")).does("jzy.section", world.approve("b"));
    world.does("jtj.section", world.approve("section"));
    world.does("office.head", back(world, "adopt", "b"));
    world.does("jzy.section", back(world, "b", "start"));
    world.does("jtj.clerk", more_problems());
    EXPECT_EQ(world.waiting(), "head: jtj.head; b: jzy.section");
    world.does("jzy.section", world.approve("b"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    ASSERT_EQ(world.approval().stack.size(), 1U);
    EXPECT_EQ(world.approval().stack[0].to, "p");
    EXPECT_EQ(world.approval().stack[0].from, "adopt");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("section").round, 1U) << "what lies between stands";
    EXPECT_TRUE(world.approval().stack.empty());
}

TEST(Return, ByJumpFromABranchComesBackIntoIt) {
    auto world = on(forked(Resume::jump, Branches::cancel));
    world.does("jtj.section", world.approve())
        .does("jtj.head", world.approve())
        .does("jzy.section", world.approve());
    world.does("zone.leader", back(world, "a2", "section"));
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "b1: jzy.section; a2: zone.leader") << "its sibling starts again";
    EXPECT_EQ(world.node("head").round, 1U);
}

// A fork inside of each unit's run: the branches of one unit are none of another's.
TEST(Return, OutOfAForkInARunLeavesTheOtherRunsAlone) {
    for (const auto branches : {Branches::cancel, Branches::keep}) {
        const auto any = [&](RouteNode node) {
            return returning(std::move(node), {"any"}, Resume::jump, branches);
        };
        const RouteNode fork = block("p", NodeKind::par,
                                     {branch({any(asks("a", {at("$u", Post::head)}))}),
                                      branch({any(asks("b", {at("$u", Post::section)}))})});
        GivenTask world;
        world.publish(route_of(
            {each("e", "all", Dissent::veto, {asks("first", {at("$u", Post::clerk)}), fork}),
             adopt()}));
        auto mandate = mandate_1();
        mandate.co = {jzy, rsj};
        world.does("office.clerk", RegisterTask{task_1, mandate})
            .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
            .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
            .does("jtj.clerk", SignAssignment{task_1, jtj})
            .does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
        world.does("jzy.clerk", world.approve()).does("rsj.clerk", world.approve());
        world.does("jzy.head", back(world, "a@jzy", "first"));
        EXPECT_EQ(world.state("a@rsj"), NodeState::open);
        EXPECT_EQ(world.state("b@rsj"), NodeState::open);
        EXPECT_EQ(world.state("first@jzy"), NodeState::open);
        world.does("jzy.clerk", world.approve());
        EXPECT_EQ(world.state("a@jzy"), NodeState::open);
        EXPECT_EQ(world.node("a@rsj").round, 1U);
    }
}

TEST(Return, RefusesASiblingBranchAndAnAmbiguousPrevious) {
    auto world = on(forked(Resume::rerun, Branches::cancel));
    world.does("jtj.section", world.approve()).does("jzy.section", world.approve());
    world.when("jtj.head", back(world, "head", "b1")).refused_by("return_target");
    world.does("jtj.head", world.approve()).does("zone.leader", world.approve());
    world.does("jzy.head", world.approve());
    world.when("office.head", back(world, "adopt", "prev")).refused_by("return_target");
    world.when("office.head", back(world, "adopt", "any")).refused_by("return_target");
    EXPECT_TRUE(world.when("office.head", back(world, "adopt", "#b2")).accepted());
}

TEST(Return, AsksAUnitOfAFinishedEachAgain) {
    auto run = asks("c", {at("$u", Post::head)});
    auto world =
        on({each("e", "all", Dissent::record, {run}), returning(adopt(), {"any"}, Resume::jump)});
    world.does("jzy.head", world.reject());
    EXPECT_EQ(world.state("e"), NodeState::dissented);
    world.when("office.head", back(world, "adopt", "c")).refused_by("return_target");
    world.does("office.head", back(world, "adopt", "c@jzy"));
    EXPECT_EQ(world.waiting(), "c@jzy: jzy.head");
    world.does("jzy.head", world.approve());
    EXPECT_EQ(world.state("e"), NodeState::approved);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

}  // namespace
}  // namespace duban
