// Urging units, by the office, by the lead and by the clock.
#include <gtest/gtest.h>

#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"
#include "tests/support/given.h"

namespace duban {
namespace {

UrgeTask slip(UrgeLevel level, std::vector<UnitCode> units = {}) {
    return {task_1, level, std::move(units), "hurry"};
}

TaskUrged urged(UrgeLevel level, std::vector<UnitCode> units) {
    return {task_1, level, std::move(units), "hurry"};
}

TEST(UrgeTask, ReachesAllUnitsUnlessSomeAreNamed) {
    GivenTask world;
    world.issued();
    world.when("office.clerk", slip(UrgeLevel::blue)).gives({urged(UrgeLevel::blue, {jtj, jzy})});
    world.when("office.clerk", slip(UrgeLevel::blue, {jzy})).gives({urged(UrgeLevel::blue, {jzy})});
}

TEST(UrgeTask, IsPutOnRecord) {
    GivenTask world;
    world.issued().does("office.clerk", slip(UrgeLevel::blue, {jzy}));
    ASSERT_EQ(world.task.urges.size(), 1U);
    EXPECT_EQ(world.task.urges.front().by, PersonId("office.clerk"));
    EXPECT_EQ(world.task.urges.front().text, "hurry");
}

TEST(UrgeTask, IsRepeatedByOnePersonOnlyAfterAnHourOrWithAHeavierSlip) {
    GivenTask world;
    world.issued().does("office.clerk", slip(UrgeLevel::blue, {jzy}));
    constexpr std::int64_t hour_ms = 60LL * 60 * 1000;
    world.now.ms = world.task.urges.back().time.ms + hour_ms - 1;
    world.when("office.clerk", slip(UrgeLevel::blue)).refused_by("urged_lately");
    world.when("office.clerk", slip(UrgeLevel::blue, {jzy})).refused_by("urged_lately");
    EXPECT_TRUE(world.when("office.clerk", slip(UrgeLevel::blue, {jtj})).accepted());
    EXPECT_TRUE(world.when("office.head", slip(UrgeLevel::blue, {jzy})).accepted());
    EXPECT_TRUE(world.when("office.clerk", slip(UrgeLevel::yellow, {jzy})).accepted());
    world.does("office.clerk", slip(UrgeLevel::yellow, {jzy}));
    world.now.ms = world.task.urges.back().time.ms + hour_ms - 1;
    world.when("office.clerk", slip(UrgeLevel::blue, {jzy})).refused_by("urged_lately");
    ++world.now.ms;
    EXPECT_TRUE(world.when("office.clerk", slip(UrgeLevel::blue, {jzy})).accepted());
}

TEST(UrgeTask, LeavesTheRedSlipToTheHeadAndLeaders) {
    GivenTask world;
    world.issued();
    for (const auto* actor : {"office.clerk", "office.head", "zone.leader"}) {
        EXPECT_TRUE(world.when(actor, slip(UrgeLevel::blue)).accepted()) << actor;
        EXPECT_TRUE(world.when(actor, slip(UrgeLevel::yellow)).accepted()) << actor;
    }
    EXPECT_TRUE(world.when("office.head", slip(UrgeLevel::red)).accepted());
    EXPECT_TRUE(world.when("zone.leader", slip(UrgeLevel::red)).accepted());
    world.when("office.clerk", slip(UrgeLevel::red)).forbidden();
}

TEST(UrgeTask, LetsTheLeadUrgeCooperatingUnitsInBlue) {
    GivenTask world;
    world.issued();
    world.when("jtj.head", slip(UrgeLevel::blue)).gives({urged(UrgeLevel::blue, {jzy})});
    world.when("jtj.head", slip(UrgeLevel::yellow)).forbidden();
    world.when("jtj.head", slip(UrgeLevel::blue, {jtj})).forbidden();
    for (const auto* actor : {"jtj.clerk", "jtj.section", "jzy.head"}) {
        world.when(actor, slip(UrgeLevel::blue)).forbidden();
    }
}

TEST(UrgeTask, MayBeDoneByAProxy) {
    GivenTask world;
    world.issued().proxy("office.head", "office.clerk").proxy("jtj.head", "jtj.clerk");
    world.when("office.clerk", slip(UrgeLevel::red))
        .gives_for("office.head", {urged(UrgeLevel::red, {jtj, jzy})});
    world.when("jtj.clerk", slip(UrgeLevel::blue))
        .gives_for("jtj.head", {urged(UrgeLevel::blue, {jzy})});
}

TEST(UrgeTask, IsRefused) {
    GivenTask world;
    world.established();
    world.when("office.clerk", slip(UrgeLevel::blue)).refused_by("not_issued");
    world.does("office.clerk", IssueTask{task_1, {}, {}, {}, {}});
    world.when("office.clerk", slip(UrgeLevel::blue, {rsj})).refused_by("no_part");
    world.when("office.clerk", slip(UrgeLevel::blue, {jzy, jzy})).field("units[0]");
    world.when("office.clerk", UrgeTask{task_1, UrgeLevel::blue, {}, std::string(2001, 'x')})
        .field("text");
}

TEST(UrgeTask, PassesByReleasedUnits) {
    GivenTask world;
    world.issued()
        .does("jzy.head", ObjectAssignment{task_1, jzy, "not ours"})
        .does("office.head", SettleObjection{task_1, jzy, Settlement::release, {}, ""});
    world.when("office.clerk", slip(UrgeLevel::blue)).gives({urged(UrgeLevel::blue, {jtj})});
    world.when("office.clerk", slip(UrgeLevel::blue, {jzy})).refused_by("no_part");
    world.when("jtj.head", slip(UrgeLevel::blue)).refused_by("no_part");
}

struct UrgeUnsignedTest : testing::Test {
    const Date sign_by = date("2026-09-04");
    const UrgeUnsigned timer{task_1, jzy, sign_by};
    GivenTask world;

    void SetUp() override {
        world.issued();
        world.now = end_of_office_day(sign_by);
    }
};

TEST_F(UrgeUnsignedTest, UrgesTheUnitOnce) {
    world.when(system_actor, timer)
        .gives({TaskUrged{task_1, UrgeLevel::blue, {jzy}, "签收逾期，请尽快签收"}});
    world.does(system_actor, timer);
    world.when(system_actor, timer).gives({});
}

TEST_F(UrgeUnsignedTest, BelongsToTheSystem) {
    for (const auto* actor : {"office.head", "zone.leader", "jzy.head"}) {
        world.when(actor, timer).forbidden();
    }
}

TEST_F(UrgeUnsignedTest, LeavesASignedUnitAlone) {
    world.does("jzy.clerk", SignAssignment{task_1, jzy});
    world.when(system_actor, timer).gives({});
}

TEST_F(UrgeUnsignedTest, LeavesAnOldClockAlone) {
    world.when(system_actor, UrgeUnsigned{task_1, jzy, date("2026-09-03")}).gives({});
    world.when(system_actor, UrgeUnsigned{task_1, rsj, sign_by}).gives({});
}

TEST_F(UrgeUnsignedTest, DoesNotComeEarly) {
    --world.now.ms;
    world.when(system_actor, timer).gives({});
}

TEST_F(UrgeUnsignedTest, RestsWhileTheTaskIsHeld) {
    world.does("office.head", HoldTask{task_1, "budget"});
    world.when(system_actor, timer).gives({});
}

TEST_F(UrgeUnsignedTest, ComesAgainForANewDay) {
    AmendTask leaving;
    leaving.task = task_1;
    leaving.reason = "the zone asked for it";
    leaving.co = std::vector<UnitCode>{};
    auto joining = leaving;
    joining.co = std::vector<UnitCode>{jzy};
    world.does(system_actor, timer).does("office.head", leaving).does("office.head", joining);
    const auto again = date("2026-09-08");
    EXPECT_EQ(find_assignment(world.task, jzy)->sign_by, again);
    world.now = end_of_office_day(again);
    EXPECT_EQ(world.when(system_actor, UrgeUnsigned{task_1, jzy, again}).result()->events.size(),
              1U);
}

}  // namespace
}  // namespace duban
