#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/client.h"

namespace duban {
namespace {

using nlohmann::json;

constexpr const char* password =
    "DUBAN_PASSWORD=demo-password DUBAN_DEMO_PASSWORD=demo-password "
    "DUBAN_ADMIN_PASSWORD=demo-password ";

struct Finished {
    int code = -1;
    std::string output;  // both streams
};

Finished run_duban(const std::string& arguments) {
    const std::string command =
        "exec 2>&1; " + std::string(password) + "timeout 60 " + DUBAN_PROGRAM + " " + arguments;
    Finished finished;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> piece{};
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), pipe)) {
        finished.output.append(piece.data(), count);
    }
    const int status = ::pclose(pipe);
    finished.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return finished;
}

class DataDirectory {
public:
    DataDirectory()
        : path_(testing::TempDir() + "duban_cli_" + std::to_string(::getpid()) + "_" +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
        std::filesystem::remove_all(path_);
    }
    ~DataDirectory() { std::filesystem::remove_all(path_); }
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

// `duban serve --demo` as a process of its own, on a free port.
class DemoServer {
public:
    explicit DemoServer(const std::string& data) {
        const std::string command = "exec env " + std::string(password) + DUBAN_PROGRAM +
                                    " serve --demo --port 0 --log-level off --data " + data;
        int ends[2];
        if (::pipe(ends) != 0) return;
        process_ = ::fork();
        if (process_ == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        char c = 0;
        while (greeting_.find("listens on ") == std::string::npos || c != '\n') {
            if (::read(ends[0], &c, 1) != 1) break;
            greeting_ += c;
        }
        ::close(ends[0]);
        const std::size_t at = greeting_.find("http://");
        if (at != std::string::npos) url_ = greeting_.substr(at, greeting_.find('\n', at) - at);
    }
    ~DemoServer() { (void)stop(); }
    DemoServer(const DemoServer&) = delete;
    DemoServer& operator=(const DemoServer&) = delete;

    // The exit code.
    int stop() {
        if (process_ <= 0) return -1;
        ::kill(process_, SIGTERM);
        int status = 0;
        ::waitpid(std::exchange(process_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    const std::string& greeting() const { return greeting_; }
    const std::string& url() const { return url_; }

private:
    pid_t process_ = -1;
    std::string greeting_;
    std::string url_;
};

TEST(CommandLineProgram, ServesTheDemonstrationAndStopsOnSigterm) {
    const DataDirectory data;
    DemoServer server(data.path());
    ASSERT_FALSE(server.url().empty()) << server.greeting();
    EXPECT_NE(server.greeting().find("jzy.clerk jzy.section jzy.head"), std::string::npos);
    EXPECT_NE(server.greeting().find("demo-password"), std::string::npos);
    const std::string at = " --url " + server.url();

    const Finished board = run_duban(
        "call plan.board '{\"plan\":\"jiyuan-vocational\"}' "
        "--person zone.leader" +
        at);
    EXPECT_EQ(board.code, 0) << board.output;
    EXPECT_EQ(json::parse(board.output)["items"].size(), 24U);
    EXPECT_EQ(run_duban("call plan.board '{\"plan\":\"other\"}' --person zone.leader" + at).code,
              5);
    EXPECT_EQ(run_duban("call plan.list --token wrong" + at).code, 3);
    EXPECT_EQ(run_duban("call plan.list '[]'" + at).code, 2);

    const std::string import =
        "import tests/server/data/issued_list.txt --plan issued"
        " --person office.head" +
        at;
    const Finished first = run_duban(import);
    EXPECT_EQ(first.output, "issued: imported\n");
    const Finished second = run_duban(import);
    EXPECT_EQ(second.code, 0);
    EXPECT_NE(second.output.find("nothing changed"), std::string::npos) << second.output;

    const Finished watch =
        run_duban("watch --plan issued --person office.head" + at + " & sleep 2; kill $!; wait");
    EXPECT_NE(watch.output.find("4 tasks"), std::string::npos) << watch.output;

    EXPECT_EQ(server.stop(), 0);
    const Finished check = run_duban("check --data " + data.path());
    EXPECT_EQ(check.code, 0) << check.output;
    EXPECT_NE(check.output.find("no faults"), std::string::npos);
    const Finished rebuild = run_duban("rebuild --data " + data.path());
    EXPECT_EQ(rebuild.code, 0) << rebuild.output;
}

TEST(CommandLineProgram, DemonstrationTwiceChangesNothing) {
    const DataDirectory data;
    const auto position = [&] {
        DemoServer server(data.path());
        const auto url = parse_server_url(server.url());
        if (!url) return std::string("no server");
        HttpClient client(*url);
        EXPECT_TRUE(client.login("office.head", "demo-password"));
        return client.call("plan.list", json::object())->value("position", std::string());
    };
    const std::string first = position();
    EXPECT_EQ(position(), first);
}

TEST(CommandLineProgram, SetsUpImportsAndChecksOffline) {
    const DataDirectory data;
    const std::string at = " --data " + data.path();
    const Finished init = run_duban("init --admin-person root.admin" + at);
    EXPECT_EQ(init.code, 0) << init.output;
    EXPECT_EQ(run_duban("init --admin-person root.admin" + at).code, 1);
    const Finished unknown = run_duban("import tests/server/data/issued_list.txt --plan p" + at);
    EXPECT_EQ(unknown.code, 1);
    EXPECT_NE(unknown.output.find("line "), std::string::npos) << unknown.output;
    EXPECT_EQ(run_duban("import server/data/jiyuan_plan.json" + at).output,
              "jiyuan-vocational: imported\n");
    const Finished again = run_duban("import server/data/jiyuan_plan.json" + at);
    EXPECT_NE(again.output.find("nothing changed"), std::string::npos) << again.output;
    const Finished dry =
        run_duban("import tests/server/data/issued_list.txt --dry-run --plan p" + at);
    EXPECT_NE(dry.output.find("4 tasks, 7 units"), std::string::npos) << dry.output;
    EXPECT_EQ(run_duban("check" + at).code, 0);
}

TEST(CommandLineProgram, SaysWhatIsWrong) {
    EXPECT_EQ(run_duban("").code, 2);
    EXPECT_EQ(run_duban("serve --nonsense").code, 2);
    EXPECT_EQ(run_duban("check --data /nowhere/duban").code, 1);
    EXPECT_EQ(
        run_duban("serve --port 0 --host example.org --data " + testing::TempDir() + "x").code, 1);
    const Finished refused = run_duban("call plan.list --url http://127.0.0.1:1");
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.output.find("cannot connect"), std::string::npos) << refused.output;
    EXPECT_EQ(run_duban("--help").code, 0);
}

}  // namespace
}  // namespace duban
