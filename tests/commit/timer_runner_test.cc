#include "commit/timer_runner.h"
#include "domain/approval/route_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "storage/codec/event_record.h"
#include "storage/fold/timers.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/view.h"
#include "tests/support/eventually.h"
#include "tests/support/route_builder.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using std::chrono::milliseconds;

const TaskId task_1{PlanId("p"), 1};
constexpr Date sign_by{20710};  // the test's clock starts on day 20697

Timestamp moment() {
    return end_of_office_day(sign_by);
}

// Task 1 waits for the signature of jtj, which has until sign_by; jzy has signed.
class TimerRunnerTest : public testing::Test {
protected:
    void SetUp() override {
        node_->set_up_office();
        const Command issue = IssueTask{task_1, Date{20900}, sign_by, std::nullopt, {}};
        ASSERT_TRUE(node_->run("office.clerk", issue).contains("result"));
        sign("jzy");
    }

    void sign(const std::string& unit) {
        const Command command = SignAssignment{task_1, UnitCode(unit)};
        ASSERT_TRUE(node_->run(unit + ".clerk", command).contains("result"));
    }
    // The clock starts anew with the node.
    void restart() {
        node_.reset();
        node_ = std::make_unique<TestNode>(disk_);
    }
    void turn_to(Timestamp time) {
        node_->clock().advance(milliseconds(time.ms - node_->clock().now().ms));
    }
    void fire() {
        EXPECT_TRUE(TimerRunner(node_->database(), node_->committer(), node_->clock()).fire_due());
    }
    std::vector<EventRecord> urgings() {
        std::vector<EventRecord> found;
        for (const std::string& bytes : node_->log_bytes()) {
            const auto record = decode_event(bytes);
            EXPECT_TRUE(record.has_value());
            if (record && record->event.get_if<TaskUrged>() != nullptr) found.push_back(*record);
        }
        return found;
    }
    std::vector<Timer> armed() {
        const Timestamp end_of_time{moment().ms + 1000 * day_ms};
        const auto timers = due_timers(Snapshot(node_->database()), end_of_time, 100);
        EXPECT_TRUE(timers.has_value());
        return timers.value_or(std::vector<Timer>{});
    }
    // What the runner sends for the one armed timer when it is due.
    CommandRequest due_command() {
        const auto timers = armed();
        DUBAN_ASSERT(timers.size() == 1);
        return timer_command(timers[0], node_->task("p/1").version, moment());
    }

    TestDisk disk_;
    std::unique_ptr<TestNode> node_ = std::make_unique<TestNode>(disk_);
};

// A server that takes nothing, as when its queue is full.
class FullSink final : public CommandSink {
public:
    void submit(CommandRequest, CommandDone done) override {
        done(fail(Errc::overloaded, "full"), false);
    }
    void record(AccessRecord, std::function<void(Status)> done) override { done({}); }
};

TEST_F(TimerRunnerTest, UrgesAUnitThatHasNotSignedInTime) {
    turn_to(moment());
    fire();
    const auto urged = urgings();
    ASSERT_EQ(urged.size(), 1U);
    EXPECT_EQ(urged[0].envelope.actor, PersonId(system_actor));
    EXPECT_EQ(urged[0].envelope.time, moment());
    const auto* event = urged[0].event.get_if<TaskUrged>();
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->task, task_1);
    EXPECT_EQ(event->units, std::vector{UnitCode("jtj")});
}

TEST_F(TimerRunnerTest, UrgesOnce) {
    turn_to(moment());
    const CommandRequest late = due_command();
    fire();
    const auto log = node_->log_bytes();
    EXPECT_TRUE(armed().empty());
    fire();
    node_->clock().advance(std::chrono::hours(24));
    fire();
    EXPECT_TRUE(node_->wait_for(late).contains("result")) << "sent again";
    EXPECT_EQ(node_->log_bytes(), log);
}

TEST_F(TimerRunnerTest, LeavesATimerThatIsNotDue) {
    turn_to(Timestamp{moment().ms - 1});
    const auto log = node_->log_bytes();
    fire();
    EXPECT_EQ(node_->log_bytes(), log);
    node_->clock().advance(milliseconds(1));
    fire();
    EXPECT_EQ(urgings().size(), 1U);
}

TEST_F(TimerRunnerTest, LeavesAUnitThatHasSigned) {
    const auto timers = armed();
    ASSERT_EQ(timers.size(), 1U);
    sign("jtj");
    EXPECT_TRUE(armed().empty());
    turn_to(moment());
    fire();
    const CommandRequest crossed = timer_command(timers[0], node_->task("p/1").version, moment());
    EXPECT_TRUE(node_->wait_for(crossed).contains("result")) << "read before the signature";
    EXPECT_TRUE(urgings().empty());
}

TEST_F(TimerRunnerTest, FiresTheOthersWhereATimerOrItsTaskCannotBeRead) {
    const TaskId task_2{PlanId("p"), 2};
    const Command issue = IssueTask{task_2, Date{20900}, sign_by, std::nullopt, {}};
    ASSERT_TRUE(node_->run("office.clerk", issue).contains("result"));
    turn_to(moment());
    Database& database = node_->database();
    WriteSet changes(database);
    const std::string key = std::string("p\0\0\0\0\x01", 6);
    const auto scanned =
        Snapshot(database).scan(Family::view, "", "", [&](std::string_view row, std::string_view) {
            const std::string task_rows = view_key(ViewId::task, ViewGeneration{}, key);
            if (row.substr(0, task_rows.size()) == task_rows) changes.put(Family::view, row, "{");
            return true;
        });
    ASSERT_TRUE(scanned);
    const std::string no_timer = be32(1) + be64(0) + "no timer";
    changes.put(Family::timer, no_timer, "{");
    ASSERT_TRUE(database.write(changes));
    fire();
    const auto urged = urgings();
    ASSERT_EQ(urged.size(), 1U);
    EXPECT_EQ(urged[0].event.get_if<TaskUrged>()->task, task_2);
    EXPECT_EQ(database.row_faults().count(), 2U);
}

TEST_F(TimerRunnerTest, FiresAfterARestartWhatCameDueMeanwhile) {
    fire();
    EXPECT_TRUE(urgings().empty());
    restart();
    turn_to(Timestamp{moment().ms + day_ms});
    fire();
    EXPECT_EQ(urgings().size(), 1U);
    restart();
    turn_to(Timestamp{moment().ms + 2 * day_ms});
    fire();
    EXPECT_EQ(urgings().size(), 1U);
}

TEST_F(TimerRunnerTest, FiresLaterWhatTheServerCouldNotTake) {
    turn_to(moment());
    FullSink full;
    ASSERT_TRUE(TimerRunner(node_->database(), full, node_->clock()).fire_due());
    EXPECT_TRUE(urgings().empty());
    fire();
    EXPECT_EQ(urgings().size(), 1U);
}

TEST_F(TimerRunnerTest, FiresAgainAfterTheClockWasSetBackUnderIt) {
    turn_to(moment());
    const CommandRequest due = due_command();
    node_->clock().jump(milliseconds(-600'000));
    ASSERT_TRUE(node_->wait_for(due).contains("result"));
    EXPECT_TRUE(urgings().empty()) << "it is not late any more";
    node_->clock().jump(milliseconds(660'000));
    fire();
    EXPECT_EQ(urgings().size(), 1U);
}

// The head of the lead has one working day to decide, and passes the report by his silence.
TEST_F(TimerRunnerTest, EndsARoundWhoseTimeIsUpOnceWhateverRestartsCome) {
    auto head = asks("head", {at("lead", Post::head)});
    head.due = DueRule{};
    head.due->wd = 1;
    head.due->over = Over::pass;
    const Command publish = PublishRoute{route_of({head, adopt()})};
    ASSERT_TRUE(node_->run("office.head", publish).contains("result"));
    sign("jtj");
    const Command submit = SubmitReport{task_1, UnitCode("jtj"), small_report()};
    ASSERT_TRUE(node_->run("jtj.clerk", submit).contains("result"));
    const auto timers = armed();
    ASSERT_EQ(timers.size(), 1U);
    EXPECT_EQ(timers[0].node, "head");
    turn_to(Timestamp{timers[0].at.ms - 1});
    const auto log = node_->log_bytes();
    fire();
    EXPECT_EQ(node_->log_bytes(), log);
    restart();
    EXPECT_EQ(armed(), timers);
    turn_to(Timestamp{timers[0].at.ms + day_ms});
    fire();
    const auto state = [&] { return node_->task("p/1").approvals[0].nodes[1].state; };
    EXPECT_EQ(state(), NodeState::approved);
    EXPECT_TRUE(armed().empty());
    const auto after = node_->log_bytes();
    restart();
    turn_to(Timestamp{timers[0].at.ms + 2 * day_ms});
    fire();
    EXPECT_EQ(node_->log_bytes(), after);
}

TEST_F(TimerRunnerTest, LooksByItselfWhileItRuns) {
    TimerRunner runner(node_->database(), node_->committer(), node_->clock());
    runner.start();
    turn_to(moment());
    EXPECT_TRUE(eventually([&] { return !urgings().empty(); }));
    runner.stop();
    EXPECT_EQ(urgings().size(), 1U);
}

}  // namespace
}  // namespace duban
