#include "storage/fold/timers.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"

#include <gtest/gtest.h>

#include "tests/storage/test_log.h"
#include "tests/support/print.h"

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

}  // namespace
}  // namespace duban
