#include "tools/bench/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "tools/bench/process_use.h"

namespace duban {
namespace {

constexpr int look_every_ms = 20;
constexpr int exit_not_started = 127;

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

double steady_s() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double cpu_s(const rusage& use) {
    return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment) {
    std::vector<std::string> words = arguments;
    std::vector<std::string> variables = environment;
    for (char** own = environ; *own != nullptr; ++own) variables.emplace_back(*own);
    const std::vector<char*> arguments_given = pointers(words);
    const std::vector<char*> variables_given = pointers(variables);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    began_s_ = steady_s();
    id_ = ::fork();
    if (id_ == 0) {
        // Between fork and exec only what is safe in a process with threads.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(ends[1], STDOUT_FILENO);
        ::execvpe(arguments_given.front(), arguments_given.data(), variables_given.data());
        ::_exit(exit_not_started);
    }
    ::close(ends[1]);
    output_ = ends[0];
}

ChildProcess::~ChildProcess() {
    if (id_ > 0) {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    if (output_ >= 0) ::close(output_);
}

bool ChildProcess::read_some(int wait_ms) {
    if (output_ended_ || output_ < 0) return false;
    pollfd readable{output_, POLLIN, 0};
    if (::poll(&readable, 1, wait_ms) <= 0) return false;
    char bytes[4096];
    const ssize_t count = ::read(output_, bytes, sizeof bytes);
    output_ended_ = count <= 0;
    if (count > 0) unread_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
}

Result<std::string> ChildProcess::read_to_line_with(const std::string& text) {
    while (true) {
        const std::size_t at = unread_.find(text);
        const std::size_t end = at == std::string::npos ? at : unread_.find('\n', at);
        if (end != std::string::npos) {
            std::string read = unread_.substr(0, end + 1);
            unread_.erase(0, end + 1);
            return read;
        }
        if (!read_some(-1)) return fail(Errc::internal, "a program ended without: " + text);
    }
}

ChildEnd ChildProcess::wait() {
    ChildEnd end;
    if (id_ < 0) return end;
    int status = 0;
    rusage use{};
    while (true) {
        // Its memory is gone from /proc as soon as it has ended.
        end.rss_peak_bytes = std::max(end.rss_peak_bytes, rss_peak_bytes_of(id_));
        if (::wait4(id_, &status, WNOHANG, &use) != 0) break;
        if (!read_some(look_every_ms) && output_ended_) ::poll(nullptr, 0, look_every_ms);
    }
    id_ = -1;
    end.wall_s = steady_s() - began_s_;
    end.cpu_s = cpu_s(use);
    end.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    while (read_some(0)) {
    }
    end.output = std::move(unread_);
    return end;
}

ChildEnd ChildProcess::stop() {
    if (id_ > 0) ::kill(id_, SIGTERM);
    return wait();
}

ChildEnd run_child(const std::vector<std::string>& arguments,
                   const std::vector<std::string>& environment) {
    return ChildProcess(arguments, environment).wait();
}

}  // namespace duban
