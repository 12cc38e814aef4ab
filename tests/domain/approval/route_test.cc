#include "domain/approval/route.h"
#include "domain/approval/route_events.h"

#include <gtest/gtest.h>

#include "tests/support/print.h"

namespace duban {
namespace {

Route numbered(const char* id, std::int32_t version) {
    Route route = default_report_route();
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
    EXPECT_EQ(find_route(book, RouteId("b"), 1)->ver, 1);
    EXPECT_EQ(find_route(book, RouteId("b"), 3), nullptr);
}

TEST(RouteBook, TheNewestIsTheHighestVersionOfThatRoute) {
    const auto book = book_of({numbered("b", 2), numbered("b", 1), numbered("c", 9)});
    ASSERT_NE(newest_route(book, RouteId("b")), nullptr);
    EXPECT_EQ(newest_route(book, RouteId("b"))->ver, 2);
    EXPECT_EQ(newest_route(book, RouteId("a")), nullptr);
    EXPECT_EQ(newest_route(book, RouteId("bb")), nullptr);
    EXPECT_EQ(newest_route(book, RouteId("d")), nullptr);
    EXPECT_EQ(newest_route(RouteBook{}, RouteId("b")), nullptr);
}

TEST(DefaultReportRoute, PassesItsOwnCheck) {
    const auto checked = check_route(default_report_route());
    EXPECT_TRUE(checked) << checked.error().field << ": " << checked.error().detail;
}

TEST(DefaultReportRoute, GoesFromTheLeadsClerkToTheOfficesHead) {
    const Route route = default_report_route();
    std::vector<std::string> ids;
    ids.reserve(route.steps.size());
    for (const RouteNode& node : route.steps) ids.push_back(node.id);
    EXPECT_EQ(ids, (std::vector<std::string>{"fill", "section", "head", "check", "adopt"}));
    EXPECT_EQ(route.steps[0].who, (std::vector{Selector{"lead", Post::clerk}}));
    EXPECT_EQ(route.steps[1].empty, OnEmpty::skip);
    EXPECT_EQ(route.steps[1].self, OnSelf::skip);
    EXPECT_EQ(route.steps[2].acts, (std::vector{Act::approve, Act::reject, Act::return_}));
    EXPECT_EQ(route.steps[4].who, (std::vector{Selector{"office", Post::head}}));
}

}  // namespace
}  // namespace duban
