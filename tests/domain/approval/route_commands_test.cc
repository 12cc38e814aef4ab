#include <gtest/gtest.h>

#include "domain/approval/route_commands.h"
#include "domain/approval/route_events.h"
#include "domain/base/decide.h"
#include "tests/support/directory_fixture.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

class DecidePublish : public testing::Test {
protected:
    Result<Decision> publish_as(const std::string& actor, const Route& route) {
        return decide(PublishRoute{route}, office_.as(actor));
    }
    static Route version(std::int32_t number) {
        Route route = route_in_turn();
        route.ver = number;
        return route;
    }
    void keep(const Route& route) {
        office_.routes = evolve(std::move(office_.routes), RoutePublished{route}, Stamp{});
    }
    DirectoryFixture office_ = small_office();
};

TEST_F(DecidePublish, IsForTheOfficesHeadTheLeadersAndTheSystem) {
    for (const char* actor : {"office.head", "zone.leader", "system"}) {
        const auto decided = publish_as(actor, version(1));
        ASSERT_TRUE(decided) << actor << ": " << decided.error().detail;
        EXPECT_EQ(
            decided->events,
            (NewEvents{NewEvent{StreamId("route/report"), Event(RoutePublished{version(1)})}}));
        EXPECT_TRUE(decided->on_behalf_of.empty());
    }
    for (const char* actor : {"office.clerk", "jtj.head", "admin.system", "nobody"}) {
        const auto decided = publish_as(actor, version(1));
        ASSERT_FALSE(decided) << actor;
        EXPECT_EQ(decided.error().code, Errc::forbidden);
        EXPECT_EQ(
            decided.error().detail,
            "Publishing a route is for the head of office or leader of zone; ask one of them.");
    }
}

TEST_F(DecidePublish, AProxyPublishesForHisPrincipal) {
    office_.proxy("office.head", "office.clerk", "2026-06-01", "2026-06-30");
    const auto decided = publish_as("office.clerk", version(1));
    ASSERT_TRUE(decided);
    EXPECT_EQ(decided->on_behalf_of, PersonId("office.head"));
}

TEST_F(DecidePublish, ChecksTheRoute) {
    Route route = version(1);
    route.steps.clear();
    const auto decided = publish_as("system", route);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().field, "route.steps");
}

TEST_F(DecidePublish, VersionsFollowOneAnother) {
    for (const std::int32_t number : {2, 7}) {
        const auto decided = publish_as("system", version(number));
        ASSERT_FALSE(decided);
        EXPECT_EQ(decided.error().code, Errc::invalid_argument);
        EXPECT_EQ(decided.error().field, "route.ver");
        EXPECT_NE(decided.error().detail.find("report is 1"), std::string::npos);
    }
    keep(version(1));
    EXPECT_TRUE(publish_as("system", version(2)));
    Route other = version(1);
    other.title = "另一个";
    const auto decided = publish_as("system", other);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().field, "route.ver");
}

TEST_F(DecidePublish, TheSameAgainGivesNoEvents) {
    keep(version(1));
    EXPECT_TRUE(publish_as("system", version(1))->events.empty());
    keep(version(2));
    EXPECT_FALSE(publish_as("system", version(1)));
    EXPECT_TRUE(publish_as("office.head", version(2))->events.empty());
}

}  // namespace
}  // namespace duban
