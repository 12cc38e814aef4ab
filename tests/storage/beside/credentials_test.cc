#include "storage/beside/credentials.h"

#include <gtest/gtest.h>

#include "tests/storage/test_log.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class CredentialsTest : public testing::Test {
protected:
    void put(const std::string& token, const std::string& person, std::int64_t expires) {
        expect_ok(put_session(
            *database_, token,
            StoredSession{PersonId(person), "s-" + token, Timestamp{1}, Timestamp{expires}}));
    }
    bool has(const std::string& token) {
        return value_of(find_session(*database_, token)).has_value();
    }

    FaultyEnv env_;
    std::unique_ptr<Database> database_ = value_of(Database::open({"/test", true, &env_}));
};

TEST_F(CredentialsTest, KeepTheLastPasswordOfAPerson) {
    const PersonId person("jtj.clerk");
    EXPECT_EQ(value_of(find_password_hash(*database_, person)), std::nullopt);
    expect_ok(put_password_hash(*database_, person, "$argon2id$first"));
    expect_ok(put_password_hash(*database_, person, "$argon2id$second"));
    EXPECT_EQ(value_of(find_password_hash(*database_, person)), "$argon2id$second");
    EXPECT_EQ(value_of(find_password_hash(*database_, PersonId("jtj"))), std::nullopt);
}

TEST_F(CredentialsTest, KeepASessionUntilItIsErased) {
    put("t1", "jtj.clerk", 100);
    const auto session = value_of(find_session(*database_, "t1"));
    EXPECT_EQ(session,
              (StoredSession{PersonId("jtj.clerk"), "s-t1", Timestamp{1}, Timestamp{100}}));
    expect_ok(erase_session(*database_, "t1"));
    EXPECT_FALSE(has("t1"));
    expect_ok(erase_session(*database_, "t1"));
}

TEST_F(CredentialsTest, EndEverySessionOfOnePerson) {
    put("t1", "jtj.clerk", 100);
    put("t2", "jtj.head", 100);
    put("t3", "jtj.clerk", 100);
    EXPECT_EQ(value_of(erase_sessions_of(*database_, PersonId("jtj.clerk"))),
              (std::vector<std::string>{"t1", "t3"}));
    EXPECT_FALSE(has("t1"));
    EXPECT_TRUE(has("t2"));
    EXPECT_FALSE(has("t3"));
}

TEST_F(CredentialsTest, EndTheOtherSessionsWithANewPassword) {
    const PersonId person("jtj.clerk");
    put("t1", "jtj.clerk", 100);
    put("t2", "jtj.head", 100);
    put("t3", "jtj.clerk", 100);
    EXPECT_EQ(value_of(replace_password_hash(*database_, person, "$argon2id$new", "t3")),
              std::vector<std::string>{"t1"});
    EXPECT_EQ(value_of(find_password_hash(*database_, person)), "$argon2id$new");
    EXPECT_FALSE(has("t1"));
    EXPECT_TRUE(has("t2"));
    EXPECT_TRUE(has("t3"));
}

TEST_F(CredentialsTest, ForgetWhatHasExpired) {
    put("t1", "jtj.clerk", 100);
    put("t2", "jtj.clerk", 101);
    expect_ok(erase_expired_sessions(*database_, Timestamp{100}));
    EXPECT_FALSE(has("t1"));
    EXPECT_TRUE(has("t2"));
}

}  // namespace
}  // namespace duban
