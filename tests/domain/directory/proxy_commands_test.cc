#include <gtest/gtest.h>

#include "domain/directory/directory_commands.h"
#include "domain/directory/directory_events.h"
#include "tests/support/directory_fixture.h"

namespace duban {
namespace {

Proxy proxy(const std::string& principal, const std::string& deputy, const std::string& from,
            const std::string& until) {
    return {PersonId(principal), PersonId(deputy), day(from), day(until)};
}

class DecideProxy : public testing::Test {
protected:
    static constexpr const char* today = "2026-06-01";

    Result<Decision> decide_as(const std::string& actor, const Proxy& wanted) {
        return decide(SetProxy{wanted}, office_.as(actor, today));
    }
    void expect_field(const Proxy& wanted, const std::string& field) {
        const auto decided = decide_as("admin.security", wanted);
        ASSERT_FALSE(decided) << field;
        EXPECT_EQ(decided.error().code, Errc::invalid_argument) << decided.error().detail;
        EXPECT_EQ(decided.error().field, field);
    }
    void expect_rule(const Proxy& wanted, const std::string& rule) {
        const auto decided = decide_as("admin.security", wanted);
        ASSERT_FALSE(decided) << rule;
        EXPECT_EQ(decided.error().rule, rule) << decided.error().detail;
    }
    DirectoryFixture office_ = small_office();
    const Proxy usual_ = proxy("jtj.section", "jtj.clerk", "2026-06-01", "2026-06-30");
};

TEST_F(DecideProxy, IsForThePrincipalHisHeadAndTheSecurityAdmin) {
    for (const char* actor : {"jtj.section", "jtj.head", "admin.security", "system"}) {
        const auto decided = decide_as(actor, usual_);
        ASSERT_TRUE(decided) << actor << ": " << decided.error().detail;
        EXPECT_EQ(
            decided->events,
            (NewEvents{NewEvent{StreamId("person/jtj.section"), Event(Event(ProxySet{usual_}))}}));
    }
    for (const char* actor : {"jtj.clerk", "rsj.head", "admin.system", "office.head", "nobody"}) {
        const auto decided = decide_as(actor, usual_);
        ASSERT_FALSE(decided) << actor;
        EXPECT_EQ(decided.error().code, Errc::forbidden);
    }
}

TEST_F(DecideProxy, AHeadOpensNoUnitThatHeDoesNotHead) {
    office_.post("jtj.section", "rsj", Post::section);
    const auto decided = decide_as("jtj.head", usual_);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().code, Errc::forbidden);
    EXPECT_TRUE(decide_as("jtj.section", usual_)) << "the person himself may";
    office_.post("jtj.head", "rsj", Post::head);
    EXPECT_TRUE(decide_as("jtj.head", usual_));
}

TEST_F(DecideProxy, AHeadDoesNotNameHimself) {
    const Proxy own = proxy("jtj.section", "jtj.head", "2026-06-01", "2026-06-30");
    ASSERT_FALSE(decide_as("jtj.head", own));
    EXPECT_TRUE(decide_as("jtj.section", own));
}

TEST_F(DecideProxy, AHeadGivesBackTheRightsThatHeWasGiven) {
    const Proxy ended = proxy("jtj.section", "jtj.head", "2026-06-01", "2026-05-31");
    EXPECT_FALSE(decide_as("jtj.head", ended)) << "there is nothing to end";
    office_.apply(ProxySet{proxy("jtj.section", "jtj.head", "2026-06-01", "2026-06-30")});
    EXPECT_TRUE(decide_as("jtj.head", ended));
    EXPECT_FALSE(
        decide_as("jtj.head", proxy("jtj.section", "jtj.head", "2026-06-01", "2026-07-31")));
}

TEST_F(DecideProxy, AHeadsProxyCannotProlongHimself) {
    office_.proxy("jtj.head", "jtj.clerk", "2026-06-01", "2026-06-02");
    const auto decided =
        decide_as("jtj.clerk", proxy("jtj.head", "jtj.clerk", "2026-06-01", "2026-12-31"));
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().code, Errc::forbidden);
}

TEST_F(DecideProxy, NeedsTwoKnownPersons) {
    const auto unknown = decide_as("system", proxy("x", "jtj.clerk", "2026-06-01", "2026-06-30"));
    EXPECT_EQ(unknown.error().code, Errc::not_found);
    EXPECT_EQ(unknown.error().field, "proxy.principal");
    const auto nobody = decide_as("system", proxy("jtj.head", "x", "2026-06-01", "2026-06-30"));
    EXPECT_EQ(nobody.error().field, "proxy.deputy");
    expect_field(proxy("jtj.head", "jtj.head", "2026-06-01", "2026-06-30"), "proxy.deputy");
}

TEST_F(DecideProxy, NeedsAnActiveDeputy) {
    office_.person("jtj.clerk", false);
    expect_rule(usual_, "proxy_inactive");
}

TEST_F(DecideProxy, KeepsAwayFromAdministrators) {
    expect_rule(proxy("admin.system", "jtj.clerk", "2026-06-01", "2026-06-30"),
                "proxy_of_administrator");
    expect_rule(proxy("jtj.head", "admin.audit", "2026-06-01", "2026-06-30"),
                "proxy_of_administrator");
}

TEST_F(DecideProxy, ChecksTheDays) {
    expect_field(proxy("jtj.section", "jtj.clerk", "2026-06-10", "2026-06-09"), "proxy.until");
    expect_field(proxy("jtj.section", "jtj.clerk", "2026-05-01", "2026-05-31"), "proxy.until");
    expect_field(proxy("jtj.section", "jtj.clerk", "2026-06-01", "2027-06-02"), "proxy.until");
    EXPECT_TRUE(decide_as("system", proxy("jtj.section", "jtj.clerk", "2026-06-01", "2027-06-01")));
    EXPECT_TRUE(decide_as("system", proxy("jtj.section", "jtj.clerk", "2026-05-01", today)));
}

TEST_F(DecideProxy, AnExistingOneIsEndedOrReplaced) {
    office_.apply(ProxySet{usual_});
    EXPECT_TRUE(decide_as("jtj.section", usual_)->events.empty());
    for (const char* until : {"2026-05-31", "2026-05-01"}) {
        const auto ended =
            decide_as("jtj.section", proxy("jtj.section", "jtj.clerk", "2026-06-01", until));
        ASSERT_TRUE(ended) << ended.error().detail;
        EXPECT_EQ(ended->events.size(), 1U);
    }
    EXPECT_TRUE(
        decide_as("jtj.section", proxy("jtj.section", "jtj.clerk", "2026-06-01", "2026-07-31")));
}

TEST_F(DecideProxy, CanBeEndedWhenTheDeputyHasLeft) {
    office_.apply(ProxySet{usual_}).person("jtj.clerk", false);
    EXPECT_TRUE(
        decide_as("jtj.head", proxy("jtj.section", "jtj.clerk", "2026-05-01", "2026-05-31")));
}

}  // namespace
}  // namespace duban
