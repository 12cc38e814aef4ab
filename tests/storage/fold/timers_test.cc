#include "storage/fold/timers.h"
#include "domain/approval/hold_commands.h"
#include "domain/approval/route_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"

#include <gtest/gtest.h>

#include "tests/storage/test_log.h"
#include "tests/support/print.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

class TimersTest : public testing::Test {
protected:
    TimersTest() {
        log_.set_up();
        log_.does("office.clerk",
                  Command(IssueTask{first_task, Date{20'900}, std::nullopt, std::nullopt, {}}));
    }
    std::vector<Timer> due(Timestamp now, std::size_t count = 10) {
        return value_of(due_timers(log_.snapshot(), now, count));
    }
    Timestamp end_of_sign_in() { return end_of_office_day(*log_.task().assignments[0].sign_by); }

    TestLog log_;
};

TEST_F(TimersTest, AreDueFromTheirMomentOn) {
    const Timestamp at = end_of_sign_in();
    EXPECT_TRUE(due(Timestamp{at.ms - 1}).empty());
    const auto timers = due(at);
    ASSERT_EQ(timers.size(), 2U);
    EXPECT_EQ(timers[0], (Timer{first_task, TimerKind::sign_in, UnitCode("jtj"), at}));
    EXPECT_EQ(timers[1].unit, UnitCode("jzy"));
    EXPECT_EQ(due(at, 1).size(), 1U);
    EXPECT_TRUE(due(at, 0).empty());
    EXPECT_EQ(value_of(next_timer(log_.snapshot())), at);
}

TEST_F(TimersTest, EndWithWhatTheyWaitFor) {
    log_.does("jtj.clerk", Command(SignAssignment{first_task, UnitCode("jtj")}));
    EXPECT_EQ(due(end_of_sign_in()).size(), 1U);
    log_.does("jzy.clerk", Command(SignAssignment{first_task, UnitCode("jzy")}));
    EXPECT_TRUE(due(end_of_sign_in()).empty());
    EXPECT_EQ(value_of(next_timer(log_.snapshot())), std::nullopt);
}

TEST_F(TimersTest, EndWithTheUrgingThatTheyLedTo) {
    const Timestamp at = end_of_sign_in();
    log_.now = at;
    log_.does(system_actor, Command(UrgeUnsigned{first_task, UnitCode("jtj"),
                                                 *log_.task().assignments[0].sign_by}));
    const auto timers = due(at);
    ASSERT_EQ(timers.size(), 1U);
    EXPECT_EQ(timers[0].unit, UnitCode("jzy"));
}

TEST_F(TimersTest, SurviveARestart) {
    const auto before = due(end_of_sign_in());
    log_.reopen();
    EXPECT_EQ(due(end_of_sign_in()), before);
}

// The head of the lead has two working days; nobody is to decide after him.
class RoundTimersTest : public testing::Test {
protected:
    RoundTimersTest() {
        log_.set_up();
        auto head = asks("head", {at("lead", Post::head)});
        head.due = DueRule{};
        head.due->wd = 2;
        head.due->over = Over::pass;
        head.due->remind = {0};
        log_.does("office.head", PublishRoute{route_of({head, adopt()})});
        log_.issue_and_sign();
        log_.submit_report();
    }
    std::vector<Timer> armed() {
        auto timers = value_of(due_timers(log_.snapshot(), last_timestamp, 10));
        std::erase_if(timers, [](const Timer& one) { return one.kind != TimerKind::round; });
        return timers;
    }
    // As the runner does when the first timer is due.
    void fire() {
        const auto timers = armed();
        ASSERT_EQ(timers.size(), 1U);
        log_.now = std::max(log_.now, timers[0].at);
        log_.does(system_actor, command_of(timers[0]));
    }

    TestLog log_;
};

TEST_F(RoundTimersTest, StandForTheClockOfTheOpenRound) {
    const auto timers = armed();
    ASSERT_EQ(timers.size(), 1U);
    EXPECT_EQ(timers[0].node, "head");
    EXPECT_EQ(timers[0].round, 1U);
    EXPECT_EQ(timers, [&] {
        auto of_state = timers_of(log_.task());
        std::erase_if(of_state, [](const Timer& one) { return one.kind != TimerKind::round; });
        return of_state;
    }());
    fire();
    EXPECT_EQ(armed().size(), 1U) << "reminded, and waiting for the end of the day";
    fire();
    EXPECT_TRUE(armed().empty());
    EXPECT_EQ(log_.task().approvals[0].nodes[1].state, NodeState::approved);
}

TEST_F(RoundTimersTest, SurviveARestartAndFireOnce) {
    const auto before = armed();
    log_.reopen();
    EXPECT_EQ(armed(), before);
    fire();
    fire();
    const auto version = log_.task().version;
    log_.reopen();
    EXPECT_TRUE(armed().empty());
    log_.does(system_actor, command_of(before[0]));
    EXPECT_EQ(log_.task().version, version) << "sent again, it does nothing";
}

TEST_F(RoundTimersTest, DoNothingWhenTheClockWasSetBackUnderThem) {
    const auto timers = armed();
    ASSERT_EQ(timers.size(), 1U);
    log_.now = Timestamp{timers[0].at.ms - 600'000};
    const auto version = log_.task().version;
    log_.does(system_actor, command_of(timers[0]));
    EXPECT_EQ(log_.task().version, version);
    EXPECT_EQ(armed(), timers);
}

TEST_F(RoundTimersTest, StandStillWhileTheApprovalIsHeld) {
    log_.does("office.clerk", HoldApproval{{first_task, 1}, {}, {}, "等待"});
    EXPECT_TRUE(armed().empty());
    log_.now.ms += 20 * day_ms;
    log_.does("office.clerk", ResumeApproval{{first_task, 1}, {}});
    const auto timers = armed();
    ASSERT_EQ(timers.size(), 1U);
    EXPECT_GT(timers[0].at, log_.now);
}

}  // namespace
}  // namespace duban
