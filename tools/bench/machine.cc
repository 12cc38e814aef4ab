#include "tools/bench/machine.h"

#include <sched.h>
#include <sys/utsname.h>
#include <sys/vfs.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <thread>

#include "tools/bench/child_process.h"
#include "tools/bench/rocks.h"

#ifndef DUBAN_BUILD_TYPE
#define DUBAN_BUILD_TYPE "unknown"
#endif

namespace duban {
namespace {

// What follows the colon in the first line that begins with `name`.
std::string proc_value(const char* path, const std::string& name) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name)) continue;
        const std::size_t at = line.find_first_not_of(" \t", line.find(':') + 1);
        if (at != std::string::npos) return line.substr(at);
    }
    return "unknown";
}

std::string kernel() {
    utsname names{};
    if (::uname(&names) != 0) return "unknown";
    return std::string(names.sysname) + " " + names.release;
}

// Who else was at work when it began: a figure of a busy machine says little.
std::string load() {
    std::ifstream file("/proc/loadavg");
    std::string one;
    std::string five;
    std::string fifteen;
    file >> one >> five >> fifteen;
    return one + " " + five + " " + fifteen;
}

// Among others that compute, an ordinary thread that wakes waits up to 4 ms for its turn, which is
// longer than a sync takes; one of the real-time classes does not.
std::string scheduling() {
    switch (::sched_getscheduler(0)) {
        case SCHED_FIFO:
            return "first in, first out (real time)";
        case SCHED_RR:
            return "round robin (real time)";
        default:
            return "ordinary";
    }
}

std::string file_system(const std::string& dir) {
    struct statfs facts{};
    if (::statfs(dir.c_str(), &facts) != 0) return "unknown";
    switch (static_cast<std::uint64_t>(facts.f_type)) {
        case 0xEF53:
            return "ext4";
        case 0x58465342:
            return "xfs";
        case 0x9123683E:
            return "btrfs";
        case 0x01021994:
            return "tmpfs (memory: syncs cost nothing)";
        case 0x794C7630:
            return "overlayfs";
        default:
            return "type " + std::to_string(facts.f_type);
    }
}

std::string compiler() {
#ifdef __clang__
    return __VERSION__;
#else
    return "g++ " __VERSION__;
#endif
}

std::string git_commit() {
    const ChildEnd asked = run_child(
        {"git", "-C", program_directory(), "describe", "--always", "--dirty", "--abbrev=12"});
    if (asked.code != 0 || asked.output.empty()) return "unknown";
    return asked.output.substr(0, asked.output.find('\n'));
}

}  // namespace

std::string program_directory() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? "." : program.parent_path().string();
}

Machine this_machine(const std::string& dir) {
    return {{"cpu", proc_value("/proc/cpuinfo", "model name")},
            {"cores", std::to_string(std::thread::hardware_concurrency())},
            {"memory", proc_value("/proc/meminfo", "MemTotal")},
            {"kernel", kernel()},
            {"load", load()},
            {"scheduling", scheduling()},
            {"compiler", compiler()},
            {"build type", DUBAN_BUILD_TYPE},
            {"rocksdb", rocksdb_version()},
            {"git commit", git_commit()},
            {"directory", dir + ", " + file_system(dir)}};
}

std::string machine_text(const Machine& machine) {
    std::string text;
    for (const auto& [name, value] : machine) {
        std::string line = name;
        line.resize(12, ' ');
        text += line + value + "\n";
    }
    return text;
}

}  // namespace duban
