#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "domain/report/report_commands.h"
#include "storage/beside/access_log.h"
#include "storage/beside/blob_keys.h"
#include "storage/beside/credentials.h"
#include "storage/check/rebuild.h"
#include "storage/check/view_check.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/fold/index.h"
#include "storage/log/batch_reader.h"
#include "storage/rocks/keys.h"
#include "storage/tlog/checkpoint_rows.h"
#include "storage/tlog/log_tree.h"
#include "storage/tlog/signed_note.h"
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

TEST_F(CheckTest, FindsACheckpointOfOtherEventsOrOfMore) {
    const auto signer = *parse_signer(make_signer_text("duban/test"));
    const std::uint64_t size = log_.log().head().next.value;
    const auto put = [&](std::uint64_t events, const Hash& root) {
        WriteSet changes(log_.database());
        put_checkpoint(changes, events,
                       signer->sign(checkpoint_text({signer->verifier().name, events, root})));
        expect_ok(log_.database().write(changes));
    };
    const Snapshot snapshot = log_.snapshot();
    TreeReader tree(snapshot, size);
    put(0, empty_root());
    put(3, value_of(tree_root(3, tree.reader())));
    put(size, value_of(tree_root(size, tree.reader())));
    EXPECT_TRUE(check().faults.empty());
    put(4, value_of(tree_root(3, tree.reader())));
    expect_fault("tree", "checkpoint 4");
    put(size + 1, Hash{});
    expect_fault("tree", "checkpoint " + std::to_string(size + 1));
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

TEST_F(CheckTest, FindsARowBesideTheLogThatDoesNotRead) {
    for (const auto& [family, what] :
         std::map<Family, std::string>{{Family::credential, "credential"},
                                       {Family::session, "session"},
                                       {Family::access, "access"},
                                       {Family::meta, "meta"}}) {
        EXPECT_TRUE(check().faults.empty());
        change(family, "unheard of", "{");
        expect_fault(what);
        change(family, "unheard of", std::nullopt);
    }
    const std::string digest = digest_of("never uploaded").value;
    for (const char rows : {blob_meta_rows, blob_bringer_rows}) {
        change(Family::blob, rows + digest, "{");
        expect_fault("blob", digest);
        change(Family::blob, rows + digest, std::nullopt);
    }
}

TEST_F(CheckTest, FindsAnAccessRecordThatIsMissing) {
    const auto last = rows_of(log_.snapshot(), Family::access).size();
    AccessLog access = value_of(AccessLog::open(log_.database()));
    WriteSet changes(log_.database());
    for (int i = 0; i < 3; ++i) access.add(AccessRecord{}, changes);
    expect_ok(log_.database().write(changes));
    EXPECT_TRUE(check().faults.empty());
    change(Family::access, be64(last + 1), std::nullopt);
    expect_fault("access", std::to_string(last + 2));
}

// Rows that do not fit into memory together are compared in parts.
TEST_F(CheckTest, ComparesTheViewsOfALongLogInParts) {
    const auto faults_in_parts = [&](std::size_t bytes_max) {
        CheckReport report;
        ViewCheck views(generation(), report, bytes_max);
        std::size_t parts = 0;
        do {
            ++parts;
            expect_ok(read_batches(log_.snapshot(), BatchSeq(1), [&](LogBatch&& batch) {
                for (const EventRecord& record : batch.events) views.add(record, batch.seq);
                return true;
            }));
            expect_ok(views.compare(log_.snapshot()));
        } while (views.next_part());
        EXPECT_GT(parts, 1U);
        return report.faults;
    };
    constexpr std::size_t few = 8000;
    EXPECT_TRUE(faults_in_parts(few).empty());
    const auto rows = rows_of(log_.snapshot(), Family::view);
    for (std::size_t at = 0; at < rows.size(); at += rows.size() / 6) {
        const auto& [key, row] = rows[at];
        change(Family::view, key, std::nullopt);
        EXPECT_EQ(faults_in_parts(few).size(), 1U) << "missing";
        change(Family::view, key, row + " ");
        EXPECT_EQ(faults_in_parts(few).size(), 1U) << "changed";
        change(Family::view, key + "x", row);
        EXPECT_EQ(faults_in_parts(few).size(), 2U) << "superfluous";
        change(Family::view, key + "x", std::nullopt);
        change(Family::view, key, row);
    }
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

// In a table or file of blobs of any family, whether the start or the check meets it first.
TEST_F(CheckBlobsTest, FindsAFlippedByteWhereverItStands) {
    WriteSet changes(log_.database());
    changes.put(Family::credential, "jtj.clerk", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA");
    changes.put(Family::session, digest_of("token").value, to_row(StoredSession{}));
    AccessLog access = value_of(AccessLog::open(log_.database()));
    access.add(AccessRecord{}, changes);
    expect_ok(log_.database().write(changes));
    log_.reopen();
    EXPECT_TRUE(check().faults.empty());
    log_.close();
    std::vector<std::string> names;
    ASSERT_TRUE(log_.env().GetChildren("/test", &names).ok());
    std::size_t tables = 0;
    for (const std::string& name : names) {
        if (!name.ends_with(".sst") && !name.ends_with(".blob")) continue;
        ++tables;
        const std::string path = "/test/" + name;
        std::string whole;
        ASSERT_TRUE(rocksdb::ReadFileToString(&log_.env(), path, &whole).ok());
        for (const std::size_t at : {std::size_t{40}, whole.size() / 4, whole.size() / 2,
                                     whole.size() * 3 / 4, whole.size() - 60}) {
            std::string flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ 1);
            ASSERT_TRUE(rocksdb::WriteStringToFile(&log_.env(), flipped, path).ok());
            DatabaseOptions options{"/test", false, &log_.env()};
            options.read_only = true;
            const auto database = Database::open(options);
            if (!database) continue;
            const auto report = check_database(**database);
            EXPECT_TRUE(!report || !report->faults.empty()) << name << " at " << at;
        }
        ASSERT_TRUE(rocksdb::WriteStringToFile(&log_.env(), whole, path).ok());
    }
    EXPECT_GT(tables, 12U);
    log_.reopen();
    EXPECT_TRUE(check().faults.empty());
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
