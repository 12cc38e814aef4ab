// ServerProcess: a real `duban serve` on a free port of 127.0.0.1, with its data in a directory of
// the test. Ends with the object; every wait is bounded.
// Thread-safety: one thread at a time.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "server/client.h"

namespace duban {

// A fresh directory under the system's temporary directory, removed with the object.
class TestDirectory {
public:
    TestDirectory();
    ~TestDirectory();
    TestDirectory(const TestDirectory&) = delete;
    TestDirectory& operator=(const TestDirectory&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline constexpr const char* demo_password = "test-password-1";

class ServerProcess {
public:
    // Starts with demonstration data and waits until it answers.
    explicit ServerProcess(const std::string& data, std::vector<std::string> options = {"--demo"});
    ~ServerProcess();  // SIGTERM, then SIGKILL after 10 s
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    void kill_now();           // SIGKILL, and waits for the end
    [[nodiscard]] int stop();  // SIGTERM, and the exit code (-1 when it had to be killed)

    [[nodiscard]] ServerUrl url() const;
    // A client that is logged in; fails the test when that fails.
    [[nodiscard]] HttpClient client(const std::string& person) const;
    [[nodiscard]] std::string token(const std::string& person) const;

private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::string port_;
};

// Runs `duban ARGUMENTS` to its end.
struct CommandResult {
    int exit_code = -1;
    std::string output;  // stdout and stderr
};
[[nodiscard]] CommandResult run_duban(const std::vector<std::string>& arguments);

// A UUID for a command id.
[[nodiscard]] std::string new_command_id();

}  // namespace duban
