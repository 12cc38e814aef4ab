#include "storage/beside/access_log.h"

#include <gtest/gtest.h>

#include "storage/rocks/keys.h"
#include "tests/storage/test_log.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class AccessLogTest : public testing::Test {
protected:
    AccessRecord add(const std::string& method) {
        AccessRecord record;
        record.time = Timestamp{1'788'224'400'000};
        record.person = PersonId("jtj.clerk");
        record.remote = "192.0.2.1";
        record.method = method;
        record.result = "ok";
        WriteSet changes(*database_);
        log_.add(record, changes);
        expect_ok(database_->write(changes));
        return record;
    }
    std::vector<AccessRecord> read(std::uint64_t from = 0, std::size_t count = 100) {
        return value_of(read_access_log(Snapshot(*database_), from, count));
    }

    FaultyEnv env_;
    std::unique_ptr<Database> database_ = value_of(Database::open({"/test", true, &env_}));
    AccessLog log_ = value_of(AccessLog::open(*database_));
};

TEST_F(AccessLogTest, NumbersRecordsWithoutAGap) {
    const auto first = add("auth.login");
    const auto second = add("blob.get");
    EXPECT_EQ(read(), (std::vector<AccessRecord>{first, second}));
    EXPECT_EQ(read(1), (std::vector<AccessRecord>{second}));
    EXPECT_EQ(read(0, 1), (std::vector<AccessRecord>{first}));
    EXPECT_TRUE(read(2).empty());
    EXPECT_TRUE(read(0, 0).empty());
}

TEST_F(AccessLogTest, GoesOnAfterReopening) {
    add("a");
    log_ = value_of(AccessLog::open(*database_));
    add("b");
    EXPECT_EQ(read().size(), 2U);
}

TEST_F(AccessLogTest, SaysWhenARecordIsMissing) {
    for (const char* method : {"a", "b", "c"}) add(method);
    WriteSet changes(*database_);
    changes.erase(Family::access, be64(1));
    expect_ok(database_->write(changes));
    EXPECT_EQ(read_access_log(Snapshot(*database_), 0, 10).error().code, Errc::corrupt);
}

TEST_F(AccessLogTest, TakesBytesThatAreNoText) {
    add("\xff\xfe method");
    EXPECT_EQ(read()[0].method, "?? method");
}

}  // namespace
}  // namespace duban
