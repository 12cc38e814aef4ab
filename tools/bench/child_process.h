// ChildProcess: a program that is run and measured beside this one: `duban` itself, and git.
// Its standard output is kept, its standard error is ours. It does not outlive this program,
// however that ends. Thread-safety: one thread at a time. Blocking: as said below.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "domain/base/result.h"

namespace duban {

struct ChildEnd {
    int code = -1;       // -1 when a signal ended it, 127 when it could not be started
    std::string output;  // what was not read before
    double wall_s = 0;
    double cpu_s = 0;
    std::uint64_t rss_peak_bytes = 0;  // as seen every 20 ms
};

class ChildProcess {
public:
    // `environment` is added to our own, as NAME=value.
    explicit ChildProcess(const std::vector<std::string>& arguments,
                          const std::vector<std::string>& environment = {});
    ~ChildProcess();  // SIGKILL, unless it has ended
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] pid_t id() const { return id_; }
    // The output up to and with the line that holds `text`. Errors: internal when the output ends
    // before.
    [[nodiscard]] Result<std::string> read_to_line_with(const std::string& text);
    // Waits for its end, having sent SIGTERM first where `stop` says so.
    [[nodiscard]] ChildEnd wait();
    [[nodiscard]] ChildEnd stop();

private:
    // False at the end of the output, or when nothing came in that time.
    bool read_some(int wait_ms);

    pid_t id_ = -1;
    int output_ = -1;
    bool output_ended_ = false;
    std::string unread_;
    double began_s_ = 0;
};

// Runs a program to its end.
[[nodiscard]] ChildEnd run_child(const std::vector<std::string>& arguments,
                                 const std::vector<std::string>& environment = {});

}  // namespace duban
