#include <gtest/gtest.h>

#include <algorithm>

#include "domain/report/report_commands.h"
#include "storage/beside/blob_keys.h"
#include "storage/check/rebuild.h"
#include "storage/codec/digest.h"
#include "storage/fold/index.h"
#include "storage/rocks/keys.h"
#include "tests/storage/test_log.h"

namespace duban {
namespace {

class CheckTest : public testing::Test {
protected:
    CheckTest() {
        log_.set_up();
        log_.issue_and_sign();
        log_.submit_report();
    }
    CheckReport check() { return value_of(check_database(log_.database())); }
    void change(Family family, const std::string& key, const std::optional<std::string>& value) {
        WriteSet changes(log_.database());
        if (value) {
            changes.put(family, key, *value);
        } else {
            changes.erase(family, key);
        }
        expect_ok(log_.database().write(changes));
    }
    std::string value(Family family, const std::string& key) {
        return value_of(log_.database().get(family, key)).value();
    }
    // Whether a fault of that kind is found, and at that place unless it is "".
    void expect_fault(const std::string& what, const std::string& where = {}) {
        const auto faults = check().faults;
        EXPECT_TRUE(std::any_of(faults.begin(), faults.end(),
                                [&](const CheckFault& fault) {
                                    return fault.what == what &&
                                           (where.empty() || fault.where == where);
                                }))
            << what << " " << where;
        EXPECT_LE(faults.size(), CheckReport::faults_max);
    }
    std::string revision_key(std::uint64_t revision) {
        return stream_key(task_stream(first_task), StreamRev(revision));
    }
    ViewGeneration generation() { return value_of(present_generation(log_.snapshot())); }

    TestLog log_;
};

TEST_F(CheckTest, FindsNothingInASoundDatabase) {
    const auto report = check();
    EXPECT_TRUE(report.faults.empty());
    EXPECT_EQ(report.batches, log_.log().head().seq.value);
    EXPECT_EQ(report.events, log_.log().head().next.value);
    EXPECT_EQ(report.streams, rows_of(log_.snapshot(), Family::head).size());
}

TEST_F(CheckTest, FindsNothingInAnEmptyDatabase) {
    TestLog empty;
    EXPECT_TRUE(value_of(check_database(empty.database())).faults.empty());
}

TEST_F(CheckTest, FindsAFlippedByteInAnEvent) {
    const std::string whole = value(Family::event, event_key(Position(5)));
    for (const std::size_t at : {std::size_t{0}, whole.find("nonce\":\"") + 9, whole.size() / 2}) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        change(Family::event, event_key(Position(5)), flipped);
        expect_fault("batch hash");
    }
    change(Family::event, event_key(Position(5)), whole);
    EXPECT_TRUE(check().faults.empty());
    change(Family::event, event_key(Position(5)), whole + " ");
    expect_fault("canonical bytes", "position 5");
}

TEST_F(CheckTest, FindsAnEventOfAnUnknownType) {
    std::string other = value(Family::event, event_key(Position(0)));
    other.replace(other.find("unit.put"), 8, "unit.cut");
    change(Family::event, event_key(Position(0)), other);
    expect_fault("event type", "position 0");
}

TEST_F(CheckTest, FindsAMissingEvent) {
    change(Family::event, event_key(Position(7)), std::nullopt);
    expect_fault("position", "position 7");
}

TEST_F(CheckTest, FindsASuperfluousEvent) {
    change(Family::event, event_key(log_.log().head().next), "{}");
    expect_fault("position");
}

TEST_F(CheckTest, FindsTwoEventsThatChangedPlaces) {
    const std::string one = value(Family::event, event_key(Position(3)));
    const std::string two = value(Family::event, event_key(Position(4)));
    change(Family::event, event_key(Position(3)), two);
    change(Family::event, event_key(Position(4)), one);
    expect_fault("position", "position 3");
    expect_fault("batch hash");
}

TEST_F(CheckTest, FindsSwappedStreamEntries) {
    const std::string one = value(Family::stream, revision_key(1));
    const std::string two = value(Family::stream, revision_key(2));
    change(Family::stream, revision_key(1), two);
    change(Family::stream, revision_key(2), one);
    expect_fault("stream", "task/p/1 revision 1");
    expect_fault("stream", "task/p/1 revision 2");
}

TEST_F(CheckTest, FindsMissingAndSuperfluousStreamEntries) {
    const std::string entry = value(Family::stream, revision_key(1));
    change(Family::stream, revision_key(1), std::nullopt);
    expect_fault("stream", "task/p/1 revision 1");
    change(Family::stream, revision_key(1), entry);
    change(Family::stream, revision_key(99), entry);
    expect_fault("stream");
}

TEST_F(CheckTest, FindsAWrongStreamHead) {
    const std::string head = value(Family::head, "task/p/1");
    change(Family::head, "task/p/1", be64(1) + head.substr(8));
    expect_fault("head", "task/p/1");
    change(Family::head, "task/p/1", std::nullopt);
    expect_fault("head");
    change(Family::head, "task/p/1", head);
    change(Family::head, "task/p/77", head);
    expect_fault("head", "task/p/77");
}

TEST_F(CheckTest, FindsAWrongLogHead) {
    std::string head = value(Family::meta, std::string(meta_head));
    head.replace(head.find("\"next\":\"") + 8, 1, "9");
    change(Family::meta, std::string(meta_head), head);
    expect_fault("log head");
    change(Family::meta, std::string(meta_head), "{");
    expect_fault("log head");
}

TEST_F(CheckTest, FindsAMissingBatch) {
    change(Family::batch, batch_key(BatchSeq(4)), std::nullopt);
    expect_fault("batch", "batch 4");
    expect_fault("batch hash", "batch 5");
}

TEST_F(CheckTest, FindsAnAnswerThatWasChangedOrLost) {
    const std::string answer = value(Family::command, "command-3");
    std::string changed = answer;
    const std::string version = R"("version":0)";
    changed.replace(changed.find(version), version.size(), R"("version":1)");
    change(Family::command, "command-3", changed);
    expect_fault("batch hash");
    change(Family::command, "command-3", std::nullopt);
    expect_fault("command", "command-3");
    change(Family::command, "command-3", answer);
    change(Family::command, "another", answer);
    expect_fault("command");
}

TEST_F(CheckTest, FindsAChangedViewRow) {
    for (const auto& [key, row] : rows_of(log_.snapshot(), Family::view)) {
        change(Family::view, key, row + " ");
        ASSERT_EQ(check().faults.size(), 1U);
        EXPECT_EQ(check().faults[0].what, "view");
        change(Family::view, key, row);
    }
}

TEST_F(CheckTest, FindsMissingAndSuperfluousRows) {
    const auto row = rows_of(log_.snapshot(), Family::view).back();
    change(Family::view, row.first, std::nullopt);
    expect_fault("view");
    change(Family::view, row.first, row.second);
    const auto entry = index_change(generation(), {Dimension::actor, "nobody"}, Position(1));
    change(Family::index, entry.key, "");
    expect_fault("index");
    change(Family::index, entry.key, std::nullopt);
    EXPECT_TRUE(check().faults.empty());
    change(Family::timer, rows_of(log_.snapshot(), Family::timer).front().first, std::nullopt);
    expect_fault("timer");
}

TEST_F(CheckTest, SaysWhenTheDiskFails) {
    log_.reopen();
    log_.close();
    const auto database = value_of(Database::open({"/test", false, &log_.env()}));
    log_.env().fail_table_reads = true;
    EXPECT_EQ(check_database(*database).error().code, Errc::storage_failed);
}

class CheckBlobsTest : public CheckTest {
protected:
    CheckBlobsTest() {
        BlobStore store(log_.database());
        auto upload = store.begin("text/plain", PersonId("jtj.clerk"), 1 << 20);
        expect_ok(upload.add(std::string(300'000, 'x')));
        blob_ = value_of(upload.finish(log_.now));
    }
    BlobInfo blob_;
};

TEST_F(CheckBlobsTest, ReadsEveryFileUnlessItIsToldNotTo) {
    EXPECT_EQ(check().blobs, 1U);
    EXPECT_TRUE(check().faults.empty());
    change(Family::blob, blob_chunk_key(blob_.upload, 1), std::nullopt);
    EXPECT_TRUE(value_of(check_database(log_.database(), CheckBlobs::no)).faults.empty());
}

TEST_F(CheckBlobsTest, FindsAFlippedByte) {
    const std::string key = blob_chunk_key(blob_.upload, 1);
    std::string flipped = value(Family::blob, key);
    flipped.back() = static_cast<char>(flipped.back() ^ 1);
    change(Family::blob, key, flipped);
    expect_fault("blob", blob_.digest.value);
}

TEST_F(CheckBlobsTest, FindsAMissingPiece) {
    change(Family::blob, blob_chunk_key(blob_.upload, 0), std::nullopt);
    expect_fault("blob", blob_.digest.value);
}

TEST_F(CheckBlobsTest, FindsAFileThatTheRecordNamesAndNobodyHas) {
    ReportContent content;
    content.period = "2026-10";
    content.summary = "本月进展";
    const Evidence lost{digest_of("lost"), 4, "text/plain", "lost.txt"};
    content.evidence = {lost};
    log_.does("jtj.clerk", Command(SaveReport{first_task, UnitCode("jtj"), content}));
    expect_fault("blob", lost.digest.value);
    content.evidence = {Evidence{blob_.digest, blob_.bytes, "text/plain", "kept.txt"}};
    log_.does("jtj.clerk", Command(SaveReport{first_task, UnitCode("jtj"), content}));
    const auto faults = check().faults;
    EXPECT_EQ(faults.size(), 1U) << "the first draft stays in the record";
}

}  // namespace
}  // namespace duban
