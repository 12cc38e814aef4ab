#include "domain/approval/route.h"
#include "domain/approval/route_events.h"

#include <gtest/gtest.h>

#include "domain/approval/route_check.h"
#include "domain/approval/route_plan.h"
#include "tests/support/print.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

Route numbered(const char* id, std::int32_t version) {
    Route route = route_in_turn();
    route.route = RouteId(id);
    route.ver = version;
    return route;
}

RouteBook book_of(const std::vector<Route>& routes) {
    RouteBook book;
    for (const Route& route : routes)
        book = evolve(std::move(book), RoutePublished{route}, Stamp{});
    return book;
}

TEST(RouteBook, KeepsEveryVersion) {
    const auto book = book_of({numbered("b", 1), numbered("b", 2)});
    ASSERT_NE(find_route(book, RouteId("b"), 1), nullptr);
    EXPECT_EQ(find_route(book, RouteId("b"), 1)->route().ver, 1);
    EXPECT_EQ(find_route(book, RouteId("b"), 3), nullptr);
}

TEST(RouteBook, TheNewestIsTheHighestVersionOfThatRoute) {
    const auto book = book_of({numbered("b", 2), numbered("b", 1), numbered("c", 9)});
    ASSERT_NE(newest_route(book, RouteId("b")), nullptr);
    EXPECT_EQ(newest_route(book, RouteId("b"))->route().ver, 2);
    EXPECT_EQ(newest_route(book, RouteId("a")), nullptr);
    EXPECT_EQ(newest_route(book, RouteId("bb")), nullptr);
    EXPECT_EQ(newest_route(book, RouteId("d")), nullptr);
    EXPECT_EQ(newest_route(RouteBook{}, RouteId("b")), nullptr);
}

TEST(RoutePlan, PutsAFirstFillBeforeARouteWithoutOne) {
    Route route = route_in_turn();
    route.steps.erase(route.steps.begin());
    const RoutePlan plan(route);
    ASSERT_EQ(plan.size(), 5U);
    EXPECT_EQ(plan.node(RoutePlan::start()).id, "start");
    EXPECT_EQ(plan.node(RoutePlan::start()).who, route.starts);
    EXPECT_EQ(plan[RoutePlan::start()].next, 1U);
    EXPECT_EQ(plan[1].prev, RoutePlan::start());
    EXPECT_EQ(plan.route(), route) << "the route itself stays as it was published";
}

TEST(RoutePlan, KnowsWhereEveryNodeStands) {
    const RoutePlan plan(route_of(
        {block("p", NodeKind::par,
               {branch({asks("a", {at("lead", Post::head)}), asks("b", {at("lead", Post::head)})}),
                branch({each("e", "all", Dissent::veto, {asks("c", {at("$u", Post::head)})})})}),
         adopt()}));
    const PlaceNo block_place = plan.find("p");
    EXPECT_EQ(plan[plan.find("a")].next, plan.find("b"));
    EXPECT_EQ(plan[plan.find("b")].prev, plan.find("a"));
    EXPECT_EQ(plan[plan.find("b")].next, no_place);
    EXPECT_EQ(plan[plan.find("e")].branch, 1U);
    EXPECT_EQ(plan[plan.find("c")].each, plan.find("e"));
    EXPECT_EQ(plan[plan.find("c")].parent, plan.find("e"));
    EXPECT_EQ(plan.first_in(block_place, 1), plan.find("e"));
    EXPECT_EQ(plan[block_place].next, plan.find("adopt"));
    EXPECT_EQ(plan[block_place].end, plan.find("adopt"));
    EXPECT_TRUE(plan.within(plan.find("c"), block_place));
    EXPECT_FALSE(plan.within(plan.find("adopt"), block_place));
    EXPECT_EQ(plan.find("nowhere"), no_place);
}

}  // namespace
}  // namespace duban
