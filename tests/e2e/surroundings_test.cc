// The whole program where its surroundings fail: a disk that fills, one that cannot be written, and
// few descriptors.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "tests/e2e/session.h"
#include "tests/support/small_disk.h"

namespace duban {
namespace {

using nlohmann::json;

constexpr std::uint64_t mib = 1ULL << 20;
constexpr int storage_unavailable = 50303;

json rename_of_unit(int number) {
    return {{"command_id", new_command_id()},
            {"unit",
             {{"code", "u" + std::to_string(number)},
              {"name", "单位" + std::to_string(number)},
              {"kind", "bureau"}}}};
}

// The code of the refusal, 0 when the command is accepted.
int put_unit(HttpClient& desk, int number) {
    const auto done = desk.call("unit.put", rename_of_unit(number));
    return done ? 0 : done.error().code;
}

std::size_t tasks_on_board(HttpClient& desk) {
    const auto board = desk.call("plan.board", {{"plan", "jiyuan-vocational"}});
    return board ? (*board)["items"].size() : 0;
}

// The first word of "<n> events in …" that `check` prints.
std::string events_in(const std::string& data) {
    const Finished check = run_duban({"check", "--data", data});
    EXPECT_EQ(check.code, 0) << check.output;
    EXPECT_NE(check.output.find("no faults"), std::string::npos) << check.output;
    const std::size_t end = check.output.find(" events in ");
    const std::size_t begin = check.output.rfind(' ', end - 1) + 1;
    return end == std::string::npos ? check.output : check.output.substr(begin, end - begin);
}

class SmallDiskTest : public testing::Test {
protected:
    void SetUp() override {
        if (!disk_.mounted()) GTEST_SKIP() << "this system lets no test mount a file system";
    }
    HttpClient desk(const ServerProcess& server) const {
        HttpClient client(server.url());
        client.set_token(token_);
        return client;
    }
    // Nothing is written, everything is read.
    void expect_reading_only(const ServerProcess& server) {
        HttpClient client = desk(server);
        EXPECT_EQ(put_unit(client, 900), storage_unavailable);
        HttpClient reader(server.url());
        reader.set_token(reader_token_);
        EXPECT_EQ(tasks_on_board(reader), 24U);
        EXPECT_EQ(client.send({"GET", "/healthz", {}, {}})->status, 200);
        const auto login = HttpClient(server.url()).login("jtj.clerk", demo_password);
        ASSERT_FALSE(login);
        EXPECT_EQ(login.error().code, storage_unavailable);
        WebsocketClient socket;
        EXPECT_TRUE(open_session(socket, server.url(), reader_token_));
        const auto opened = socket.receive(std::chrono::seconds(10));
        ASSERT_TRUE(opened);
        EXPECT_TRUE(json::parse(*opened).contains("result")) << *opened;
    }

    SmallDisk disk_{96 * mib};
    std::string token_;         // of the administrator who writes
    std::string reader_token_;  // of the office
};

TEST_F(SmallDiskTest, TakesCommandsAfterFilesAndReadsOnWhenItIsFull) {
    int accepted = 0;
    std::string kept;
    {
        ServerProcess server(disk_.data(), {"--demo"});
        token_ = server.token("admin.system");
        reader_token_ = server.token("office.clerk");
        HttpClient clerk = server.client("jtj.clerk");
        int files = 0;
        std::optional<ClientReply> refused;
        while (files < 6 && !refused) {
            // Each another file.
            const std::string body = std::to_string(files) + std::string(20 * mib, 'x');
            auto reply = clerk.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, body});
            ASSERT_TRUE(reply);
            if (reply->status == 201) {
                ++files;
                kept = json::parse(reply->body)["digest"];
            } else {
                refused = *reply;
            }
        }
        EXPECT_GE(files, 1);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->status, 503) << refused->body;
        EXPECT_NE(refused->body.find("no room for files"), std::string::npos) << refused->body;
        HttpClient client = desk(server);
        for (int i = 0; i < 50; ++i) {
            EXPECT_EQ(put_unit(client, i), 0);
            ++accepted;
        }
        disk_.fill();
        expect_reading_only(server);
        // Who reads a file is written down, so that needs room too.
        EXPECT_EQ(clerk.send({"GET", "/blobs/" + kept, {}, {}})->status, 503);
        EXPECT_EQ(server.stop(), 0);
    }
    const std::string events = events_in(disk_.data());
    {
        ServerProcess server(disk_.data());
        EXPECT_NE(server.greeting().find("reading only"), std::string::npos) << server.greeting();
        expect_reading_only(server);
        EXPECT_EQ(server.stop(), 0);
    }
    disk_.free_up();
    ServerProcess server(disk_.data());
    HttpClient client = desk(server);
    EXPECT_EQ(put_unit(client, accepted), 0);
    const auto file = server.client("jtj.clerk").send({"GET", "/blobs/" + kept, {}, {}});
    EXPECT_TRUE(file && file->body.size() == 20 * mib + 1) << file->status;
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(events_in(disk_.data()), std::to_string(std::stoi(events) + 1));
}

TEST_F(SmallDiskTest, IsCheckedAndReadWhereNothingCanBeWritten) {
    {
        ServerProcess server(disk_.data(), {"--demo"});
        token_ = server.token("admin.system");
        reader_token_ = server.token("office.clerk");
        server.kill_now();
    }
    ASSERT_TRUE(disk_.make_read_only(true));
    EXPECT_NE(events_in(disk_.data()), "0");
    ServerProcess server(disk_.data());
    expect_reading_only(server);
    EXPECT_EQ(server.stop(), 0);
    const Finished init =
        run_duban({"init", "--system-person", "a", "--admin-person", "b", "--data", disk_.data()});
    EXPECT_EQ(init.code, 1);
    EXPECT_NE(init.output.find("cannot be written"), std::string::npos) << init.output;
    ASSERT_TRUE(disk_.make_read_only(false));
}

// Sockets that say nothing.
class IdleSockets {
public:
    IdleSockets(const ServerUrl& url, int count) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.port)));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (int i = 0; i < count; ++i) {
            const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (made < 0) return;
            sockets_.push_back(made);
            const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
            (void)::connect(made, generic, sizeof address);
        }
    }
    ~IdleSockets() {
        for (const int made : sockets_) ::close(made);
    }
    IdleSockets(const IdleSockets&) = delete;
    IdleSockets& operator=(const IdleSockets&) = delete;

private:
    std::vector<int> sockets_;
};

// Ends the process: its limit of open files cannot be raised again.
[[noreturn]] void work_with_descriptors(rlim_t limit, const std::function<void()>& work) {
    const rlimit few{limit, limit};
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    work();
    std::exit(testing::Test::HasFailure() ? 1 : 0);
}
void expect_with_descriptors(rlim_t limit, const std::function<void()>& work) {
    EXPECT_EXIT(work_with_descriptors(limit, work), testing::ExitedWithCode(0), "");
}

TEST(DescriptorLimit, KeepsThoseOfTheStoreWhenStrangersTakeTheRest) {
    const DataDirectory data;
    expect_with_descriptors(256, [&] {
        ServerProcess server(data.path(), {"--demo", "--connections-per-address-max", "100000"});
        EXPECT_NE(server.greeting().find("256 descriptors: 80 for the store"), std::string::npos)
            << server.greeting();
        HttpClient desk = server.client("admin.system");
        HttpClient clerk = server.client("jtj.clerk");
        const IdleSockets strangers(server.url(), 200);
        for (int i = 0; i < 40; ++i) {
            EXPECT_EQ(put_unit(desk, i), 0);
            const std::string body = std::to_string(i) + std::string(mib, 'x');
            const auto reply =
                clerk.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, body});
            EXPECT_TRUE(reply && reply->status == 201);
        }
        EXPECT_EQ(server.stop(), 0);
    });
    EXPECT_NE(events_in(data.path()), "");
}

TEST(DescriptorLimit, EndsAStartThatItLeavesTooFewFor) {
    const DataDirectory data;
    expect_with_descriptors(64, [&] {
        DubanProcess serve({"serve", "--port", "0", "--data", data.path()});
        const Finished refused = serve.wait();
        EXPECT_EQ(refused.code, 1);
        EXPECT_NE(refused.output.find("ulimit -n"), std::string::npos) << refused.output;
    });
    EXPECT_FALSE(std::filesystem::exists(data.path()));
}

}  // namespace
}  // namespace duban
