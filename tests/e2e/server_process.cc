#include "tests/e2e/server_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/clock.h"

namespace duban {
namespace {

using namespace std::chrono_literals;

constexpr auto start_deadline = 60s;
constexpr auto stop_deadline = 10s;

struct Child {
    pid_t pid = -1;
    int output = -1;
};

Child start_duban(const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe_ends{};
    if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return {};
    std::vector<char*> argv;
    std::string program = DUBAN_BINARY;
    argv.push_back(program.data());
    std::vector<std::string> copies = arguments;
    for (std::string& copy : copies) argv.push_back(copy.data());
    argv.push_back(nullptr);
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(pipe_ends[1], STDOUT_FILENO);
        dup2(pipe_ends[1], STDERR_FILENO);
        setenv("DUBAN_DEMO_PASSWORD", demo_password, 1);
        execv(program.c_str(), argv.data());
        _exit(127);
    }
    close(pipe_ends[1]);
    return {pid, pipe_ends[0]};
}

// Reads what is there within the wait; false at the end of the output.
bool read_some(int descriptor, std::string& text, std::chrono::milliseconds wait) {
    pollfd ready{descriptor, POLLIN, 0};
    if (poll(&ready, 1, static_cast<int>(wait.count())) <= 0) return true;
    std::array<char, 4096> buffer{};
    const ssize_t count = read(descriptor, buffer.data(), buffer.size());
    if (count <= 0) return false;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
}

// The port in the first "http://127.0.0.1:<port>" of the output.
std::string find_port(const std::string& output) {
    constexpr std::string_view mark = "http://127.0.0.1:";
    const auto at = output.find(mark);
    if (at == std::string::npos) return {};
    const auto begin = at + mark.size();
    const auto end = output.find_first_not_of("0123456789", begin);
    return end == std::string::npos ? std::string{} : output.substr(begin, end - begin);
}

}  // namespace

TestDirectory::TestDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "duban-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
}

TestDirectory::~TestDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

ServerProcess::ServerProcess(const std::string& data, std::vector<std::string> options) {
    std::vector<std::string> arguments{"serve", "--port", "0", "--data", data};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Child child = start_duban(arguments);
    pid_ = child.pid;
    output_ = child.output;
    std::string output;
    const auto deadline = std::chrono::steady_clock::now() + start_deadline;
    while (port_.empty() && std::chrono::steady_clock::now() < deadline) {
        if (!read_some(output_, output, 200ms)) break;
        port_ = find_port(output);
    }
    if (port_.empty()) {
        ADD_FAILURE() << "the server did not start:\n" << output;
        return;
    }
    // The pipe must not fill up while the server goes on writing its log.
    std::thread([descriptor = output_] {
        std::string ignored;
        while (read_some(descriptor, ignored, 1s)) ignored.clear();
        close(descriptor);
    }).detach();
    for (int i = 0; i < 200; ++i) {
        const auto ready = HttpClient(url()).send({"GET", "/readyz", {}, {}});
        if (ready && ready->status == 200) return;
        std::this_thread::sleep_for(50ms);
    }
    ADD_FAILURE() << "the server does not get ready";
}

ServerProcess::~ServerProcess() {
    if (pid_ > 0) (void)stop();
}

void ServerProcess::kill_now() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

int ServerProcess::stop() {
    kill(pid_, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + stop_deadline;
    int status = 0;
    while (std::chrono::steady_clock::now() < deadline) {
        if (waitpid(pid_, &status, WNOHANG) == pid_) {
            pid_ = -1;
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        std::this_thread::sleep_for(10ms);
    }
    kill_now();
    return -1;
}

ServerUrl ServerProcess::url() const {
    return ServerUrl{"127.0.0.1", port_};
}

HttpClient ServerProcess::client(const std::string& person) const {
    HttpClient client(url());
    const auto answer = client.login(person, demo_password);
    EXPECT_TRUE(answer.has_value()) << person << ": " << answer.error().message;
    return client;
}

std::string ServerProcess::token(const std::string& person) const {
    HttpClient client(url());
    const auto answer = client.login(person, demo_password);
    EXPECT_TRUE(answer.has_value()) << person << ": " << answer.error().message;
    return answer ? (*answer)["token"].get<std::string>() : std::string{};
}

CommandResult run_duban(const std::vector<std::string>& arguments) {
    const Child child = start_duban(arguments);
    CommandResult result;
    const auto deadline = std::chrono::steady_clock::now() + start_deadline;
    while (std::chrono::steady_clock::now() < deadline &&
           read_some(child.output, result.output, 200ms)) {
    }
    close(child.output);
    int status = 0;
    if (waitpid(child.pid, &status, WNOHANG) == 0) {
        std::this_thread::sleep_for(200ms);
        if (waitpid(child.pid, &status, WNOHANG) == 0) {
            kill(child.pid, SIGKILL);
            waitpid(child.pid, &status, 0);
        }
    }
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
    return result;
}

std::string new_command_id() {
    static RandomIds ids;
    return ids.uuid7(SystemClock().now());
}

}  // namespace duban
