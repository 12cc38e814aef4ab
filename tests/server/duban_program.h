// The built program as the tests of the command line run it: commands that end, and processes that
// stay until they are stopped. Every password that it could ask for is "demo-password".
// Thread-safety: one thread at a time.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

namespace duban {

struct Finished {
    int code = -1;
    std::string output;  // both streams
};

// Runs the program to its end, at most a minute. `arguments` is shell text.
[[nodiscard]] Finished run_duban(const std::string& arguments);

// A directory of its own for each test, gone afterwards. Made by the program when it needs it.
class DataDirectory {
public:
    DataDirectory();
    ~DataDirectory();
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

// A file with that text, gone afterwards.
class TextFile {
public:
    TextFile(const std::string& name, const std::string& text);
    ~TextFile();
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

// The program in the background, with its standard output on a pipe.
class RunningDuban {
public:
    static constexpr std::chrono::milliseconds patience{20'000};

    explicit RunningDuban(const std::string& arguments);
    ~RunningDuban();
    RunningDuban(const RunningDuban&) = delete;
    RunningDuban& operator=(const RunningDuban&) = delete;

    // Reads whole lines until one holds `text`, the output ends, or patience ends; gives all
    // lines that were read, that one included.
    std::string read_to_line_with(const std::string& text);
    // The exit code; -1 when a signal ended it.
    int stop();

private:
    bool fill(std::chrono::steady_clock::time_point until);

    pid_t process_ = -1;
    int output_ = -1;
    std::string unread_;
};

// `duban serve` on a free port.
class ServerProcess {
public:
    explicit ServerProcess(const std::string& data, const std::string& flags = "");
    int stop() { return process_.stop(); }
    [[nodiscard]] const std::string& greeting() const { return greeting_; }
    // "" when it did not start.
    [[nodiscard]] const std::string& url() const { return url_; }

private:
    RunningDuban process_;
    std::string greeting_;
    std::string url_;
};

}  // namespace duban
