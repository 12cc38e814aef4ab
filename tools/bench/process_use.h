// process_use: time and memory that a process has used, as the kernel counts them.
// Thread-safety: safe for concurrent use.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

namespace duban {

// Processor time of this process in seconds, all threads, user and system.
[[nodiscard]] double own_cpu_s();
// The same of another process, in steps of the kernel's clock tick; 0 when there is none.
[[nodiscard]] double cpu_s_of(pid_t process);
// Resident memory now, and its highest so far; 0 when there is no such process.
[[nodiscard]] std::uint64_t rss_bytes_of(pid_t process);
[[nodiscard]] std::uint64_t rss_peak_bytes_of(pid_t process);

// Wall and processor time of this process since it was made.
class Stopwatch {
public:
    Stopwatch() : cpu_s_(own_cpu_s()), began_(std::chrono::steady_clock::now()) {}
    [[nodiscard]] double wall_s() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    }
    [[nodiscard]] double cpu_s() const { return own_cpu_s() - cpu_s_; }

private:
    double cpu_s_;
    std::chrono::steady_clock::time_point began_;
};

}  // namespace duban
