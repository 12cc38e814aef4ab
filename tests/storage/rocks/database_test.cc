#include "storage/rocks/database.h"

#include <gtest/gtest.h>

#include "storage/rocks/keys.h"
#include "tests/storage/test_log.h"

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
