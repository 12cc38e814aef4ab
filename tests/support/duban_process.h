// The built program as tests run it: commands that end, processes that stay, and servers on a free
// port of 127.0.0.1. Every password that it could ask for is demo_password, and hashing one costs
// as little as possible. A process ends with its object, by its own id; every wait is bounded.
// Thread-safety: one thread at a time; url() and address() are safe for concurrent use.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/cli/client.h"

namespace duban {

using Arguments = std::vector<std::string>;
using Environment = std::vector<std::string>;  // NAME=value

inline constexpr const char* demo_password = "demo-password";

struct Finished {
    int code = -1;       // -1 when a signal ended it
    std::string output;  // both streams
};

// Runs the program to its end; kills it after a minute.
[[nodiscard]] Finished run_duban(const Arguments& arguments, const Arguments& more = {});
[[nodiscard]] Finished run_duban_with(const Environment& environment, const Arguments& arguments);

// The program in the background.
class DubanProcess {
public:
    explicit DubanProcess(const Arguments& arguments, const Environment& environment = {});
    ~DubanProcess();  // stops
    DubanProcess(const DubanProcess&) = delete;
    DubanProcess& operator=(const DubanProcess&) = delete;

    // Waits for a line that holds `text`, at most until the output ends or a minute has passed;
    // gives all lines since the last call, that one included.
    [[nodiscard]] std::string read_to_line_with(const std::string& text);
    // Waits for its own end, at most a minute; gives the output that was not read.
    [[nodiscard]] Finished wait();
    // SIGTERM; SIGKILL when that does not help. The exit code, -1 when a signal ended it.
    int stop();
    void kill_now();  // SIGKILL
    // From here on none of its writes to a file succeeds. False where the system does not allow it.
    [[nodiscard]] bool fail_writes();

private:
    void read_all();
    // The exit code once it has ended, killed when that takes longer than `patience`.
    int reap(std::chrono::milliseconds patience);

    pid_t pid_ = -1;
    int pipe_ = -1;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string unread_;  // guarded by mutex_
    bool ended_ = false;  // guarded by mutex_: the output has
    std::thread reader_;  // so that the program never waits for a full pipe
};

// `duban serve`, ready to answer; otherwise the test has failed.
class ServerProcess {
public:
    explicit ServerProcess(const std::string& data, const Arguments& options = {},
                           const Environment& environment = {});

    int stop() { return process_.stop(); }
    void kill_now() { process_.kill_now(); }
    [[nodiscard]] bool fail_writes() { return process_.fail_writes(); }
    [[nodiscard]] Finished wait() { return process_.wait(); }
    // What it printed up to the line with its address.
    [[nodiscard]] const std::string& greeting() const { return greeting_; }
    [[nodiscard]] const ServerUrl& url() const { return url_; }
    // The same as the command line takes it.
    [[nodiscard]] std::string address() const;

    // A client that is logged in; fails the test when that fails.
    [[nodiscard]] HttpClient client(const std::string& person) const;
    [[nodiscard]] std::string token(const std::string& person) const;

private:
    DubanProcess process_;
    std::string greeting_;
    ServerUrl url_;
};

}  // namespace duban
