#include "server/timer_runner.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "storage/event_record.h"
#include "storage/timers.h"
#include "tests/server/test_server.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

const TaskId task_1{PlanId("p"), 1};
constexpr Date sign_by{20710};  // the test's clock starts on day 20697

json issue(TestNode& node) {
    return node.run("office.clerk",
                    TaskCommand(IssueTask{task_1, Date{20900}, sign_by, std::nullopt, {}}));
}

json sign(TestNode& node, const std::string& unit) {
    return node.run(unit + ".clerk", TaskCommand(SignAssignment{task_1, UnitCode(unit)}));
}

// Task 1 waits for the signature of jtj, which has until sign_by; jzy has signed.
void set_up_waiting_task(TestNode& node) {
    node.set_up_office();
    ASSERT_TRUE(issue(node).contains("result"));
    ASSERT_TRUE(sign(node, "jzy").contains("result"));
}

void turn_to(TestNode& node, Timestamp moment) {
    node.clock().advance(milliseconds(moment.ms - node.clock().now().ms));
}

Timestamp moment() {
    return end_of_office_day(sign_by);
}

std::vector<EventRecord> urgings(const TestNode& node) {
    std::vector<EventRecord> found;
    for (const std::string& bytes : node.log_bytes()) {
        const auto record = decode_event(bytes);
        EXPECT_TRUE(record.has_value());
        const auto* task = record ? std::get_if<TaskEvent>(&record->event) : nullptr;
        if (task != nullptr && std::holds_alternative<TaskUrged>(*task)) found.push_back(*record);
    }
    return found;
}

Status fire(TestNode& node) {
    return TimerRunner(node.database(), node.committer(), node.clock()).fire_due();
}

std::vector<Timer> armed(TestNode& node) {
    const Timestamp end_of_time{moment().ms + 1000 * day_ms};
    const auto timers = due_timers(Snapshot(node.database()), end_of_time, 100);
    EXPECT_TRUE(timers.has_value());
    return timers.value_or(std::vector<Timer>{});
}

// A server that takes nothing, as when its queue is full.
class FullSink final : public CommandSink {
public:
    void submit(CommandRequest, CommandDone done) override {
        done(fail(Errc::overloaded, "full"), false);
    }
    void record(AccessRecord, std::function<void(Status)> done) override { done({}); }
};

TEST(TimerRunner, UrgesAUnitThatHasNotSignedInTime) {
    TestDisk disk;
    TestNode node(disk);
    set_up_waiting_task(node);
    turn_to(node, moment());
    ASSERT_TRUE(fire(node));
    const auto urged = urgings(node);
    ASSERT_EQ(urged.size(), 1U);
    EXPECT_EQ(urged[0].envelope.actor, PersonId(system_actor));
    EXPECT_EQ(urged[0].envelope.time, moment());
    const auto& event = std::get<TaskUrged>(std::get<TaskEvent>(urged[0].event));
    EXPECT_EQ(event.task, task_1);
    EXPECT_EQ(event.units, std::vector{UnitCode("jtj")});
}

TEST(TimerRunner, UrgesOnce) {
    TestDisk disk;
    TestNode node(disk);
    set_up_waiting_task(node);
    turn_to(node, moment());
    const auto timers = armed(node);
    ASSERT_EQ(timers.size(), 1U);
    const CommandRequest late = timer_command(timers[0], node.task("p/1").version, moment());
    ASSERT_TRUE(fire(node));
    const auto log = node.log_bytes();
    EXPECT_TRUE(armed(node).empty());
    ASSERT_TRUE(fire(node));
    node.clock().advance(std::chrono::hours(24));
    ASSERT_TRUE(fire(node));
    EXPECT_TRUE(node.wait_for(late).contains("result")) << "sent again";
    EXPECT_EQ(node.log_bytes(), log);
}

TEST(TimerRunner, LeavesATimerThatIsNotDue) {
    TestDisk disk;
    TestNode node(disk);
    set_up_waiting_task(node);
    turn_to(node, Timestamp{moment().ms - 1});
    const auto log = node.log_bytes();
    ASSERT_TRUE(fire(node));
    EXPECT_EQ(node.log_bytes(), log);
    node.clock().advance(milliseconds(1));
    ASSERT_TRUE(fire(node));
    EXPECT_EQ(urgings(node).size(), 1U);
}

TEST(TimerRunner, LeavesAUnitThatHasSigned) {
    TestDisk disk;
    TestNode node(disk);
    set_up_waiting_task(node);
    const auto timers = armed(node);
    ASSERT_EQ(timers.size(), 1U);
    ASSERT_TRUE(sign(node, "jtj").contains("result"));
    EXPECT_TRUE(armed(node).empty());
    turn_to(node, moment());
    ASSERT_TRUE(fire(node));
    const CommandRequest crossed = timer_command(timers[0], node.task("p/1").version, moment());
    EXPECT_TRUE(node.wait_for(crossed).contains("result")) << "read before the signature";
    EXPECT_TRUE(urgings(node).empty());
}

TEST(TimerRunner, FiresAfterARestartWhatCameDueMeanwhile) {
    TestDisk disk;
    {
        TestNode node(disk);
        set_up_waiting_task(node);
        ASSERT_TRUE(fire(node));
        EXPECT_TRUE(urgings(node).empty());
    }
    {
        TestNode node(disk);
        turn_to(node, Timestamp{moment().ms + day_ms});
        ASSERT_TRUE(fire(node));
        EXPECT_EQ(urgings(node).size(), 1U);
    }
    TestNode node(disk);
    turn_to(node, Timestamp{moment().ms + 2 * day_ms});
    ASSERT_TRUE(fire(node));
    EXPECT_EQ(urgings(node).size(), 1U);
}

TEST(TimerRunner, FiresLaterWhatTheServerCouldNotTake) {
    TestDisk disk;
    TestNode node(disk);
    set_up_waiting_task(node);
    turn_to(node, moment());
    FullSink full;
    ASSERT_TRUE(TimerRunner(node.database(), full, node.clock()).fire_due());
    EXPECT_TRUE(urgings(node).empty());
    ASSERT_TRUE(fire(node));
    EXPECT_EQ(urgings(node).size(), 1U);
}

TEST(TimerRunner, FiresAgainAfterTheClockWasSetBackUnderIt) {
    TestDisk disk;
    TestNode node(disk);
    set_up_waiting_task(node);
    turn_to(node, moment());
    const auto timers = armed(node);
    ASSERT_EQ(timers.size(), 1U);
    const CommandRequest due = timer_command(timers[0], node.task("p/1").version, moment());
    node.clock().jump(milliseconds(-600'000));
    ASSERT_TRUE(node.wait_for(due).contains("result"));
    EXPECT_TRUE(urgings(node).empty()) << "it is not late any more";
    node.clock().jump(milliseconds(660'000));
    ASSERT_TRUE(fire(node));
    EXPECT_EQ(urgings(node).size(), 1U);
}

TEST(TimerRunner, LooksByItselfWhileItRuns) {
    TestDisk disk;
    TestNode node(disk);
    set_up_waiting_task(node);
    TimerRunner runner(node.database(), node.committer(), node.clock());
    runner.start();
    turn_to(node, moment());
    EXPECT_TRUE(eventually([&] { return !urgings(node).empty(); }));
    runner.stop();
    EXPECT_EQ(urgings(node).size(), 1U);
}

}  // namespace
}  // namespace duban
