#include "tools/cli/shipped_routes.h"

#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <nlohmann/json.hpp>

#include "api/render/route_json.h"
#include "domain/approval/route_commands.h"
#include "domain/approval/route_events.h"
#include "tests/support/given.h"
#include "tools/cli/route_drawing.h"

namespace duban {
namespace {

TEST(ShippedRoutes, MayBePublishedInTheirOrder) {
    GivenTask world;
    world.routes = {};
    world.directory.groups[review_panel] = {review_panel, "评议组", {}};
    std::vector<std::string> published;
    for (const Route& route : shipped_routes()) {
        const auto decided = decide(PublishRoute{route}, world.facts("office.head"));
        ASSERT_TRUE(decided) << decided.error().field << ": " << decided.error().detail;
        ASSERT_EQ(decided->events.size(), 1U);
        EXPECT_EQ(decided->events[0].event, Event(RoutePublished{route}));
        world.publish(route);
        published.push_back(route.route.value);
    }
    EXPECT_EQ(published, (std::vector<std::string>{"report", "extension", "site_check", "closing",
                                                   "amendment", "issue"}));
}

TEST(ShippedRoutes, JudgeEverySubjectUnderItsOwnName) {
    const auto routes = shipped_routes();
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<SubjectKind>>([&](auto kind) {
        const auto found = std::ranges::find(routes, RouteId(kind.name), &Route::route);
        ASSERT_NE(found, routes.end()) << kind.name;
        EXPECT_EQ(found->subject, kind.value);
        EXPECT_EQ(found->ver, 1);
    });
}

TEST(ShippedRoutes, AreReadAsTheyStandInTheirFiles) {
    const auto routes = shipped_routes();
    ASSERT_EQ(routes.size(), shipped_route_texts().size());
    for (std::size_t i = 0; i < routes.size(); ++i) {
        const auto again = route_from_json(route_to_json(routes[i]));
        ASSERT_TRUE(again) << again.error().detail;
        EXPECT_EQ(*again, routes[i]);
    }
}

TEST(ShippedRoutes, AreDrawnFromTheirFilesWithoutADirectory) {
    for (const std::string_view text : shipped_route_texts()) {
        const auto route = route_of_text(text, "route.json");
        EXPECT_TRUE(route) << route.error().detail;
    }
}

}  // namespace
}  // namespace duban
