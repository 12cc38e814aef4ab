// Blocks of a route: branches, runs of units, and what moves by itself.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

RouteNode lead_head(const char* id) {
    return asks(id, {at("lead", Post::head)});
}

// jtj leads, jzy and rsj cooperate.
GivenTask on(std::vector<RouteNode> nodes) {
    auto mandate = mandate_1();
    mandate.co = {jzy, rsj};
    GivenTask world;
    world.publish(route_of(std::move(nodes)));
    world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
        .does("jtj.clerk", SignAssignment{task_1, jtj})
        .does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    return world;
}

std::vector<RouteNode> unit_run() {
    return {asks("op", {at("$u", Post::clerk)}), asks("sign", {at("$u", Post::head)})};
}

UnitRunState run(const GivenTask& world, const UnitCode& unit) {
    for (const UnitRun& one : world.node("e").units) {
        if (one.unit == unit) return one.state;
    }
    return UnitRunState::cancelled;
}

TEST(Choose, TakesTheFirstBranchThatHolds) {
    const auto route = [](const char* limit) {
        return std::vector<RouteNode>{
            block(
                "c", NodeKind::choose,
                {branch_when(compare(ConditionOp::ge, "task.coop_count", limit),
                             {lead_head("many")}),
                 branch_when(compare(ConditionOp::ge, "task.coop_count", "2"), {lead_head("two")}),
                 otherwise()}),
            adopt()};
    };
    EXPECT_EQ(on(route("3")).waiting(), "two: jtj.head");
    EXPECT_EQ(on(route("2")).waiting(), "many: jtj.head");
}

TEST(Choose, TakesTheDefaultWhenNoneHolds) {
    const auto world =
        on({block("c", NodeKind::choose,
                  {branch_when(compare(ConditionOp::eq, "starter.role", "coop"), {lead_head("a")}),
                   otherwise()}),
            adopt()});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.state("c"), NodeState::approved);
    EXPECT_EQ(world.state("a"), NodeState::idle);
}

TEST(Inclusive, EntersEveryBranchThatHoldsAndWaitsForThose) {
    auto world =
        on({block("i", NodeKind::inc,
                  {branch_when(compare(ConditionOp::ge, "task.coop_count", "1"), {lead_head("a")}),
                   branch_when(compare(ConditionOp::ge, "task.coop_count", "2"),
                               {asks("b", {at("lead", Post::section)})}),
                   branch_when(compare(ConditionOp::ge, "task.coop_count", "3"),
                               {asks("c", {at("zone", Post::leader)})}),
                   otherwise({asks("d", {at("zone", Post::leader)})})}),
            adopt()});
    EXPECT_EQ(world.waiting(), "a: jtj.head; b: jtj.section");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "b: jtj.section");
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Parallel, WaitsForAllBranchesAndIsRejectedByOne) {
    auto world = on({block("p", NodeKind::par,
                           {branch({lead_head("a")}),
                            branch({asks("b", {at("#rsj", Post::head)}),
                                    asks("c", {at("#rsj", Post::section)})}),
                            branch({})}),
                     adopt()});
    world.does("jtj.head", world.approve()).does("rsj.head", world.approve());
    EXPECT_EQ(world.waiting(), "c: rsj.section");
    auto rejected = world;
    rejected.does("rsj.section", rejected.reject());
    EXPECT_EQ(rejected.approval().state, ApprovalState::rejected);
    EXPECT_EQ(rejected.state("p"), NodeState::cancelled);
    world.does("rsj.section", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Each, RunsItsListForEveryUnit) {
    auto world = on({each("e", "all", Dissent::veto, unit_run()), adopt()});
    EXPECT_EQ(world.waiting(), "op@jzy: jzy.clerk; op@rsj: rsj.clerk");
    world.when("jzy.clerk", world.approve("op@rsj")).forbidden();
    world.does("jzy.clerk", world.approve("op@jzy")).does("jzy.head", world.approve());
    EXPECT_EQ(run(world, jzy), UnitRunState::consented);
    world.does("rsj.clerk", world.approve()).does("rsj.head", world.approve());
    EXPECT_EQ(world.state("e"), NodeState::approved);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Each, IsRejectedAtOnceWhereAllMustConsent) {
    auto world = on({each("e", "all", Dissent::veto, unit_run()), adopt()});
    world.does("jzy.clerk", world.reject());
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
}

TEST(Each, RecordsTheDissentOfAUnitAndCountsIt) {
    auto world = on({each("e", "all", Dissent::record, unit_run()),
                     block("c", NodeKind::choose,
                           {branch_when(compare(ConditionOp::ge, "e.dissent_count", "1"),
                                        {lead_head("mediate")}),
                            otherwise()}),
                     adopt()});
    world.does("jzy.clerk", world.reject());
    EXPECT_EQ(run(world, jzy), UnitRunState::dissented);
    EXPECT_EQ(world.waiting(), "op@rsj: rsj.clerk");
    world.does("rsj.clerk", world.approve()).does("rsj.head", world.approve());
    EXPECT_EQ(world.state("e"), NodeState::dissented);
    EXPECT_EQ(world.waiting(), "mediate: jtj.head");
}

TEST(Each, NeedsOneOrAShare) {
    auto any = on({each("e", "any", Dissent::veto, unit_run()), adopt()});
    any.does("jzy.clerk", any.approve()).does("jzy.head", any.approve());
    EXPECT_EQ(any.waiting(), "adopt: office.head");
    EXPECT_EQ(any.state("op@rsj"), NodeState::cancelled);
    auto half = on({each("e", "1/2", Dissent::veto, unit_run()), adopt()});
    half.does("jzy.clerk", half.reject());
    EXPECT_EQ(run(half, jzy), UnitRunState::failed);
    EXPECT_EQ(half.approval().state, ApprovalState::running) << "the other may still consent";
    half.does("rsj.clerk", half.reject());
    EXPECT_EQ(half.approval().state, ApprovalState::rejected);
}

TEST(Each, WaitsNoLongerForAUnitThatLeft) {
    auto world = on({each("e", "all", Dissent::record, {asks("c", {at("$u", Post::head)})}),
                     asks("both", {at("coop", Post::head)}, NodeMode::all), adopt()});
    world.does("jzy.head", world.approve());
    AmendTask leave;
    leave.task = task_1;
    leave.co = {{jzy}};
    leave.reason = "职责调整";
    world.does("office.head", leave);
    EXPECT_EQ(world.state("c@rsj"), NodeState::cancelled);
    EXPECT_EQ(world.state("e"), NodeState::approved) << "what the others decided stands";
    EXPECT_EQ(world.waiting(), "both: jzy.head");
}

TEST(OpenRound, WaitsNoLongerForTheSeatsOfAUnitThatLeft) {
    auto world = on({asks("both", {at("coop", Post::head)}, NodeMode::all), adopt()});
    world.does("jzy.head", world.approve());
    AmendTask leave;
    leave.task = task_1;
    leave.co = {{jzy}};
    leave.reason = "职责调整";
    world.does("office.head", leave);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("both").slots[1].reason, SkipReason::left);
}

TEST(When, PassesANodeOver) {
    auto node = lead_head("w");
    node.when = compare(ConditionOp::eq, "starter.role", "coop");
    const auto world = on({node, adopt()});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("w").reason, SkipReason::when);
}

TEST(Goto, GoesBackInNewRoundsAndOnAfterItsTimes) {
    RouteNode again;
    again.id = "again";
    again.kind = NodeKind::goto_;
    again.to = "#section";
    again.when = compare(ConditionOp::ge, "task.coop_count", "1");
    again.max = 2;
    auto world = on({asks("section", {at("lead", Post::section)}), again, adopt()});
    for (const std::uint32_t round : {2U, 3U}) {
        world.does("jtj.section", world.approve());
        EXPECT_EQ(world.waiting(), "section: jtj.section");
        EXPECT_EQ(world.node("section").round, round);
    }
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Goto, SkipsWhatLiesBetween) {
    RouteNode ahead;
    ahead.id = "ahead";
    ahead.kind = NodeKind::goto_;
    ahead.to = "#adopt";
    const auto world =
        on({block("p", NodeKind::par,
                  {branch({asks("a", {at("lead", Post::section)})}), branch({ahead})}),
            lead_head("head"), adopt()});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.state("a"), NodeState::cancelled);
    EXPECT_EQ(world.node("head").reason, SkipReason::goto_);
}

TEST(Automatic, RejectsWithItsReason) {
    RouteNode stop;
    stop.id = "stop";
    stop.kind = NodeKind::auto_;
    stop.result = AutoResult::reject;
    stop.why = "佐证不齐";
    const auto world =
        on({block("gate", NodeKind::choose,
                  {branch_when(compare(ConditionOp::lt, "report.evidence_count", "1"), {stop}),
                   otherwise()}),
            adopt()});
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
    const auto& rounds = world.history.rounds;
    const auto stopped = std::find_if(rounds.begin(), rounds.end(), [](const EndedRound& one) {
        return one.round.node == "stop";
    });
    ASSERT_NE(stopped, rounds.end());
    EXPECT_EQ(stopped->round.reason, "佐证不齐");
    EXPECT_TRUE(stopped->round.person.empty());
}

TEST(Wait, EndsWithTheNextEventOfThatType) {
    RouteNode wait;
    wait.id = "wait";
    wait.kind = NodeKind::wait;
    wait.event = "task.urged";
    auto world = on({wait, adopt()});
    EXPECT_EQ(world.waiting(), "");
    EXPECT_EQ(world.state("wait"), NodeState::open);
    world.does("jzy.clerk", SignAssignment{task_1, jzy});
    EXPECT_EQ(world.state("wait"), NodeState::open);
    world.does("office.clerk", UrgeTask{task_1, UrgeLevel::blue, {}, "请加快进度"});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(CopyNode, CopiesToEveryHolderWhoSeesTheTaskAndGoesOn) {
    RouteNode copy;
    copy.id = "copy";
    copy.kind = NodeKind::cc;
    copy.who = {at("coop", Post::head), at("zone", Post::leader), at("lead", Post::deputy)};
    const auto world = on({copy, adopt()});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    std::vector<std::string> to;
    for (const Copy& one : world.approval().copies) to.push_back(one.to.value);
    EXPECT_EQ(to, (std::vector<std::string>{"jzy.head", "rsj.head", "zone.leader"}));
}

}  // namespace
}  // namespace duban
