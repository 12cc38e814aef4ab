// What a route may not be, row by row; route_check_test.cc has the rows that need one case each.
#include <gtest/gtest.h>

#include <functional>

#include "domain/approval/route_check.h"
#include "domain/approval/route_plan.h"
#include "tests/support/directory_fixture.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

struct MalformedCase {
    const char* field;
    std::function<void(Route&)> spoil;
};

RouteNode signs() {
    return asks("head", {at("lead", Post::head)});
}

RouteNode moves_to(const char* id, const char* to) {
    RouteNode node;
    node.id = id;
    node.kind = NodeKind::goto_;
    node.to = to;
    return node;
}

RouteNode moves_when(const char* id, const char* to) {
    RouteNode node = moves_to(id, to);
    node.when = compare(ConditionOp::gt, "task.coop_count", "0");
    return node;
}

RouteNode closes(const char* id) {
    RouteNode node;
    node.id = id;
    node.kind = NodeKind::auto_;
    node.result = AutoResult::pass;
    return node;
}

RouteNode votes(const char* pass, std::vector<Selector> veto = {}) {
    RouteNode node = asks("v", {at("lead", Post::head), at("lead", Post::section)});
    node.mode = NodeMode::vote;
    node.vote = VoteRule{VoteBy::head, pass, Settle::early, std::move(veto)};
    return node;
}

Selector person(const char* id) {
    Selector selector;
    selector.user = PersonId(id);
    return selector;
}

// fill, head, a choice, a par, an each, adopt.
Route whole() {
    return route_of({signs(),
                     block("c", NodeKind::choose,
                           {branch_when(compare(ConditionOp::gt, "task.coop_count", "0"),
                                        {asks("first", {at("lead", Post::section)})}),
                            otherwise()}),
                     block("p", NodeKind::par,
                           {branch({asks("a", {at("lead", Post::section)})}),
                            branch({asks("b", {at("zone", Post::leader)})})}),
                     each("e", "all", Dissent::veto, {asks("each_head", {at("$u", Post::head)})}),
                     adopt()});
}

std::string field_of(const Route& route) {
    const DirectoryFixture office = small_office();
    const auto checked = check_route(route, {office.directory});
    if (checked) return "";
    EXPECT_EQ(checked.error().code, Errc::invalid_argument);
    EXPECT_FALSE(checked.error().detail.empty()) << checked.error().field;
    return checked.error().field;
}

void each_is_refused(const std::vector<MalformedCase>& cases) {
    for (const auto& [field, spoil] : cases) {
        Route route = whole();
        spoil(route);
        EXPECT_EQ(field_of(route), field);
    }
}

TEST(MalformedRoute, StartsFromOneThatIsGood) {
    EXPECT_EQ(field_of(whole()), "");
}

TEST(MalformedRoute, HasAnIdOfGoodFormOnEveryNodeAtAnyDepth) {
    each_is_refused({
        {"route.steps[2].branches[0].steps[0].id",
         [](Route& route) { route.steps[2].branches[0].steps[0].id = ""; }},
        {"route.steps[4].steps[0].id", [](Route& route) { route.steps[4].steps[0].id = "head"; }},
        {"route.steps[3].id", [](Route& route) { route.steps[3].id = "fill"; }},
        {"route.steps[0].branches[0].steps[0].id",
         [](Route& route) {
             route.steps = {whole().steps[2], adopt()};
             route.steps[0].branches[0].steps[0].id = implied_start_id;
         }},
    });
}

TEST(MalformedRoute, StartsSomewhere) {
    each_is_refused({
        {"route.starts", [](Route& route) { route.starts.clear(); }},
        {"route.starts[0].unit", [](Route& route) { route.starts[0].unit = "#none"; }},
        {"route.starts[0].post", [](Route& route) { route.starts[0].post.reset(); }},
        {"route.revoke_after_pass[0].unit",
         [](Route& route) { route.revoke_after_pass = {at("$u", Post::head)}; }},
    });
}

TEST(MalformedRoute, NamesWhoIsAskedInBlocksToo) {
    each_is_refused({
        {"route.steps[4].steps[0].who", [](Route& route) { route.steps[4].steps[0].who.clear(); }},
        {"route.steps[4].steps[0].who[0].unit",
         [](Route& route) { route.steps[4].steps[0].who[0].unit = "#none"; }},
        {"route.steps[3].branches[1].steps[0].who[0].unit",
         [](Route& route) { route.steps[3].branches[1].steps[0].who[0].unit = "$u"; }},
        {"route.steps[1].who",
         [](Route& route) {
             route.steps[1].kind = NodeKind::cc;
             route.steps[1].acts.clear();
             route.steps[1].return_ = {};
             route.steps[1].who.clear();
         }},
        {"route.steps[1].who[0].from.unit",
         [](Route& route) {
             Selector picked;
             picked.pick = PickBy::starter;
             picked.from = SeatSelector{"$u", Post::clerk};
             route.steps[1].who = {picked};
         }},
        {"route.steps[1].superior.unit",
         [](Route& route) {
             route.steps[1].dissent = Dissent::escalate;
             route.steps[1].superior = SeatSelector{"coop", Post::head};
         }},
        {"route.steps[1].superior",
         [](Route& route) { route.steps[1].superior = SeatSelector{"zone", Post::leader}; }},
        {"route.steps[1].empty", [](Route& route) { route.steps[1].empty = OnEmpty::seat; }},
        {"route.steps[1].empty.unit",
         [](Route& route) {
             route.steps[1].empty = OnEmpty::seat;
             route.steps[1].stand_in = SeatSelector{"#none", Post::head};
         }},
    });
}

TEST(MalformedRoute, SaysNothingOfAReturnThatItDoesNotOffer) {
    each_is_refused({
        {"route.steps[1].return",
         [](Route& route) {
             route.steps[1].acts.clear();
             route.steps[1].return_ = {{}, Resume::jump, Branches::cancel};
         }},
    });
}

TEST(MalformedRoute, ReturnsOnlyToAStepBefore) {
    const auto returns_to = [](const char* to) {
        return [to](Route& route) { route.steps.back().return_.to = {"start", to}; };
    };
    each_is_refused({
        {"route.steps[5].return.to[1]", returns_to("#adopt")},
        {"route.steps[5].return.to[1]", returns_to("head")},
        {"route.steps[5].return.to[1]", returns_to("#c")},
        {"route.steps[5].return.to[1]", returns_to("#e")},
        {"route.steps[5].return.to[1]", returns_to("#each_head@jtj")},
        {"route.steps[1].return.to[0]",
         [](Route& route) { route.steps[1].return_.to = {"#each_head"}; }},
    });
    for (const NodeKind kind : {NodeKind::cc, NodeKind::auto_, NodeKind::wait, NodeKind::goto_}) {
        Route route = whole();
        RouteNode node;
        node.id = "odd";
        node.kind = kind;
        if (kind == NodeKind::cc) node.who = {at("zone", Post::leader)};
        if (kind == NodeKind::wait) node.event = "task.urged";
        if (kind == NodeKind::goto_) node = moves_when("odd", "#adopt");
        route.steps.insert(route.steps.begin() + 1, node);
        route.steps.back().return_.to = {"#odd"};
        EXPECT_EQ(field_of(route), "route.steps[6].return.to[0]") << static_cast<int>(kind);
    }
    Route route = whole();
    route.steps.back().return_.to = {"#fill", "#first", "#a", "#each_head", "prev", "any"};
    EXPECT_EQ(field_of(route), "");
}

TEST(MalformedRoute, LeavesNoNodeOutOfReach) {
    const auto put_before_adopt = [](std::vector<RouteNode> nodes) {
        return [nodes](Route& route) {
            route.steps.insert(route.steps.end() - 1, nodes.begin(), nodes.end());
        };
    };
    each_is_refused({
        {"route.steps[6].id", put_before_adopt({closes("over")})},
        {"route.steps[6].id", put_before_adopt({moves_to("g", "#adopt"), closes("lost")})},
        {"route.steps[6].id", put_before_adopt({moves_to("g", "#head"), moves_to("h", "#head")})},
        {"route.steps[2].branches[0].steps[1].id",
         [](Route& route) {
             auto& steps = route.steps[2].branches[0].steps;
             steps.insert(steps.begin(), moves_to("g", "#adopt"));
         }},
        // Every way through the choice goes elsewhere.
        {"route.steps[3].id",
         [](Route& route) {
             route.steps[2].branches[0].steps = {moves_to("g", "#adopt")};
             route.steps[2].branches[1].steps = {closes("over")};
         }},
        {"route.steps[4].id",
         [](Route& route) { route.steps[3].branches[1].steps.push_back(closes("over")); }},
    });
}

TEST(MalformedRoute, IsNotOneWhoseNodesAGotoReaches) {
    Route route = route_of({signs(), moves_when("jump", "#late"), moves_to("g", "#adopt"),
                            asks("late", {at("lead", Post::section)}), adopt()});
    EXPECT_EQ(field_of(route), "");
    route.steps[2].to = "#adopt";
    EXPECT_EQ(field_of(route), "route.steps[4].id");
    route = whole();
    route.steps[2].branches[0].steps = {moves_to("g", "#adopt")};
    EXPECT_EQ(field_of(route), "") << "the default branch goes on";
    route = whole();
    route.steps[4].steps.push_back(closes("over"));
    EXPECT_EQ(field_of(route), "") << "without units the each is passed over";
}

TEST(MalformedRoute, GoesNowhereStrange) {
    const auto at_the_end = [](RouteNode node) {
        return [node](Route& route) { route.steps.push_back(node); };
    };
    each_is_refused({
        {"route.steps[6].to", at_the_end(moves_when("g", "#nowhere"))},
        {"route.steps[6].to", at_the_end(moves_when("g", "adopt"))},
        {"route.steps[6].to", at_the_end(moves_when("g", ""))},
        {"route.steps[6].to", at_the_end(moves_when("g", "#each_head"))},
        {"route.steps[6].to", at_the_end(moves_when("g", "#first"))},
        {"route.steps[6].to", at_the_end(moves_when("g", "#fill"))},
        // Into the branch beside its own.
        {"route.steps[3].branches[1].steps[1].to",
         [](Route& route) { route.steps[3].branches[1].steps.push_back(moves_when("g", "#a")); }},
        // Nobody is asked on the way round.
        {"route.steps[3].to",
         [](Route& route) {
             RouteNode copy;
             copy.id = "told";
             copy.kind = NodeKind::cc;
             copy.who = {at("zone", Post::leader)};
             route.steps = {route.steps[0], route.steps[1], copy, moves_when("g", "#told")};
         }},
    });
}

TEST(MalformedRoute, BranchesInFullAndOnce) {
    each_is_refused({
        {"route.steps[2].branches",
         [](Route& route) { route.steps[2].branches[1].default_ = false; }},
        {"route.steps[2].branches",
         [](Route& route) { route.steps[2].branches.push_back(otherwise()); }},
        {"route.steps[2].branches",
         [](Route& route) {
             route.steps[2].kind = NodeKind::inc;
             route.steps[2].branches.pop_back();
         }},
        {"route.steps[2].branches[0].when",
         [](Route& route) { route.steps[2].branches[0].when.reset(); }},
        {"route.steps[2].branches[1].when",
         [](Route& route) {
             route.steps[2].branches[1].when = compare(ConditionOp::gt, "revision", "1");
         }},
        {"route.steps[2].branches[0].when",
         [](Route& route) {
             route.steps[2].branches[0].when = compare(ConditionOp::gt, "moon.phase", "1");
         }},
        {"route.steps[3].branches", [](Route& route) { route.steps[3].branches.clear(); }},
        {"route.steps[3].branches[1].default",
         [](Route& route) { route.steps[3].branches[1].default_ = true; }},
    });
}

TEST(MalformedRoute, RunsEachUnitByAKnownRule) {
    for (const char* need : {"most", "2", ">1/2", "3/2", "0/1", "1/0"}) {
        Route route = whole();
        route.steps[4].need = need;
        EXPECT_EQ(field_of(route), "route.steps[4].need") << need;
    }
    for (const char* need : {"", "all", "any", "2/3"}) {
        Route route = whole();
        route.steps[4].need = need;
        EXPECT_EQ(field_of(route), "") << need;
    }
    each_is_refused({
        {"route.steps[4].as", [](Route& route) { route.steps[4].as = "unit"; }},
        {"route.steps[4].steps[0].branches[0].steps[0].kind",
         [](Route& route) {
             route.steps[4].steps = {block(
                 "q", NodeKind::par,
                 {branch({each("f", "all", Dissent::veto, {asks("d", {at("$u", Post::head)})})}),
                  branch({asks("g", {at("$u", Post::head)})})})};
         }},
    });
}

TEST(MalformedRoute, CountsNoMoreVotesThanThereAre) {
    const auto voting = [](RouteNode node) { return route_of({std::move(node), adopt()}); };
    EXPECT_EQ(field_of(voting(votes("2"))), "");
    EXPECT_EQ(field_of(voting(votes("3"))), "route.steps[1].vote.pass");
    RouteNode weighed = votes("4");
    weighed.vote->by = VoteBy::weight;
    weighed.who[0].weight = 2;
    EXPECT_EQ(field_of(voting(weighed)), "route.steps[1].vote.pass");
    weighed.who[0].weight = 3;
    EXPECT_EQ(field_of(voting(weighed)), "");
    RouteNode twice = votes("2");
    twice.who[1] = twice.who[0];
    EXPECT_EQ(field_of(voting(twice)), "route.steps[1].vote.pass") << "one seat is one slot";
    RouteNode unknown = votes("40");
    unknown.who[1].unit = "coop";
    EXPECT_EQ(field_of(voting(unknown)), "") << "how many there are depends on the task";
}

TEST(MalformedRoute, GivesAVetoToThoseWhoAreAsked) {
    const auto veto_of = [](Selector veto) {
        return field_of(route_of({votes("1/2", {std::move(veto)}), adopt()}));
    };
    Selector group;
    group.group = "panel";
    EXPECT_EQ(veto_of(at("lead", Post::head)), "");
    EXPECT_EQ(veto_of(at("lead", Post::deputy)), "route.steps[1].vote.veto[0]");
    EXPECT_EQ(veto_of(at("#none", Post::head)), "route.steps[1].vote.veto[0]");
    EXPECT_EQ(veto_of(person("jtj.head")), "route.steps[1].vote.veto[0]");
    EXPECT_EQ(veto_of(person("nobody")), "route.steps[1].vote.veto[0]");
    EXPECT_EQ(veto_of(group), "route.steps[1].vote.veto[0]");
    RouteNode named = votes("1/2", {person("jtj.head")});
    named.who.push_back(person("jtj.head"));
    EXPECT_EQ(field_of(route_of({named, adopt()})), "");
    named.vote->veto = {at("zone", Post::leader)};
    EXPECT_EQ(field_of(route_of({named, adopt()})), "") << "a person may hold that seat";
}

TEST(MalformedRoute, GivesANodeNothingThatItsKindDoesNotTake) {
    each_is_refused({
        {"route.steps[2].who", [](Route& route) { route.steps[2].who = {at("lead", Post::head)}; }},
        {"route.steps[3].mode", [](Route& route) { route.steps[3].mode = NodeMode::all; }},
        {"route.steps[4].due", [](Route& route) { route.steps[4].due = DueRule{}; }},
        {"route.steps[4].acts", [](Route& route) { route.steps[4].acts = {Act::approve}; }},
        {"route.steps[3].dissent", [](Route& route) { route.steps[3].dissent = Dissent::record; }},
        {"route.steps[1].branches", [](Route& route) { route.steps[1].branches = {otherwise()}; }},
        {"route.steps[1].steps",
         [](Route& route) { route.steps[1].steps = {asks("inner", {at("lead", Post::head)})}; }},
        {"route.steps[1].need", [](Route& route) { route.steps[1].need = "all"; }},
        {"route.steps[1].to", [](Route& route) { route.steps[1].to = "#adopt"; }},
        {"route.steps[1].why", [](Route& route) { route.steps[1].why = "so"; }},
        {"route.steps[1].event", [](Route& route) { route.steps[1].event = "task.urged"; }},
    });
}

}  // namespace
}  // namespace duban
