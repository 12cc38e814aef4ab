#include "storage/log/event_reader.h"
#include "domain/report/report_commands.h"

#include <gtest/gtest.h>

#include "storage/rocks/keys.h"
#include "storage/views/task_view.h"
#include "tests/storage/test_log.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class EventReaderTest : public testing::Test {
protected:
    EventReaderTest() {
        log_.set_up();
        log_.issue_and_sign();
        log_.submit_report();
    }
    std::vector<std::uint64_t> found(Dimension dimension, const std::string& value,
                                     std::uint64_t from = 0) {
        std::vector<std::uint64_t> positions;
        expect_ok(
            read_index(log_.snapshot(), {dimension, value}, Position(from), [&](Position position) {
                positions.push_back(position.value);
                return true;
            }));
        return positions;
    }
    EventRecord event(std::uint64_t position) {
        return value_of(read_event(log_.snapshot(), Position(position)));
    }
    void erase(Family family, const std::string& key) {
        WriteSet changes(log_.database());
        changes.erase(family, key);
        expect_ok(log_.database().write(changes));
    }
    std::uint64_t end() { return log_.log().head().next.value; }

    TestLog log_;
};

TEST_F(EventReaderTest, ReadsEveryPositionOnceInOrder) {
    std::uint64_t expected = 0;
    expect_ok(read_events(log_.snapshot(), Position(0), [&](Position position, std::string_view) {
        EXPECT_EQ(position.value, expected++);
        return true;
    }));
    EXPECT_EQ(expected, end());
}

TEST_F(EventReaderTest, StopsWhenTheVisitorHasEnough) {
    int seen = 0;
    expect_ok(read_events(log_.snapshot(), Position(3), [&](Position position, std::string_view) {
        EXPECT_EQ(position.value, 3U);
        ++seen;
        return false;
    }));
    EXPECT_EQ(seen, 1);
}

TEST_F(EventReaderTest, SaysWhereAHoleIs) {
    erase(Family::event, event_key(Position(5)));
    const auto visit = [](Position, std::string_view) { return true; };
    const auto status = read_events(log_.snapshot(), Position(0), visit);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Errc::corrupt);
    EXPECT_NE(status.error().detail.find("position 5"), std::string::npos);
    EXPECT_EQ(read_events(log_.snapshot(), Position(5), visit).error().code, Errc::corrupt);
    EXPECT_EQ(read_event(log_.snapshot(), Position(5)).error().code, Errc::corrupt);
}

TEST_F(EventReaderTest, HasNothingAtTheHead) {
    EXPECT_EQ(read_event(log_.snapshot(), Position(end())).error().code, Errc::not_found);
}

TEST_F(EventReaderTest, ReadsAStreamByRevision) {
    std::uint64_t expected = 2;
    expect_ok(read_stream(log_.snapshot(), task_stream(first_task), StreamRev(2),
                          [&](EventRecord&& record) {
                              EXPECT_EQ(record.envelope.revision.value, expected++);
                              EXPECT_EQ(record.envelope.stream, task_stream(first_task));
                              return true;
                          }));
    EXPECT_EQ(expected, log_.task().version);
}

TEST_F(EventReaderTest, RefusesAStreamWithAWrongEntry) {
    erase(Family::stream, stream_key(task_stream(first_task), StreamRev(1)));
    const auto visit = [](EventRecord&&) { return true; };
    EXPECT_EQ(
        read_stream(log_.snapshot(), task_stream(first_task), StreamRev(0), visit).error().code,
        Errc::corrupt);
    WriteSet changes(log_.database());
    changes.put(Family::stream, stream_key(task_stream(first_task), StreamRev(1)), be64(0));
    expect_ok(log_.database().write(changes));
    EXPECT_EQ(
        read_stream(log_.snapshot(), task_stream(first_task), StreamRev(0), visit).error().code,
        Errc::corrupt);
}

TEST_F(EventReaderTest, FindsEventsByActorTaskTypeAndUnit) {
    for (const auto position : found(Dimension::actor, "jtj.clerk")) {
        EXPECT_EQ(event(position).envelope.actor, PersonId("jtj.clerk"));
    }
    EXPECT_EQ(found(Dimension::task, "p/1").size(), log_.task().version);
    EXPECT_EQ(found(Dimension::type, "report.submitted").size(), 1U);
    EXPECT_EQ(found(Dimension::type, "report").size(), 0U);
    const auto of_co_unit = found(Dimension::unit, "jzy");
    EXPECT_GE(of_co_unit.size(), log_.task().version);
    const auto later = found(Dimension::task, "p/1", found(Dimension::task, "p/1")[2]);
    EXPECT_EQ(later.size(), log_.task().version - 2);
}

TEST_F(EventReaderTest, FindsEventsByTheFilesThatTheyName) {
    const Digest digest("sha256:" + std::string(64, 'a'));
    SaveReport save;
    save.task = first_task;
    save.unit = UnitCode("jtj");
    save.content.period = "2026-10";
    save.content.evidence = {Evidence{digest, 5, "text/plain", "a.txt"}};
    log_.does("jtj.clerk", Command(save));
    const auto positions = found(Dimension::blob, digest.value);
    ASSERT_EQ(positions.size(), 1U);
    EXPECT_EQ(std::string(event(positions[0]).event.type().name), "report.drafted");
}

TEST_F(EventReaderTest, FindsThePositionAtATime) {
    const EventRecord first = event(0);
    const EventRecord last = event(end() - 1);
    const auto at = [&](Timestamp time) { return value_of(position_at(log_.snapshot(), time)); };
    EXPECT_EQ(at(Timestamp{first.envelope.recorded.ms - 1}), std::nullopt);
    EXPECT_EQ(at(last.envelope.recorded), Position(end() - 1));
    EXPECT_EQ(at(Timestamp{last.envelope.recorded.ms + 1}), Position(end() - 1));
    for (std::uint64_t i = 0; i < end(); ++i) {
        const auto recorded = event(i).envelope.recorded;
        const auto found_at = at(recorded);
        ASSERT_TRUE(found_at);
        EXPECT_GE(found_at->value, i);
        EXPECT_EQ(event(found_at->value).envelope.recorded, recorded);
    }
}

TEST_F(EventReaderTest, FoldsATaskAsItWas) {
    const auto now = value_of(read_task(log_.snapshot(), first_task));
    EXPECT_EQ(value_of(task_as_of(log_.snapshot(), first_task, Position(end()))).state, now);
    const auto positions = found(Dimension::task, "p/1");
    const auto then =
        value_of(task_as_of(log_.snapshot(), first_task, Position(positions[1]))).state;
    EXPECT_EQ(then.version, 2U);
    EXPECT_EQ(then.stage, TaskStage::established);
    const auto before =
        value_of(task_as_of(log_.snapshot(), first_task, Position(positions[0] - 1))).state;
    EXPECT_EQ(before, TaskState{});
}

}  // namespace
}  // namespace duban
