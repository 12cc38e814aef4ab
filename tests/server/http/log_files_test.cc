#include "server/http/log_files.h"

#include <gtest/gtest.h>

#include "commit/checkpointer.h"
#include "server/http/http_routes.h"
#include "storage/tlog/log_tree.h"
#include "storage/tlog/tiles.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

class LogFilesTest : public testing::Test {
protected:
    void SetUp() override { node_.set_up_office(); }

    Result<std::string> read(const std::string& path, const char* person = "audit.clerk") {
        Caller caller;
        caller.person = PersonId(person);
        return files_.read(path, caller);
    }
    Errc refusal(const std::string& path, const char* person = "audit.clerk") {
        const auto bytes = read(path, person);
        EXPECT_FALSE(bytes) << path;
        return bytes ? Errc::internal : bytes.error().code;
    }

    TestDisk disk_;
    TestNode node_{disk_};
    StoredLogFiles files_{node_.database(), node_.head(), node_.clock()};
    std::unique_ptr<NoteSigner> signer_ = *parse_signer(make_signer_text("duban/test"));
};

TEST_F(LogFilesTest, AreThoseOfTheNewestCheckpoint) {
    EXPECT_EQ(refusal("checkpoint"), Errc::not_found) << "none was signed yet";
    const auto newest = Checkpointer(node_.database(), node_.head(), *signer_).sign();
    ASSERT_TRUE(newest);
    EXPECT_EQ(read("checkpoint"), newest->note);
    const std::uint64_t size = newest->checkpoint.size;
    const std::string width = std::to_string(size);
    const auto hashes = read("tile/0/000.p/" + width);
    ASSERT_TRUE(hashes);
    EXPECT_EQ(hashes->size(), 32 * size);
    const auto bundle = read("tile/entries/000.p/" + width);
    ASSERT_TRUE(bundle);
    const auto entries = entries_of(*bundle);
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), size);
    TreeEdge tree;
    for (std::size_t i = 0; i < size; ++i) {
        const Hash leaf = leaf_hash((*entries)[i]);
        EXPECT_EQ(hashes->substr(32 * i, 32),
                  std::string(reinterpret_cast<const char*>(leaf.data()), leaf.size()));
        tree.append(leaf);
    }
    EXPECT_EQ(tree.root(), newest->checkpoint.root);
    EXPECT_TRUE(read("tile/0/000.p/1")) << "as it was when the log was smaller";
}

TEST_F(LogFilesTest, AreNotThereBeyondItOrUnderAnotherSpelling) {
    const auto newest = Checkpointer(node_.database(), node_.head(), *signer_).sign();
    ASSERT_TRUE(newest);
    const std::string beyond = std::to_string(newest->checkpoint.size + 1);
    const std::vector<std::string> others = {"tile/0/000",
                                             "tile/0/000.p/" + beyond,
                                             "tile/1/000.p/1",
                                             "tile/00/000.p/1",
                                             "tile/0/0.p/1",
                                             "tile/0/000.p/0",
                                             "tile/entries/001.p/1",
                                             "../log.key",
                                             "log.key",
                                             ""};
    for (const std::string& path : others) {
        EXPECT_EQ(refusal(path), Errc::not_found) << path;
    }
}

TEST_F(LogFilesTest, AreForThoseWhoSeeTheWholeLog) {
    ASSERT_TRUE(Checkpointer(node_.database(), node_.head(), *signer_).sign());
    EXPECT_TRUE(read("checkpoint", "office.head"));
    EXPECT_EQ(refusal("checkpoint", "jtj.head"), Errc::forbidden);
    EXPECT_EQ(refusal("tile/0/000.p/1", "admin.system"), Errc::forbidden);
}

TEST(HttpRoutes, KnowTheFilesOfTheLog) {
    const auto match = match_endpoint("GET", "/tlog/tile/0/000.p/3?x");
    EXPECT_EQ(match.endpoint, Endpoint::log_file);
    EXPECT_EQ(match.file, "tile/0/000.p/3");
    EXPECT_EQ(match_endpoint("POST", "/tlog/checkpoint").endpoint, Endpoint::wrong_method);
    EXPECT_EQ(match_endpoint("GET", "/tlog").endpoint, Endpoint::not_found);
}

}  // namespace
}  // namespace duban
