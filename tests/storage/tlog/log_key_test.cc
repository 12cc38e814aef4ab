#include "storage/tlog/log_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/data_directory.h"

namespace duban {
namespace {

class LogKey : public testing::Test {
protected:
    [[nodiscard]] std::string file() const { return data_.path() + "/" + log_key_file; }

    TestDirectory data_;
};

TEST_F(LogKey, IsMadeOnceAndForItsOwnerAlone) {
    const auto made = open_log_key(data_.path(), "duban/x");
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ((*made)->verifier().name, "duban/x");
    const auto again = open_log_key(data_.path(), "duban/y");
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->verifier(), (*made)->verifier());
    struct stat known = {};
    ASSERT_EQ(::stat(file().c_str(), &known), 0);
    EXPECT_EQ(known.st_mode & 0777U, 0600U);
    EXPECT_FALSE(std::filesystem::exists(file() + ".new"));
}

TEST_F(LogKey, IsNeverWrittenOverAnother) {
    ASSERT_TRUE(write_log_key(file(), make_signer_text("duban/x")));
    const auto before = read_log_key(file());
    EXPECT_EQ(write_log_key(file(), make_signer_text("duban/x")).error().code,
              Errc::storage_failed);
    EXPECT_EQ((*read_log_key(file()))->verifier(), (*before)->verifier());
}

TEST_F(LogKey, IsRefusedWhereOthersMayReadIt) {
    ASSERT_TRUE(write_log_key(file(), make_signer_text("duban/x")));
    ASSERT_EQ(::chmod(file().c_str(), 0640), 0);
    const auto read = open_log_key(data_.path(), "duban/x");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::invalid_argument);
    EXPECT_NE(read.error().detail.find("chmod 600"), std::string::npos);
}

TEST_F(LogKey, IsNotReplacedWhereItIsDamaged) {
    std::ofstream(file()) << "PRIVATE+KEY+duban/x+00000000+AAAA\n";
    std::filesystem::permissions(file(), std::filesystem::perms::owner_read);
    const auto read = open_log_key(data_.path(), "duban/x");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::invalid_argument);
}

TEST_F(LogKey, IsFollowedByOneUnderTheNextNumber) {
    ASSERT_TRUE(open_log_key(data_.path(), "duban/x"));
    const auto first = read_log_key(file());
    const auto aside = replace_log_key(data_.path());
    ASSERT_TRUE(aside) << aside.error().detail;
    EXPECT_EQ((*read_log_key(*aside))->verifier(), (*first)->verifier());
    EXPECT_EQ((*read_log_key(file()))->verifier().name, "duban/x/2");
    ASSERT_TRUE(replace_log_key(data_.path()));
    EXPECT_EQ((*read_log_key(file()))->verifier().name, "duban/x/3");
}

TEST_F(LogKey, OutlivesAMakingThatWasBrokenOff) {
    std::ofstream(file() + ".new") << "PRIV";
    EXPECT_TRUE(open_log_key(data_.path(), "duban/x"));
}

}  // namespace
}  // namespace duban
