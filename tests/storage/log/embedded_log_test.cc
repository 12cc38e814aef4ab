#include "storage/log/embedded_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "storage/log/stream_head.h"
#include "storage/rocks/keys.h"
#include "tests/storage/log/sequenced_log_conformance.h"
#include "tests/storage/test_log.h"

namespace duban {
namespace {

class NotingApplier final : public BatchApplier {
public:
    Status apply(const LogBatch& batch, WriteSet& changes) override {
        seen.push_back(batch.seq.value);
        changes.put(Family::meta, "applied", std::to_string(batch.seq.value));
        return failing ? Status(fail(Errc::corrupt, "says the test")) : Status{};
    }
    std::vector<std::uint64_t> seen;
    bool failing = false;
};

class EmbeddedDriver {
public:
    EmbeddedDriver() { reopen(); }
    SequencedLog& log() { return *log_; }
    Database& database() { return *database_; }
    FaultyEnv& env() { return env_; }
    std::vector<std::uint64_t> applied() { return applier.seen; }
    void close() {
        log_.reset();
        database_.reset();
    }
    void reopen() { expect_ok(try_reopen()); }
    Status try_reopen() {
        close();
        auto database = Database::open({"/log", true, &env_});
        if (!database) return tl::unexpected<Error>(database.error());
        database_ = std::move(*database);
        auto log = EmbeddedLog::open(*database_, applier);
        if (!log) return tl::unexpected<Error>(log.error());
        log_ = std::move(*log);
        return {};
    }
    Status append(std::size_t events) {
        return log_->append(log_->head().seq, next_batch(log_->head(), events));
    }
    NotingApplier applier;

private:
    FaultyEnv env_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<EmbeddedLog> log_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, SequencedLogConformance, EmbeddedDriver);

class EmbeddedLogTest : public testing::Test, protected EmbeddedDriver {
protected:
    void change(Family family, const std::string& key, const std::optional<std::string>& value) {
        WriteSet changes(database());
        if (value) {
            changes.put(family, key, *value);
        } else {
            changes.erase(family, key);
        }
        expect_ok(database().write(changes));
    }
    void expect_misfit() {
        const auto opened = try_reopen();
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, Errc::corrupt);
    }
};

TEST_F(EmbeddedLogTest, TakesNothingMoreAfterAFailedSync) {
    expect_ok(append(1));
    env().fail_wal_syncs = true;
    EXPECT_EQ(append(1).error().code, Errc::storage_failed);
    env().fail_wal_syncs = false;
    EXPECT_EQ(append(1).error().code, Errc::storage_failed);
    EXPECT_EQ(log().head().seq, BatchSeq(1));
    EXPECT_EQ(applied().size(), 2U);
}

TEST_F(EmbeddedLogTest, TakesNothingMoreAfterAFailedWrite) {
    expect_ok(append(1));
    env().fail_wal_appends = true;
    EXPECT_EQ(append(1).error().code, Errc::storage_failed);
    env().fail_wal_appends = false;
    EXPECT_EQ(append(1).error().code, Errc::storage_failed);
    reopen();
    EXPECT_EQ(log().head().seq, BatchSeq(1));
    expect_ok(append(1));
}

TEST_F(EmbeddedLogTest, WritesNothingWhenApplyingFails) {
    expect_ok(append(1));
    applier.failing = true;
    EXPECT_EQ(append(1).error().code, Errc::corrupt);
    applier.failing = false;
    EXPECT_EQ(append(1).error().code, Errc::storage_failed);
    reopen();
    EXPECT_EQ(log().head().seq, BatchSeq(1));
}

TEST_F(EmbeddedLogTest, WritesTheAppliersChangesWithTheBatch) {
    expect_ok(append(1));
    EXPECT_EQ(value_of(database().get(Family::meta, "applied")), "1");
}

TEST_F(EmbeddedLogTest, FindsOutcomesAfterReopening) {
    expect_ok(append(1));
    reopen();
    const auto outcome = value_of(find_outcome(database(), CommandId("1-0")));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->content, digest_of("1-0"));
    EXPECT_EQ(outcome->accepted, (AcceptedOutcome{Position(0), 1, {}}));
    EXPECT_EQ(outcome->refused, std::nullopt);
    EXPECT_FALSE(value_of(find_outcome(database(), CommandId("9-9"))));
}

TEST_F(EmbeddedLogTest, KeepsTheEndOfEachStream) {
    expect_ok(append(1));
    const auto head = value_of(read_stream_head(database(), StreamId("unit/u0")));
    EXPECT_EQ(head.next, StreamRev(1));
    EXPECT_EQ(head.hash, event_hash((*log().read(BatchSeq(1), 1))[0].events[0].bytes));
    const auto none = value_of(read_stream_head(database(), StreamId("unit/none")));
    EXPECT_EQ(none.next, StreamRev(0));
    EXPECT_EQ(none.hash, first_prev_hash());
}

TEST_F(EmbeddedLogTest, WritesTheWholeBatchOrNothing) {
    expect_ok(append(2));
    env().fail_wal_appends = true;
    EXPECT_FALSE(append(64));
    env().fail_wal_appends = false;
    reopen();
    EXPECT_EQ(rows_of(Snapshot(database()), Family::event).size(), 2U);
    EXPECT_EQ(rows_of(Snapshot(database()), Family::stream).size(), 2U);
    EXPECT_EQ(rows_of(Snapshot(database()), Family::command).size(), 1U);
}

TEST_F(EmbeddedLogTest, OpensNoLogWhoseHeadDoesNotFit) {
    expect_ok(append(2));
    expect_ok(append(1));
    const std::string head = *value_of(database().get(Family::meta, meta_head));
    change(Family::meta, std::string(meta_head), std::nullopt);
    expect_misfit();
    change(Family::meta, std::string(meta_head), head);
    reopen();
    change(Family::batch, batch_key(BatchSeq(2)), std::nullopt);
    expect_misfit();
}

TEST_F(EmbeddedLogTest, OpensNoLogWhoseLastEventIsMissing) {
    expect_ok(append(2));
    change(Family::event, event_key(Position(1)), std::nullopt);
    expect_misfit();
}

TEST_F(EmbeddedLogTest, OpensNoLogWithAnEventTooMany) {
    expect_ok(append(2));
    change(Family::event, event_key(Position(2)), "{}");
    expect_misfit();
}

TEST_F(EmbeddedLogTest, OpensNoLogWhoseLastBatchWasChanged) {
    expect_ok(append(1));
    Outcome other;
    other.content = digest_of("1-0");
    other.accepted = AcceptedOutcome{Position(0), 2, {}};
    change(Family::command, "1-0", command_outcome(CommandId("1-0"), other).row);
    expect_misfit();
}

// Rewrites the newest write-ahead log with what `change` makes of its bytes.
void damage_wal(rocksdb::Env& env, const std::function<void(std::string&)>& change) {
    std::vector<std::string> names;
    ASSERT_TRUE(env.GetChildren("/log", &names).ok());
    std::string newest;
    for (const auto& name : names) {
        if (name.ends_with(".log") && name > newest) newest = name;
    }
    std::string bytes;
    ASSERT_TRUE(rocksdb::ReadFileToString(&env, "/log/" + newest, &bytes).ok());
    change(bytes);
    ASSERT_TRUE(rocksdb::WriteStringToFile(&env, bytes, "/log/" + newest).ok());
}

TEST_F(EmbeddedLogTest, DoesNotDropAcknowledgedBatchesBehindADamagedOne) {
    for (int i = 0; i < 5; ++i) expect_ok(append(2));
    close();
    damage_wal(env(), [](std::string& bytes) { bytes[500] = static_cast<char>(bytes[500] ^ 1); });
    EXPECT_EQ(try_reopen().error().code, Errc::storage_failed);
}

// Whether that batch was acknowledged cannot be told, so a person has to look.
TEST_F(EmbeddedLogTest, RefusesALastBatchOfWholeLengthThatIsDamaged) {
    for (int i = 0; i < 3; ++i) expect_ok(append(2));
    close();
    damage_wal(env(),
               [](std::string& bytes) { std::fill(bytes.end() - 400, bytes.end() - 200, '\0'); });
    EXPECT_EQ(try_reopen().error().code, Errc::storage_failed);
}

// What a crash in the middle of a write leaves: that batch was never acknowledged.
TEST_F(EmbeddedLogTest, ForgetsALastBatchThatWasTorn) {
    for (const std::size_t torn : {1U, 7U, 300U}) {
        for (int i = 0; i < 2; ++i) expect_ok(append(2));
        const BatchSeq last = log().head().seq;
        env().fail_wal_syncs = true;
        EXPECT_FALSE(append(2));
        env().fail_wal_syncs = false;
        close();
        damage_wal(env(), [&](std::string& bytes) { bytes.resize(bytes.size() - torn); });
        reopen();
        EXPECT_EQ(log().head().seq, last);
        expect_ok(append(1));
    }
}

// The log file reads as if it had ended there: only the witness knows better.
TEST_F(EmbeddedLogTest, NoticesAnAcknowledgedBatchThatIsMissingAtTheEnd) {
    for (int i = 0; i < 3; ++i) expect_ok(append(2));
    close();
    std::string whole;
    for (const std::size_t missing : {1U, 7U, 300U, 2000U, 100'000U}) {
        damage_wal(env(), [&](std::string& bytes) {
            if (whole.empty()) whole = bytes;
            bytes = whole.substr(0, whole.size() - std::min<std::size_t>(whole.size(), missing));
            if (bytes.size() <= 1000) bytes.clear();
        });
        const auto opened = try_reopen();
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, Errc::corrupt);
        EXPECT_NE(opened.error().detail.find("ends too early"), std::string::npos);
        damage_wal(env(), [&](std::string& bytes) { bytes = whole; });
    }
    reopen();
    EXPECT_EQ(log().head().seq, BatchSeq(3));
}

TEST_F(EmbeddedLogTest, KeepsWhatWasAcknowledgedWhenThePowerGoes) {
    for (int i = 0; i < 4; ++i) expect_ok(append(2));
    close();
    env().lose_power();
    reopen();
    EXPECT_EQ(log().head().seq, BatchSeq(4));
    expect_ok(append(1));
    close();
    env().lose_power();
    reopen();
    EXPECT_EQ(log().head().seq, BatchSeq(5));
}

}  // namespace
}  // namespace duban
