#include "tests/support/duban_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

namespace duban {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

// Long enough for a sanitizer on a busy machine: what takes longer hangs.
constexpr auto work_patience = 60s;
constexpr auto stop_patience = 20s;
constexpr int ready_attempts = 200;

Arguments joined(Arguments first, const Arguments& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

// That of the same build, in which a test lies in tests/<folder>/. The path is no part of what is
// compiled, so that all checkouts share its result.
const std::string& program() {
    static const std::string path =
        std::filesystem::read_symlink("/proc/self/exe").parent_path() / "../../duban";
    return path;
}

// The given variables before the tests' own environment: of two with one name the first counts.
Environment with_own_environment(Environment variables) {
    for (const char* name : {"DUBAN_PASSWORD", "DUBAN_DEMO_PASSWORD", "DUBAN_ADMIN_PASSWORD",
                             "DUBAN_SYSTEM_PASSWORD"}) {
        variables.push_back(std::string(name) + "=" + demo_password);
    }
    // Passwords are set and verified for every person and process; what they guard is nothing.
    variables.insert(variables.end(), {"DUBAN_PASSWORD_MEMORY_KIB=8", "DUBAN_PASSWORD_PASSES=1"});
    for (char** own = environ; *own != nullptr; ++own) variables.emplace_back(*own);
    return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// The id of the process, or -1; both its streams go to `output`.
pid_t spawn_duban(const Arguments& arguments, const Environment& environment, int output) {
    Arguments words = joined({program()}, arguments);
    Environment variables = with_own_environment(environment);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, words.front().c_str(), &actions, nullptr,
                                     pointers_to(words).data(), pointers_to(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? pid : -1;
}

}  // namespace

Finished run_duban(const Arguments& arguments, const Arguments& more) {
    return DubanProcess(joined(arguments, more)).wait();
}

Finished run_duban_with(const Environment& environment, const Arguments& arguments) {
    return DubanProcess(arguments, environment).wait();
}

DubanProcess::DubanProcess(const Arguments& arguments, const Environment& environment) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        ADD_FAILURE() << "no pipe";
        return;
    }
    pid_ = spawn_duban(arguments, environment, ends[1]);
    ::close(ends[1]);
    pipe_ = ends[0];
    if (pid_ < 0) ADD_FAILURE() << program() << " does not start";
    reader_ = std::thread([this] { read_all(); });
}

DubanProcess::~DubanProcess() {
    (void)stop();
    if (reader_.joinable()) reader_.join();
    if (pipe_ >= 0) ::close(pipe_);
}

void DubanProcess::read_all() {
    std::array<char, 4096> piece{};
    // Ends with the process, which its object never outlives.
    while (true) {
        const ssize_t count = ::read(pipe_, piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        const std::lock_guard lock(mutex_);
        if (count > 0) unread_.append(piece.data(), static_cast<std::size_t>(count));
        ended_ = count <= 0;
        changed_.notify_all();
        if (ended_) return;
    }
}

std::string DubanProcess::read_to_line_with(const std::string& text) {
    std::unique_lock lock(mutex_);
    std::size_t end = std::string::npos;
    changed_.wait_for(lock, work_patience, [&] {
        const std::size_t found = unread_.find(text);
        if (found != std::string::npos) end = unread_.find('\n', found);
        return end != std::string::npos || ended_;
    });
    if (end == std::string::npos) return std::exchange(unread_, {});
    std::string lines = unread_.substr(0, end + 1);
    unread_.erase(0, end + 1);
    return lines;
}

Finished DubanProcess::wait() {
    Finished finished;
    finished.code = reap(work_patience);
    if (reader_.joinable()) reader_.join();
    finished.output = std::exchange(unread_, {});
    return finished;
}

int DubanProcess::stop() {
    if (pid_ <= 0) return -1;
    ::kill(pid_, SIGTERM);
    return reap(stop_patience);
}

void DubanProcess::kill_now() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    (void)reap(stop_patience);
}

bool DubanProcess::fail_writes() {
    const rlimit no_bytes{0, RLIM_INFINITY};
    return pid_ > 0 && ::prlimit(pid_, RLIMIT_FSIZE, &no_bytes, nullptr) == 0;
}

int DubanProcess::reap(std::chrono::milliseconds patience) {
    if (pid_ <= 0) return -1;
    const auto until = steady_clock::now() + patience;
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) == 0) {
        if (steady_clock::now() >= until) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, &status, 0);
            break;
        }
        std::this_thread::sleep_for(5ms);
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

ServerProcess::ServerProcess(const std::string& data, const Arguments& options,
                             const Environment& environment)
    : process_(joined({"serve", "--port", "0", "--data", data}, options), environment),
      greeting_(process_.read_to_line_with("listens on ")) {
    const std::size_t at = greeting_.rfind("http://");
    const auto url = at == std::string::npos
                         ? Result<ServerUrl>(fail(Errc::invalid_argument, "no address"))
                         : parse_server_url(greeting_.substr(at, greeting_.find('\n', at) - at));
    if (!url) {
        ADD_FAILURE() << "the server did not start:\n" << greeting_;
        return;
    }
    url_ = *url;
    for (int i = 0; i < ready_attempts; ++i) {
        const auto ready = HttpClient(url_).send({"GET", "/readyz", {}, {}});
        if (ready && ready->status == 200) return;
        std::this_thread::sleep_for(50ms);
    }
    ADD_FAILURE() << "the server does not get ready";
}

std::string ServerProcess::address() const {
    return "http://" + url_.authority();
}

HttpClient ServerProcess::client(const std::string& person) const {
    HttpClient client(url_);
    const auto answer = client.login(person, demo_password);
    EXPECT_TRUE(answer.has_value()) << person << ": " << answer.error().message;
    return client;
}

std::string ServerProcess::token(const std::string& person) const {
    HttpClient client(url_);
    const auto answer = client.login(person, demo_password);
    EXPECT_TRUE(answer.has_value()) << person << ": " << answer.error().message;
    return answer ? (*answer)["token"].get<std::string>() : std::string{};
}

}  // namespace duban
