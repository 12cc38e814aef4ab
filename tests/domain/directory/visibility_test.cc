// What a command tells to those who have no part in a task: nothing.
#include <gtest/gtest.h>

#include "domain/directory/directory_events.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/assignment_events.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"

namespace duban {
namespace {

TEST(Visibility, HidesATaskFromStrangers) {
    GivenTask world;
    world.issued();
    for (const auto* actor : {"rsj.clerk", "rsj.head", "admin.system", "nobody"}) {
        world.when(actor, SignAssignment{task_1, jtj}).refused(Errc::not_found, "task");
    }
}

TEST(Visibility, ShowsATaskToItsUnitsTheOfficeAndLeaders) {
    GivenTask world;
    world.issued();
    for (const auto* actor : {"jzy.section", "office.clerk", "zone.leader", "audit.auditor"}) {
        world.when(actor, SignAssignment{task_1, jtj}).forbidden();
    }
}

TEST(Visibility, ShowsATaskToAProxy) {
    GivenTask world;
    world.issued().proxy("jtj.head", "rsj.head");
    world.when("rsj.head", SignAssignment{task_1, jtj})
        .gives_for("jtj.head", {AssignmentSigned{task_1, jtj}});
}

TEST(Visibility, EndsWithTheProxysPeriod) {
    GivenTask world;
    world.issued();
    const Proxy brief{PersonId("jtj.head"), PersonId("rsj.head"), world.today(), world.today()};
    world.fold(Event(ProxySet{brief}), system_actor);
    EXPECT_TRUE(world.when("rsj.head", SignAssignment{task_1, jtj}).accepted());
    world.pass_days(1);
    world.when("rsj.head", SignAssignment{task_1, jtj}).refused(Errc::not_found);
}

TEST(Visibility, EndsForAUnitThatWasReleased) {
    GivenTask world;
    world.issued()
        .does("jzy.head", ObjectAssignment{task_1, jzy, "not ours"})
        .does("office.head", SettleObjection{task_1, jzy, Settlement::release, {}, ""});
    world.when("jzy.clerk", SignAssignment{task_1, jzy}).refused(Errc::not_found, "task");
    // Who sees every task is told more.
    world.grant("office.clerk", jzy, Post::clerk);
    world.when("office.clerk", SignAssignment{task_1, jzy}).refused_by("part_released");
}

TEST(Visibility, AnswersAlikeForATaskThatDoesNotExist) {
    const GivenTask world;
    for (const auto* actor : {"office.head", "jtj.clerk"}) {
        world.when(actor, SignAssignment{task_1, jtj}).refused(Errc::not_found, "task");
    }
}

TEST(Visibility, LetsTheSystemDoNothingButItsTimers) {
    GivenTask world;
    world.issued();
    world.when(system_actor, SignAssignment{task_1, jtj}).forbidden();
    world.when(system_actor, HoldTask{task_1, "why"}).forbidden();
}

TEST(Visibility, EndsWithTheDeactivationOfAPerson) {
    GivenTask world;
    world.issued().deactivate("jtj.clerk");
    world.when("jtj.clerk", SignAssignment{task_1, jtj}).refused(Errc::not_found);
}

}  // namespace
}  // namespace duban
