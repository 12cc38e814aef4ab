#include "tools/bench/process_use.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace duban {
namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string proc_path(pid_t process, const char* name) {
    return "/proc/" + std::to_string(process) + "/" + name;
}

// A line such as "VmRSS:   1234 kB".
std::uint64_t status_bytes(pid_t process, const std::string& name) {
    std::ifstream file(proc_path(process, "status"));
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(name)) return std::stoull(line.substr(name.size() + 1)) * 1024;
    }
    return 0;
}

}  // namespace

double own_cpu_s() {
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

double cpu_s_of(pid_t process) {
    std::ifstream file(proc_path(process, "stat"));
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    // The name, in parentheses, may hold blanks; the state follows it, user and system time are the
    // twelfth and thirteenth after the name.
    const std::size_t name_end = text.rfind(')');
    if (name_end == std::string::npos) return 0;
    std::istringstream fields(text.substr(name_end + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    std::uint64_t user = 0;
    std::uint64_t system = 0;
    fields >> user >> system;
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t rss_bytes_of(pid_t process) {
    return status_bytes(process, "VmRSS");
}

std::uint64_t rss_peak_bytes_of(pid_t process) {
    return status_bytes(process, "VmHWM");
}

}  // namespace duban
