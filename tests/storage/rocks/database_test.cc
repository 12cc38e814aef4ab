#include "storage/rocks/database.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

#include "storage/rocks/info_log.h"
#include "storage/rocks/keys.h"
#include "tests/storage/test_log.h"
#include "tests/support/eventually.h"

namespace duban {
namespace {

using Rows = std::vector<std::string>;

class DatabaseTest : public testing::Test {
protected:
    Result<std::unique_ptr<Database>> open(bool create = true) {
        return Database::open({"/test", create, &env_});
    }
    void put(Database& database, const std::vector<std::string>& keys) {
        WriteSet changes(database);
        for (const auto& key : keys) changes.put(Family::meta, "t" + key, "");
        expect_ok(database.write(changes));
    }
    Rows scan(const Snapshot& snapshot, const std::string& prefix, const std::string& from,
              bool back = false) {
        Rows rows;
        const auto visit = [&](std::string_view key, std::string_view) {
            rows.emplace_back(key);
            return true;
        };
        expect_ok(back ? snapshot.scan_back(Family::meta, prefix, from, visit)
                       : snapshot.scan(Family::meta, prefix, from, visit));
        return rows;
    }

    FaultyEnv env_;
};

TEST_F(DatabaseTest, IsNotMadeUnlessAsked) {
    const auto absent = open(false);
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, Errc::not_found);
    EXPECT_TRUE(open(true));
    EXPECT_TRUE(open(false));
}

TEST_F(DatabaseTest, KeepsItsLogId) {
    const std::string id = value_of(open())->log_id();
    EXPECT_EQ(id.size(), 26U);
    EXPECT_EQ(value_of(open())->log_id(), id);
}

TEST_F(DatabaseTest, IsOpenedByOneProcessAtATime) {
    const auto first = open();
    const auto second = open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::storage_failed);
    EXPECT_NE(second.error().detail.find("another process"), std::string::npos);
}

TEST_F(DatabaseTest, RefusesAnUnknownFormat) {
    {
        const auto database = value_of(open());
        WriteSet changes(*database);
        changes.put(Family::meta, meta_format, "2");
        expect_ok(database->write(changes));
    }
    EXPECT_EQ(open().error().code, Errc::unsupported);
}

TEST_F(DatabaseTest, SyncsEveryWrite) {
    const auto database = value_of(open());
    const int before = env_.wal_syncs;
    put(*database, {"a"});
    put(*database, {"b"});
    EXPECT_EQ(env_.wal_syncs, before + 2);
}

TEST_F(DatabaseTest, SnapshotDoesNotSeeWhatComesLater) {
    const auto database = value_of(open());
    put(*database, {"a"});
    const Snapshot snapshot(*database);
    put(*database, {"b"});
    EXPECT_EQ(scan(snapshot, "t", ""), (Rows{"ta"}));
    EXPECT_FALSE(value_of(snapshot.get(Family::meta, "tb")));
    EXPECT_TRUE(value_of(database->get(Family::meta, "tb")));
}

TEST_F(DatabaseTest, ScansStayInTheirPrefix) {
    const auto database = value_of(open());
    put(*database, {"a", "b1", "b2", "b3", "c", "\xff\xff"});
    const Snapshot snapshot(*database);
    EXPECT_EQ(scan(snapshot, "tb", ""), (Rows{"tb1", "tb2", "tb3"}));
    EXPECT_EQ(scan(snapshot, "tb", "tb2"), (Rows{"tb2", "tb3"}));
    EXPECT_EQ(scan(snapshot, "tb", "tb4"), Rows{});
    EXPECT_EQ(scan(snapshot, "t\xff", ""), (Rows{"t\xff\xff"}));
    EXPECT_EQ(scan(snapshot, "tb", "tb2", true), (Rows{"tb2", "tb1"}));
    EXPECT_EQ(scan(snapshot, "tb", "tb25", true), (Rows{"tb2", "tb1"}));
    EXPECT_EQ(scan(snapshot, "tb", "tz", true), (Rows{"tb3", "tb2", "tb1"}));
    EXPECT_EQ(scan(snapshot, "tb", "ta", true), Rows{});
    EXPECT_EQ(scan(snapshot, "t\xff\xff", "t\xff\xff\xff", true), (Rows{"t\xff\xff"}));
}

TEST_F(DatabaseTest, ScanEndsWhenTheVisitorHasEnough) {
    const auto database = value_of(open());
    put(*database, {"a", "b", "c"});
    int seen = 0;
    expect_ok(
        Snapshot(*database).scan(Family::meta, "t", "", [&](auto, auto) { return ++seen < 2; }));
    EXPECT_EQ(seen, 2);
}

TEST_F(DatabaseTest, ErasesAPrefixAndNothingElse) {
    const auto database = value_of(open());
    put(*database, {"a", "b", "b\xff", "c"});
    WriteSet changes(*database);
    EXPECT_TRUE(changes.empty());
    changes.erase_prefix(Family::meta, "tb");
    EXPECT_FALSE(changes.empty());
    expect_ok(database->write(changes));
    EXPECT_EQ(scan(Snapshot(*database), "t", ""), (Rows{"ta", "tc"}));
}

TEST_F(DatabaseTest, SaysWhenReadingFails) {
    {
        const auto database = value_of(open());
        WriteSet changes(*database);
        changes.put(Family::access, "a", "");
        expect_ok(database->write(changes));
    }
    const auto database = value_of(open());
    env_.fail_table_reads = true;
    const Snapshot snapshot(*database);
    const auto visit = [](auto, auto) { return true; };
    const auto expect_failed = [](const auto& result) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Errc::storage_failed);
    };
    expect_failed(snapshot.scan(Family::access, "", "", visit));
    expect_failed(snapshot.scan_back(Family::access, "", "z", visit));
    expect_failed(snapshot.get(Family::access, "a"));
    expect_failed(database->get(Family::access, "a"));
}

TEST_F(DatabaseTest, WritesNothingAfterAFailedWrite) {
    const auto database = value_of(open());
    env_.fail_wal_syncs = true;
    WriteSet changes(*database);
    changes.put(Family::meta, "ta", "");
    EXPECT_EQ(database->write(changes).error().code, Errc::storage_failed);
    env_.fail_wal_syncs = false;
    EXPECT_EQ(database->write(changes).error().code, Errc::storage_failed);
}

// One family has been written to tables, the others stand in an older log file and in the newest.
TEST_F(DatabaseTest, OpensWithNoLogFileMissingOrShort) {
    {
        const auto database = value_of(open());
        for (int i = 0; i < 3; ++i) {
            put(*database, {"a" + std::to_string(i)});
            WriteSet much(*database);
            for (int piece = 0; piece < 35; ++piece) {
                much.put(Family::access, be64(static_cast<std::uint64_t>(piece)),
                         std::string(1 << 20, 'v'));
            }
            expect_ok(database->write(much));
        }
        put(*database, {"last"});
    }
    std::vector<std::string> names;
    ASSERT_TRUE(env_.GetChildren("/test", &names).ok());
    std::erase_if(names, [](const std::string& name) { return !name.ends_with(".log"); });
    ASSERT_GE(names.size(), 2U);
    for (const std::string& name : names) {
        const std::string path = "/test/" + name;
        std::string whole;
        ASSERT_TRUE(rocksdb::ReadFileToString(&env_, path, &whole).ok());
        for (const std::size_t cut : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
            ASSERT_TRUE(rocksdb::WriteStringToFile(&env_, whole.substr(0, cut), path).ok());
            EXPECT_FALSE(open()) << name << " cut to " << cut;
        }
        ASSERT_TRUE(env_.DeleteFile(path).ok());
        EXPECT_FALSE(open()) << name << " removed";
        ASSERT_TRUE(rocksdb::WriteStringToFile(&env_, whole, path).ok());
    }
    EXPECT_EQ(scan(Snapshot(*value_of(open())), "t", ""), (Rows{"ta0", "ta1", "ta2", "tlast"}));
}

// One rule for all who write: the commit, a file, a session, what RocksDB does on its own.
class FailureTest : public DatabaseTest {
protected:
    FailureTest() {
        DatabaseOptions options{"/test", true, &env_};
        options.on_failure = [this](const Error& error) {
            ++told_;
            EXPECT_EQ(error.code, Errc::storage_failed);
        };
        database_ = value_of(Database::open(options));
    }
    Status write(Family family = Family::session) {
        WriteSet changes(*database_);
        changes.put(family, "k", std::string(10'000, 'v'));
        return database_->write(changes);
    }
    void expect_told_once_and_closed() {
        EXPECT_EQ(told_, 1);
        EXPECT_EQ(write().error().code, Errc::storage_failed);
        EXPECT_EQ(told_, 1);
    }

    std::atomic<int> told_{0};
    std::unique_ptr<Database> database_;
};

TEST_F(FailureTest, OfASyncIsToldOnceWhoeverWrote) {
    env_.fail_wal_syncs = true;
    EXPECT_FALSE(write(Family::blob));
    env_.fail_wal_syncs = false;
    expect_told_once_and_closed();
}

TEST_F(FailureTest, OfAWriteIsToldOnce) {
    env_.fail_wal_appends = true;
    EXPECT_FALSE(write());
    env_.fail_wal_appends = false;
    expect_told_once_and_closed();
}

TEST_F(FailureTest, OfTheWitnessIsToldOnce) {
    env_.fail_witness_writes = true;
    EXPECT_FALSE(write());
    env_.fail_witness_writes = false;
    expect_told_once_and_closed();
}

TEST_F(FailureTest, OfTheWitnessesSyncIsToldOnce) {
    env_.fail_witness_syncs = true;
    int written = 0;
    while (written < 1000 && write()) ++written;
    EXPECT_LT(written, 1000);
    expect_told_once_and_closed();
}

// What is in memory is written out in the background once there is enough of it.
TEST_F(FailureTest, BehindOurBackIsToldOnce) {
    expect_ok(write());
    env_.fail_table_writes = true;
    WriteSet much(*database_);
    for (int i = 0; i < 70; ++i) {
        much.put(Family::session, be64(static_cast<std::uint64_t>(i)), std::string(1 << 20, 'v'));
    }
    expect_ok(database_->write(much));
    (void)write();
    EXPECT_TRUE(eventually([&] { return told_ > 0; }));
    env_.fail_table_writes = false;
    expect_told_once_and_closed();
}

class RoomTest : public DatabaseTest {
protected:
    static constexpr std::uint64_t mib = 1ULL << 20;

    RoomTest() { open_with({64 * mib, 16 * mib, 8 * mib}); }
    void open_with(const RoomFloors& floors) {
        database_.reset();
        DatabaseOptions options{"/test", true, &env_};
        options.floors = floors;
        options.on_word = [this](const std::string& word) { words_.push_back(word); };
        database_ = value_of(Database::open(options));
    }
    bool has_room(Room purpose, std::uint64_t bytes = 0) {
        const Status room = database_->room_for(purpose, bytes);
        if (!room) {
            EXPECT_EQ(room.error().code, Errc::storage_unavailable);
        }
        return room.has_value();
    }

    std::vector<std::string> words_;
    std::unique_ptr<Database> database_;
};

TEST_F(RoomTest, EndsForFilesFirstThenForCommandsThenForTheRest) {
    struct Step {
        std::uint64_t free;
        bool upload, command, upkeep;
    };
    for (const Step& step : {Step{100 * mib, true, true, true}, Step{63 * mib, false, true, true},
                             Step{15 * mib, false, false, true}, Step{7 * mib, false, false, false},
                             Step{0, false, false, false}, Step{100 * mib, true, true, true}}) {
        env_.free_bytes = step.free;
        EXPECT_EQ(has_room(Room::upload), step.upload) << step.free;
        EXPECT_EQ(has_room(Room::command), step.command) << step.free;
        EXPECT_EQ(has_room(Room::upkeep), step.upkeep) << step.free;
        EXPECT_TRUE(has_room(Room::admitted)) << step.free;
    }
}

TEST_F(RoomTest, CountsWhatIsAboutToBeWrittenTwice) {
    env_.free_bytes = 100 * mib;
    EXPECT_TRUE(has_room(Room::upload, 16 * mib));
    EXPECT_FALSE(has_room(Room::upload, 20 * mib));
}

TEST_F(RoomTest, RefusesAWriteBeforeAnythingOfItIsWritten) {
    put(*database_, {"a"});
    const int syncs = env_.wal_syncs;
    env_.free_bytes = 1 * mib;
    WriteSet changes(*database_);
    changes.put(Family::meta, "tb", "");
    EXPECT_EQ(database_->write(changes).error().code, Errc::storage_unavailable);
    EXPECT_EQ(env_.wal_syncs, syncs);
    env_.free_bytes = 100 * mib;
    expect_ok(database_->write(changes));
    EXPECT_EQ(scan(Snapshot(*database_), "t", ""), (Rows{"ta", "tb"}));
}

TEST_F(RoomTest, WritesOutWhatIsInMemoryWhenItIsTight) {
    WriteSet changes(*database_);
    changes.put(Family::access, "a", std::string(20 * mib, 'v'));
    expect_ok(database_->write(changes, Room::upkeep));
    // 64 MiB for the log and 20 in memory: they are 4 too many until the 20 stand in a table.
    env_.free_bytes = 80 * mib;
    EXPECT_TRUE(has_room(Room::upload));
    std::vector<std::string> names;
    ASSERT_TRUE(env_.GetChildren("/test", &names).ok());
    std::uint64_t log_bytes = 0;
    for (const std::string& name : names) {
        std::uint64_t bytes = 0;
        if (!name.ends_with(".log")) continue;
        EXPECT_TRUE(env_.GetFileSize("/test/" + name, &bytes).ok());
        log_bytes += bytes;
    }
    EXPECT_LT(log_bytes, mib);
}

TEST_F(RoomTest, TellsTheOperatorOnceWhenItEndsAndWhenItIsThereAgain) {
    env_.free_bytes = 1 * mib;
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(has_room(Room::command));
    EXPECT_EQ(words_.size(), 1U);
    env_.free_bytes = 100 * mib;
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(has_room(Room::command));
    EXPECT_EQ(words_.size(), 2U);
}

TEST_F(RoomTest, IsNeededToOpenForWritingAndNotToRead) {
    put(*database_, {"a"});
    database_.reset();
    env_.free_bytes = 1 * mib;
    DatabaseOptions options{"/test", true, &env_};
    EXPECT_EQ(Database::open(options).error().code, Errc::storage_unavailable);
    options.read_only = true;
    EXPECT_EQ(scan(Snapshot(*value_of(Database::open(options))), "t", ""), Rows{"ta"});
}

TEST(InfoLog, GivesErrorsAsWordsAndSurvivesWhoeverThrows) {
    std::vector<std::string> words;
    const auto log = make_info_log([&](const std::string& word) {
        words.push_back(word);
        throw std::runtime_error("the place for words is full");
    });
    rocksdb::Info(log, "opened %d", 1);
    rocksdb::Header(log, "version");
    rocksdb::Warn(log, "slow %s", "disk");
    rocksdb::Error(log, "bad %s", "disk");
    rocksdb::Fatal(log, "%s", std::string(5000, 'x').c_str());
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0], "bad disk");
    rocksdb::Error(make_info_log({}), "nobody listens");
}

TEST(FaultyEnv, TakesWithThePowerWhatWasNotSynced) {
    FaultyEnv env;
    std::unique_ptr<rocksdb::WritableFile> file;
    ASSERT_TRUE(env.NewWritableFile("/1.log", &file, {}).ok());
    ASSERT_TRUE(file->Append("kept").ok());
    ASSERT_TRUE(file->Sync().ok());
    ASSERT_TRUE(file->Append("lost").ok());
    file.reset();
    env.lose_power();
    std::string bytes;
    ASSERT_TRUE(rocksdb::ReadFileToString(&env, "/1.log", &bytes).ok());
    EXPECT_EQ(bytes, "kept");
}

TEST_F(DatabaseTest, MakesNoLogOfItsOwn) {
    put(*value_of(open()), {"a"});
    std::vector<std::string> names;
    ASSERT_TRUE(env_.GetChildren("/test", &names).ok());
    for (const std::string& name : names) EXPECT_FALSE(name.starts_with("LOG")) << name;
}

TEST(Keys, SortAsTheirNumbers) {
    EXPECT_LT(be64(255), be64(256));
    EXPECT_LT(be32(1), be32(0x80000000));
    EXPECT_EQ(parse_be64(be64(0x0123456789abcdef)), 0x0123456789abcdef);
    EXPECT_EQ(parse_be32(be32(70412)), 70412U);
    EXPECT_EQ(parse_be64("1234567"), std::nullopt);
}

TEST(Keys, OfAStreamDoNotMixWithThoseOfALongerName) {
    const std::string key = stream_key(StreamId("task/p/10"), StreamRev(0));
    EXPECT_FALSE(key.starts_with(stream_prefix(StreamId("task/p/1"))));
    EXPECT_TRUE(key.starts_with(stream_prefix(StreamId("task/p/10"))));
}

TEST(Keys, HaveAFirstOneAfterAPrefix) {
    EXPECT_EQ(after_prefix("ab"), "ac");
    EXPECT_EQ(after_prefix("a\xff"), "b");
    EXPECT_EQ(after_prefix("\xff\xff"), "");
    EXPECT_EQ(after_prefix(""), "");
}

}  // namespace
}  // namespace duban
