#include "domain/task/react.h"
#include "domain/task/task_events.h"

#include <gtest/gtest.h>

#include "domain/task/task_commands.h"
#include "tests/support/issued_task.h"

namespace duban {
namespace {

Timer timer(const char* unit, const char* sign_by) {
    return {TaskId{PlanId("plan"), 1}, TimerKind::sign_in, UnitCode(unit),
            end_of_office_day(day(sign_by))};
}

std::vector<Action> actions(const TaskState& before, const TaskState& after) {
    return react(before, TaskHeld{}, after);
}

TEST(TimersOf, WaitForEverySignature) {
    TaskState task = issued_task();
    EXPECT_EQ(timers_of(task), (std::vector{timer("rsj", "2026-01-18")}));
    task.assignments.edit(0) = part("jtj", UnitRole::lead, AssignmentState::waiting);
    EXPECT_EQ(timers_of(task),
              (std::vector{timer("jtj", "2026-01-18"), timer("rsj", "2026-01-18")}));
    task.assignments.edit(1).sign_by.reset();
    task.assignments.edit(0).state = AssignmentState::objected;
    EXPECT_TRUE(timers_of(task).empty());
}

TEST(TimersOf, GoOffAtTheFirstMomentAfterTheLastDay) {
    EXPECT_EQ(to_string(timers_of(issued_task())[0].at), "2026-01-18T16:00:00.000Z");
}

TEST(TimersOf, RestDuringAHoldAndBeforeTheIssue) {
    TaskState task = issued_task();
    hold(task, "2026-01-16");
    EXPECT_TRUE(timers_of(task).empty());
    task.holds.clear();
    task.stage = TaskStage::established;
    EXPECT_TRUE(timers_of(task).empty());
}

TEST(CommandOf, ASignInTimerUrgesTheUnitForTheDayThatIsOver) {
    const Command command = command_of(timer("rsj", "2026-01-18"));
    const auto* urge = command.get_if<UrgeUnsigned>();
    ASSERT_NE(urge, nullptr);
    EXPECT_EQ(urge->task, issued_task().id);
    EXPECT_EQ(urge->unit, UnitCode("rsj"));
    EXPECT_EQ(urge->sign_by, day("2026-01-18"));
    EXPECT_TRUE(command.kind().of_system);
}

TEST(React, ArmsOnIssueAndDisarmsOnSigning) {
    const TaskState waiting = issued_task();
    EXPECT_EQ(actions(TaskState{}, waiting),
              (std::vector<Action>{ArmTimer{timer("rsj", "2026-01-18")}}));
    TaskState all_signed = waiting;
    all_signed.assignments.edit(1).state = AssignmentState::signed_;
    EXPECT_EQ(actions(waiting, all_signed),
              (std::vector<Action>{DisarmTimer{timer("rsj", "2026-01-18")}}));
    EXPECT_TRUE(actions(waiting, waiting).empty());
    EXPECT_TRUE(actions(all_signed, all_signed).empty());
}

TEST(React, MovesATimerByDisarmingItFirst) {
    const TaskState before = issued_task();
    TaskState after = before;
    after.assignments.edit(1).sign_by = day("2026-01-25");
    EXPECT_EQ(actions(before, after), (std::vector<Action>{DisarmTimer{timer("rsj", "2026-01-18")},
                                                           ArmTimer{timer("rsj", "2026-01-25")}}));
}

TEST(React, AHoldStopsTheClocks) {
    const TaskState running = issued_task();
    TaskState held = running;
    hold(held, "2026-01-16");
    EXPECT_EQ(actions(running, held),
              (std::vector<Action>{DisarmTimer{timer("rsj", "2026-01-18")}}));
}

// The rule is that held time is not counted, so the old moment would come too early.
TEST(React, AResumedTaskHasTheHeldDaysAddedToItsClocks) {
    TaskState held = issued_task();
    held.assignments.edit(1).sign_by = day("2026-01-18");
    hold(held, "2026-01-16");
    Stamp stamp;
    stamp.time = noon("2026-01-26");
    const TaskState resumed = evolve(held, TaskResumed{held.id, ""}, stamp);
    EXPECT_EQ(resumed.assignments[1].sign_by, day("2026-01-28"));
    EXPECT_EQ(resumed.assignments[0].sign_by, held.assignments[0].sign_by) << "signed already";
    EXPECT_EQ(resumed.mandate->due, held.mandate->due);
    EXPECT_EQ(working_due(resumed), add_days(*held.mandate->due, 10));
    EXPECT_EQ(actions(held, resumed), (std::vector<Action>{ArmTimer{timer("rsj", "2026-01-28")}}));
}

TEST(React, AResumedTaskKeepsItsClocksWithinTheCalendar) {
    TaskState held = issued_task();
    held.mandate.edit().due = last_date;
    held.assignments.edit(1).sign_by = last_date;
    hold(held, "2026-01-16");
    Stamp stamp;
    stamp.time = noon("2026-01-26");
    const TaskState resumed = evolve(held, TaskResumed{held.id, ""}, stamp);
    EXPECT_EQ(resumed.assignments[1].sign_by, last_date);
    EXPECT_EQ(working_due(resumed), last_date);
    EXPECT_EQ(actions(held, resumed), (std::vector<Action>{ArmTimer{timer("rsj", "9999-12-31")}}));
}

TEST(React, APartGivenDuringAHoldLosesOnlyTheDaysSince) {
    TaskState held = issued_task();
    hold(held, "2026-01-10");
    held.assignments.edit(1).given = noon("2026-01-16");
    Stamp stamp;
    stamp.time = noon("2026-01-17");
    EXPECT_EQ(evolve(held, TaskResumed{held.id, ""}, stamp).assignments[1].sign_by,
              day("2026-01-19"));
    stamp.time = noon("2026-01-09");
    EXPECT_EQ(evolve(held, TaskResumed{held.id, ""}, stamp).assignments[1].sign_by,
              day("2026-01-18"));
}

}  // namespace
}  // namespace duban
