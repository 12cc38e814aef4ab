#include "domain/approval/route_check.h"

#include <gtest/gtest.h>

#include <functional>

#include "domain/approval/route_plan.h"
#include "tests/support/directory_fixture.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

struct Spoiled {
    const char* field;
    std::function<void(Route&)> spoil;
};

RouteNode head() {
    return asks("head", {at("lead", Post::head)});
}

// fill, head, a block of two branches, a run of units, adopt.
Route sample() {
    return route_of({head(),
                     block("p", NodeKind::par,
                           {branch({asks("a", {at("lead", Post::section)})}),
                            branch({asks("b", {at("zone", Post::leader)})})}),
                     each("e", "all", Dissent::veto, {asks("c", {at("$u", Post::head)})}),
                     adopt()});
}

void expect_refused(const std::vector<Spoiled>& cases) {
    const DirectoryFixture office = small_office();
    for (const auto& [field, spoil] : cases) {
        Route route = sample();
        spoil(route);
        const auto checked = check_route(route, {office.directory});
        ASSERT_FALSE(checked) << field;
        EXPECT_EQ(checked.error().code, Errc::invalid_argument);
        EXPECT_EQ(checked.error().field, field);
        EXPECT_FALSE(checked.error().detail.empty());
    }
}

RouteNode& step(Route& route, std::size_t at) {
    return route.steps[at];
}

TEST(CheckRoute, PassesARouteWithBlocks) {
    const DirectoryFixture office = small_office();
    const auto checked = check_route(sample(), {office.directory});
    EXPECT_TRUE(checked) << checked.error().field << ": " << checked.error().detail;
}

TEST(CheckRoute, TakesNamesAsThereWhereItDoesNotKnowAll) {
    const Directory nobody;
    Route route = sample();
    step(route, 1).who = {at("#none", Post::head), Selector{}, Selector{}};
    step(route, 1).who[1].user = PersonId("somebody");
    step(route, 1).who[2].group = "panel";
    EXPECT_FALSE(check_route(route, RouteWorld{nobody, nullptr, true}));
    EXPECT_TRUE(check_route(route, RouteWorld{nobody, nullptr, false}));
    step(route, 1).who[0].unit = "#No Code";
    EXPECT_FALSE(check_route(route, RouteWorld{nobody, nullptr, false}));
}

TEST(CheckRoute, ChecksTheHead) {
    expect_refused({
        {"route.route", [](Route& route) { route.route = RouteId("Report"); }},
        {"route.ver", [](Route& route) { route.ver = -1; }},
        {"route.title", [](Route& route) { route.title = ""; }},
        {"route.starts", [](Route& route) { route.starts.clear(); }},
        {"route.starts[0]", [](Route& route) { route.starts[0] = Selector{}; }},
        {"route.material[1]", [](Route& route) { route.material[1] = "colour"; }},
        {"route.material[0]", [](Route& route) { route.material = {"period", "period"}; }},
        {"route.on.pass", [](Route& route) { route.on.pass.clear(); }},
        {"route.on.pass[0].do", [](Route& route) { route.on.pass[0].do_.reset(); }},
        {"route.on.pass[0]", [](Route& route) { route.on.pass.push_back(route.on.pass[0]); }},
        {"route.steps", [](Route& route) { route.steps.clear(); }},
    });
}

TEST(CheckRoute, WantsEveryIdOnceOverAllBlocks) {
    expect_refused({
        {"route.steps[1].id", [](Route& route) { step(route, 1).id = "no good"; }},
        {"route.steps[4].id", [](Route& route) { step(route, 4).id = "head"; }},
        {"route.steps[2].branches[1].steps[0].id",
         [](Route& route) { step(route, 2).branches[1].steps[0].id = "a"; }},
        {"route.steps[0].id",
         [](Route& route) {
             route.steps.erase(route.steps.begin());
             step(route, 0).id = implied_start_id;
         }},
    });
}

TEST(CheckRoute, NamesPersonsWhoAreThere) {
    expect_refused({
        {"route.steps[1].who", [](Route& route) { step(route, 1).who.clear(); }},
        {"route.steps[1].who[0].unit", [](Route& route) { step(route, 1).who[0].unit = "jtj"; }},
        {"route.steps[1].who[0].unit", [](Route& route) { step(route, 1).who[0].unit = "#none"; }},
        {"route.steps[1].who[0].unit", [](Route& route) { step(route, 1).who[0].unit = "$u"; }},
        {"route.steps[1].who[0].post", [](Route& route) { step(route, 1).who[0].post.reset(); }},
        {"route.steps[1].who[0].post",
         [](Route& route) { step(route, 1).who[0].post = Post::system_admin; }},
        {"route.steps[1].who[0]",
         [](Route& route) { step(route, 1).who[0].user = PersonId("jtj.head"); }},
        {"route.steps[1].who[0].user",
         [](Route& route) {
             step(route, 1).who[0] = Selector{};
             step(route, 1).who[0].user = PersonId("nobody");
         }},
        {"route.steps[1].who[0].group",
         [](Route& route) {
             step(route, 1).who[0] = Selector{};
             step(route, 1).who[0].group = "panel";
         }},
        {"route.steps[1].who[0].from",
         [](Route& route) {
             step(route, 1).who[0] = Selector{};
             step(route, 1).who[0].pick = PickBy::prev;
         }},
    });
}

TEST(CheckRoute, OffersActsThatAgreeWithTheReturn) {
    expect_refused({
        {"route.steps[0].acts", [](Route& route) { step(route, 0).acts = {Act::approve}; }},
        {"route.steps[1].acts", [](Route& route) { step(route, 1).acts = {Act::reject}; }},
        {"route.steps[1].acts[1]",
         [](Route& route) { step(route, 1).acts = {Act::approve, Act::return_, Act::return_}; }},
        {"route.steps[1].return", [](Route& route) { step(route, 1).return_.to.clear(); }},
        {"route.steps[1].return",
         [](Route& route) { step(route, 1).acts = {Act::approve, Act::reject}; }},
        {"route.steps[1].return.to[0]",
         [](Route& route) { step(route, 1).return_.to = {"#adopt"}; }},
        {"route.steps[1].return.to[1]",
         [](Route& route) { step(route, 1).return_.to = {"start", "#nowhere"}; }},
        {"route.steps[4].return.to[0]", [](Route& route) { step(route, 4).return_.to = {"#p"}; }},
        {"route.steps[2].branches[1].steps[0].return.to[0]",
         [](Route& route) { step(route, 2).branches[1].steps[0].return_.to = {"#a"}; }},
    });
}

TEST(CheckRoute, CountsVotesThatCanBeReached) {
    const auto voting = [](Route& route, const char* pass) {
        step(route, 1).mode = NodeMode::vote;
        step(route, 1).vote = VoteRule{VoteBy::head, pass, Settle::early, {}};
    };
    for (const char* pass : {"3/2", "0", "0/2", "half", "", "2/0", ">1/1", "1/2x", "2"}) {
        expect_refused({{"route.steps[1].vote.pass", [&](Route& route) { voting(route, pass); }}});
    }
    expect_refused({
        {"route.steps[1].vote", [](Route& route) { step(route, 1).mode = NodeMode::vote; }},
        {"route.steps[1].vote", [](Route& route) { step(route, 1).vote = VoteRule{}; }},
        {"route.steps[1].vote.veto[0]",
         [&](Route& route) {
             voting(route, "1/2");
             step(route, 1).vote->veto = {at("office", Post::head)};
         }},
    });
}

TEST(CheckRoute, WantsWholeDueRules) {
    expect_refused({
        {"route.steps[1].due", [](Route& route) { step(route, 1).due = DueRule{}; }},
        {"route.steps[1].due",
         [](Route& route) {
             step(route, 1).due = DueRule{};
             step(route, 1).due->wd = 2;
             step(route, 1).due->h = 2;
         }},
        {"route.steps[1].due.to",
         [](Route& route) {
             step(route, 1).due = DueRule{};
             step(route, 1).due->wd = 2;
             step(route, 1).due->over = Over::escalate;
         }},
        {"route.steps[1].due.over",
         [](Route& route) {
             step(route, 1).due = DueRule{};
             step(route, 1).due->wd = 2;
             step(route, 1).due->over = Over::return_;
             step(route, 1).acts = {Act::approve};
             step(route, 1).return_ = {};
         }},
    });
}

TEST(CheckRoute, BoundsWhatADueCounts) {
    const auto due = [](auto change) {
        return [change](Route& route) {
            step(route, 1).due = DueRule{};
            step(route, 1).due->wd = 2;
            change(*step(route, 1).due);
        };
    };
    expect_refused({
        {"route.steps[1].due.wd", due([](DueRule& rule) { rule.wd = 501; })},
        {"route.steps[1].due.h", due([](DueRule& rule) {
             rule.wd = 0;
             rule.h = 10'001;
         })},
        {"route.steps[1].due.remind[1]", due([](DueRule& rule) { rule.remind = {-1, -366}; })},
        {"route.steps[0].due.over",
         [](Route& route) {
             step(route, 0).due = DueRule{};
             step(route, 0).due->wd = 2;
             step(route, 0).due->over = Over::deem;
         }},
    });
}

TEST(CheckRoute, WantsToKnowWhatAWaitEndsWith) {
    const auto waiting = [](auto change) {
        return [change](Route& route) {
            RouteNode& node = step(route, 1);
            node = RouteNode{};
            node.id = "w";
            node.kind = NodeKind::wait;
            change(node);
        };
    };
    expect_refused({
        {"route.steps[1].event", waiting([](RouteNode&) {})},
        {"route.steps[1].event", waiting([](RouteNode& node) {
             node.wd = 2;
             node.h = 2;
         })},
        {"route.steps[1].wd", waiting([](RouteNode& node) { node.wd = 501; })},
        {"route.steps[1].h", waiting([](RouteNode& node) { node.h = 10'001; })},
        {"route.steps[1].until", waiting([](RouteNode& node) { node.until = "task.lead"; })},
    });
}

TEST(CheckRoute, BranchesWithConditionsAndOneDefault) {
    const auto condition = compare(ConditionOp::gt, "task.coop_count", "0");
    expect_refused({
        {"route.steps[2].branches", [](Route& route) { step(route, 2).branches.pop_back(); }},
        {"route.steps[2].branches", [](Route& route) { step(route, 2).kind = NodeKind::choose; }},
        {"route.steps[2].branches[0].when",
         [](Route& route) {
             step(route, 2).kind = NodeKind::choose;
             step(route, 2).branches[1].default_ = true;
         }},
        {"route.steps[2].branches[0].when",
         [&](Route& route) { step(route, 2).branches[0].when = condition; }},
        {"route.steps[1].when",
         [](Route& route) { step(route, 1).when = compare(ConditionOp::gt, "moon.phase", "1"); }},
    });
}

TEST(CheckRoute, RunsUnitsInOneEach) {
    expect_refused({
        {"route.steps[3].in", [](Route& route) { step(route, 3).in.reset(); }},
        {"route.steps[3].need", [](Route& route) { step(route, 3).need = "most"; }},
        {"route.steps[3].dissent",
         [](Route& route) { step(route, 3).dissent = Dissent::escalate; }},
        {"route.steps[3].steps", [](Route& route) { step(route, 3).steps.clear(); }},
        {"route.steps[3].steps[0].kind",
         [](Route& route) {
             step(route, 3).steps = {
                 each("f", "all", Dissent::veto, {asks("d", {at("$u", Post::head)})})};
         }},
    });
}

TEST(CheckRoute, LetsNothingStandThatCannotBeReached) {
    const auto moving = [](const char* to) {
        RouteNode node;
        node.id = "g";
        node.kind = NodeKind::goto_;
        node.to = to;
        return node;
    };
    expect_refused({
        {"route.steps[2].id",
         [&](Route& route) { route.steps.insert(route.steps.begin() + 1, moving("#adopt")); }},
        {"route.steps[5].to", [&](Route& route) { route.steps.push_back(moving("#none")); }},
        {"route.steps[5].to", [&](Route& route) { route.steps.push_back(moving("#a")); }},
        {"route.steps[5].to", [&](Route& route) { route.steps.push_back(moving("#g")); }},
        {"route.steps[3].steps[1].to",
         [&](Route& route) { step(route, 3).steps.push_back(moving("#head")); }},
        {"route.steps[5].why",
         [](Route& route) {
             RouteNode stop;
             stop.id = "stop";
             stop.kind = NodeKind::auto_;
             stop.result = AutoResult::reject;
             route.steps.push_back(stop);
         }},
    });
}

TEST(Threshold, ReadsSharesAndCounts) {
    const auto half = parse_threshold("1/2");
    ASSERT_TRUE(half);
    EXPECT_TRUE(reaches(*half, 2, 4));
    EXPECT_FALSE(reaches(*half, 1, 4));
    const auto more = parse_threshold(">1/2");
    ASSERT_TRUE(more);
    EXPECT_FALSE(reaches(*more, 2, 4));
    EXPECT_TRUE(reaches(*more, 3, 4));
    const auto two = parse_threshold("2");
    ASSERT_TRUE(two);
    EXPECT_TRUE(reaches(*two, 2, 9));
    EXPECT_FALSE(reaches(*half, 0, 0)) << "nothing is reached by none of none";
}

}  // namespace
}  // namespace duban
