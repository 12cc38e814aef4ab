#include "tests/server/duban_program.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

namespace duban {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* passwords =
    "DUBAN_PASSWORD=demo-password DUBAN_DEMO_PASSWORD=demo-password "
    "DUBAN_ADMIN_PASSWORD=demo-password DUBAN_SYSTEM_PASSWORD=demo-password ";

std::string path_for(const std::string& name) {
    return testing::TempDir() + "duban_cli_" + std::to_string(::getpid()) + "_" +
           testing::UnitTest::GetInstance()->current_test_info()->name() + name;
}

}  // namespace

Finished run_duban(const std::string& arguments) {
    const std::string command =
        "exec 2>&1; " + std::string(passwords) + "timeout 60 " + DUBAN_PROGRAM + " " + arguments;
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

DataDirectory::DataDirectory() : path_(path_for("")) {
    std::filesystem::remove_all(path_);
}

DataDirectory::~DataDirectory() {
    std::filesystem::remove_all(path_);
}

TextFile::TextFile(const std::string& name, const std::string& text) : path_(path_for("_" + name)) {
    std::ofstream(path_, std::ios::binary) << text;
}

TextFile::~TextFile() {
    std::filesystem::remove(path_);
}

RunningDuban::RunningDuban(const std::string& arguments) {
    const std::string command =
        "exec env " + std::string(passwords) + DUBAN_PROGRAM + " " + arguments;
    int ends[2];
    if (::pipe(ends) != 0) return;
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
        ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
}

RunningDuban::~RunningDuban() {
    (void)stop();
    if (output_ >= 0) ::close(output_);
}

bool RunningDuban::fill(steady_clock::time_point until) {
    const auto left = std::chrono::duration_cast<milliseconds>(until - steady_clock::now());
    pollfd readable{output_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count())) <= 0) {
        return false;
    }
    std::array<char, 4096> piece{};
    const ssize_t count = ::read(output_, piece.data(), piece.size());
    if (count > 0) unread_.append(piece.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::string RunningDuban::read_to_line_with(const std::string& text) {
    const auto until = steady_clock::now() + patience;
    std::size_t found = unread_.find(text);
    while (found == std::string::npos || unread_.find('\n', found) == std::string::npos) {
        if (!fill(until)) return std::exchange(unread_, {});
        found = unread_.find(text);
    }
    const std::size_t end = unread_.find('\n', found) + 1;
    std::string lines = unread_.substr(0, end);
    unread_.erase(0, end);
    return lines;
}

int RunningDuban::stop() {
    if (process_ <= 0) return -1;
    const pid_t process = std::exchange(process_, -1);
    ::kill(process, SIGTERM);
    int status = 0;
    const auto until = steady_clock::now() + patience;
    while (::waitpid(process, &status, WNOHANG) == 0) {
        if (steady_clock::now() >= until) ::kill(process, SIGKILL);
        std::this_thread::sleep_for(milliseconds(5));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

ServerProcess::ServerProcess(const std::string& data, const std::string& flags)
    : process_("serve --port 0 --log-level off --data " + data + " " + flags),
      greeting_(process_.read_to_line_with("listens on ")) {
    const std::size_t at = greeting_.find("http://");
    if (at != std::string::npos) url_ = greeting_.substr(at, greeting_.find('\n', at) - at);
}

}  // namespace duban
