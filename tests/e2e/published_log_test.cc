// The log as a running server publishes it, checked by the program's own verifier, which knows
// nothing of the server.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "storage/tlog/checkpoint.h"
#include "storage/tlog/log_key.h"
#include "storage/tlog/tiles.h"
#include "tests/e2e/session.h"

namespace duban {
namespace {

using nlohmann::json;

class PublishedLog : public testing::Test {
protected:
    [[nodiscard]] std::string data() const { return data_.path(); }
    [[nodiscard]] std::string folder() const { return data_.path() + "-published"; }
    [[nodiscard]] NoteVerifier key() const {
        return (*read_log_key(data() + "/" + log_key_file))->verifier();
    }

    static std::string fetch(HttpClient& client, const std::string& path) {
        HttpClient::Request request;
        request.target = "/tlog/" + path;
        const auto reply = client.send(request);
        EXPECT_TRUE(reply && reply->status == 200) << path;
        return reply ? reply->body : "";
    }
    void keep(const std::string& path, const std::string& bytes) const {
        const auto file = std::filesystem::path(folder()) / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
    }
    // Everything that the newest checkpoint speaks of.
    Checkpoint copy(HttpClient& client) const {
        const std::string note = fetch(client, "checkpoint");
        keep("checkpoint", note);
        const auto checkpoint = parse_checkpoint(parse_note(note)->text).value();
        for (unsigned level = 0; level <= tile_level_max; ++level) {
            for (const TileId& tile : tiles_of(checkpoint.size, level)) {
                keep(tile_path(tile), fetch(client, tile_path(tile)));
            }
        }
        for (const TileId& tile : tiles_of(checkpoint.size, std::nullopt)) {
            keep(tile_path(tile), fetch(client, tile_path(tile)));
        }
        return checkpoint;
    }

    DataDirectory data_;
};

TEST_F(PublishedLog, IsWhatTheProgramVerifiesWithoutTheServer) {
    Checkpoint copied;
    {
        ServerProcess server(data(), {"--demo"});
        HttpClient auditor = server.client("office.head");
        // Signed for everything that is there.
        ASSERT_TRUE(auditor.call("audit.checkpoint", json::object()));
        copied = copy(auditor);
        EXPECT_GT(copied.size, 0U);
        EXPECT_EQ(copied.origin, key().name);
        HttpClient clerk = server.client("jtj.clerk");
        HttpClient::Request request;
        request.target = "/tlog/checkpoint";
        const auto refused = clerk.send(request);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->status, 403);
        EXPECT_EQ(server.stop(), 0);
    }
    const auto verified = run_duban({"audit", "verify", folder(), "--key", key().text()});
    EXPECT_EQ(verified.code, 0) << verified.output;
    const auto with_data =
        run_duban({"audit", "verify", folder(), "--key", key().text(), "--data", data()});
    EXPECT_EQ(with_data.code, 0) << with_data.output;
    expect_sound_at_rest(data());
}

TEST_F(PublishedLog, GoesOnFromWhatWasSignedAfterAKill) {
    std::string before;
    for (int round = 0; round < 4; ++round) {
        ServerProcess server(data(), {"--demo"});
        HttpClient head = server.client("office.head");
        if (!before.empty()) {
            const auto grown = head.call("audit.proof.consistency", {{"from", before}});
            EXPECT_TRUE(grown) << grown.error().message;
        }
        const auto signed_one = head.call("audit.checkpoint", json::object());
        ASSERT_TRUE(signed_one);
        before = signed_one->at("size").get<std::string>();
        HttpClient clerk = server.client("office.clerk");
        const std::string task = "jiyuan-vocational/" + std::to_string(round + 1);
        EXPECT_TRUE(
            clerk.call("task.issue",
                       {{"task", task}, {"due", "2026-12-31"}, {"command_id", new_command_id()}}));
        server.kill_now();
    }
    expect_sound_at_rest(data());
}

}  // namespace
}  // namespace duban
