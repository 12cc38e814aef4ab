#include "domain/directory/directory.h"
#include "domain/directory/directory_events.h"

#include <gtest/gtest.h>

#include "tests/support/directory_fixture.h"

namespace duban {
namespace {

TEST(DirectoryEvolve, EveryEventMovesTheRightsOn) {
    DirectoryFixture fixture;
    fixture.unit("jtj")
        .person("a")
        .post("a", "jtj", Post::clerk)
        .proxy("a", "b", "2026-01-01", "2026-01-02");
    fixture.apply(PostRevoked{PersonId("nobody"), UnitCode("jtj"), Post::clerk});
    EXPECT_EQ(fixture.directory.rights_version, 5U);
}

TEST(DirectoryEvolve, PuttingAPersonAgainKeepsThePosts) {
    DirectoryFixture fixture;
    fixture.unit("jtj").person("a").post("a", "jtj", Post::clerk).person("a", false);
    const Person* person = find_person(fixture.directory, PersonId("a"));
    ASSERT_NE(person, nullptr);
    EXPECT_FALSE(person->active);
    EXPECT_EQ(person->posts.size(), 1U);
}

TEST(DirectoryEvolve, GrantingAgainReplacesTheMandate) {
    DirectoryFixture fixture;
    fixture.person("a")
        .post("a", "audit", Post::auditor)
        .post("a", "audit", Post::auditor, {UnitCode("jtj")});
    const Person* person = find_person(fixture.directory, PersonId("a"));
    ASSERT_EQ(person->posts.size(), 1U);
    EXPECT_EQ(person->posts[0].mandate, std::vector{UnitCode("jtj")});
}

TEST(DirectoryEvolve, RevokingTakesOnePost) {
    DirectoryFixture fixture;
    fixture.person("a").post("a", "jtj", Post::clerk).post("a", "rsj", Post::clerk);
    fixture.apply(PostRevoked{PersonId("a"), UnitCode("jtj"), Post::clerk});
    EXPECT_FALSE(holds(fixture.directory, PersonId("a"), seat("jtj", Post::clerk)));
    EXPECT_TRUE(holds(fixture.directory, PersonId("a"), seat("rsj", Post::clerk)));
}

TEST(DirectoryEvolve, AProxyOfThePairReplacesAndEnds) {
    DirectoryFixture fixture;
    fixture.proxy("a", "b", "2026-01-01", "2026-01-31").proxy("a", "c", "2026-01-01", "2026-01-31");
    fixture.proxy("a", "b", "2026-02-01", "2026-02-28");
    ASSERT_EQ(fixture.directory.proxies.size(), 2U);
    fixture.proxy("a", "b", "2026-02-01", "2026-01-31");
    ASSERT_EQ(fixture.directory.proxies.size(), 1U);
    EXPECT_EQ(fixture.directory.proxies[0].deputy, PersonId("c"));
}

TEST(Directory, AnInactivePersonHoldsNothing) {
    auto office = small_office();
    EXPECT_TRUE(holds(office.directory, PersonId("jtj.head"), seat("jtj", Post::head)));
    EXPECT_TRUE(holds_post(office.directory, PersonId("jtj.head"), Post::head));
    office.person("jtj.head", false);
    EXPECT_FALSE(holds(office.directory, PersonId("jtj.head"), seat("jtj", Post::head)));
    EXPECT_FALSE(holds_post(office.directory, PersonId("jtj.head"), Post::head));
    EXPECT_TRUE(holders(office.directory, seat("jtj", Post::head)).empty());
}

TEST(Directory, HoldersAreInOrderOfTheirIds) {
    auto office = small_office();
    office.person("z").post("z", "jtj", Post::clerk).person("a").post("a", "jtj", Post::clerk);
    EXPECT_EQ(holders(office.directory, seat("jtj", Post::clerk)),
              (std::vector{PersonId("a"), PersonId("jtj.clerk"), PersonId("z")}));
}

class ProxyRights : public testing::Test {
protected:
    [[nodiscard]] std::optional<Capacity> capacity(const std::string& person,
                                                   const std::string& today) const {
        return capacity_for(office_.directory, PersonId(person),
                            {seat("jtj", Post::head), seat("jtj", Post::section)}, day(today));
    }
    DirectoryFixture office_ =
        small_office().proxy("jtj.head", "jtj.clerk", "2026-06-01", "2026-06-10");
};

TEST_F(ProxyRights, CountFromTheFirstToTheLastDay) {
    EXPECT_FALSE(capacity("jtj.clerk", "2026-05-31"));
    EXPECT_TRUE(capacity("jtj.clerk", "2026-06-01"));
    EXPECT_TRUE(capacity("jtj.clerk", "2026-06-10"));
    EXPECT_FALSE(capacity("jtj.clerk", "2026-06-11"));
}

TEST_F(ProxyRights, NameThePrincipalAndTheSeat) {
    const auto found = capacity("jtj.clerk", "2026-06-01");
    EXPECT_EQ(found,
              (Capacity{PersonId("jtj.clerk"), PersonId("jtj.head"), seat("jtj", Post::head)}));
}

TEST_F(ProxyRights, OnesOwnPostComesBeforeAProxys) {
    office_.proxy("jtj.head", "jtj.section", "2026-06-01", "2026-06-10");
    const auto found = capacity("jtj.section", "2026-06-01");
    EXPECT_EQ(found, (Capacity{PersonId("jtj.section"), {}, seat("jtj", Post::section)}));
}

TEST_F(ProxyRights, EndWithEitherPersonsWork) {
    office_.person("jtj.head", false);
    EXPECT_FALSE(capacity("jtj.clerk", "2026-06-01"));
    office_.person("jtj.head").person("jtj.clerk", false);
    EXPECT_FALSE(capacity("jtj.clerk", "2026-06-01"));
}

TEST_F(ProxyRights, AreNotHandedOn) {
    office_.proxy("jtj.clerk", "rsj.clerk", "2026-06-01", "2026-06-10");
    EXPECT_FALSE(capacity("rsj.clerk", "2026-06-01"));
}

TEST_F(ProxyRights, StopAtAdministrators) {
    office_.proxy("jtj.head", "admin.system", "2026-06-01", "2026-06-10");
    EXPECT_FALSE(capacity("admin.system", "2026-06-01"));
    office_.proxy("admin.security", "jtj.clerk", "2026-06-01", "2026-06-10");
    EXPECT_EQ(principals_of(office_.directory, PersonId("jtj.clerk"), day("2026-06-01")),
              std::vector{PersonId("jtj.head")});
}

TEST(DescribeSeats, JoinsWithOr) {
    EXPECT_EQ(describe({}), "");
    EXPECT_EQ(describe({seat("jtj", Post::head)}), "head of jtj");
    EXPECT_EQ(describe({seat("jtj", Post::head), seat("office", Post::clerk)}),
              "head of jtj or clerk of office");
    EXPECT_STREQ(to_string(Post::system_admin), "system_admin");
}

}  // namespace
}  // namespace duban
