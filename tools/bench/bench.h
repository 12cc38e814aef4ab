// Bench: one of the measurements of duban_bench. Each measures a real data directory or a real
// server, several times, and adds what it finds to the figures. Not a test: nothing is asserted.
// Thread-safety: one thread at a time. Blocking: seconds to minutes.
#pragma once

#include <array>
#include <string>

#include "domain/base/result.h"
#include "tools/bench/figures.h"

namespace duban {

struct BenchOptions {
    std::string dir;  // in which data directories are made, and removed afterwards
    std::string memory_dir = "/dev/shm";
    std::string program;  // the `duban` that is measured
    std::size_t repeat = 5;
    bool quick = false;  // small sizes: whether it works, not how fast it is
};

// Of the two sizes, the one that was asked for.
template <class T>
[[nodiscard]] T size_of(const BenchOptions& options, const T& full, const T& quick) {
    return options.quick ? quick : full;
}

[[nodiscard]] Status bench_commit(const BenchOptions& options, Figures& figures);
[[nodiscard]] Status bench_history(const BenchOptions& options, Figures& figures);
[[nodiscard]] Status bench_replay(const BenchOptions& options, Figures& figures);
[[nodiscard]] Status bench_ws(const BenchOptions& options, Figures& figures);
[[nodiscard]] Status bench_idle(const BenchOptions& options, Figures& figures);
[[nodiscard]] Status bench_fanout(const BenchOptions& options, Figures& figures);

struct Bench {
    const char* name;
    const char* text;
    Status (*run)(const BenchOptions& options, Figures& figures);
};

inline constexpr std::array<Bench, 6> benches = {{
    {"commit", "commands a second through the committer, beside a bare RocksDB", bench_commit},
    {"history", "what a command costs on a task with many revisions, without the disk",
     bench_history},
    {"replay", "rebuilding and checking a long log, its size on disk", bench_replay},
    {"ws", "commands a second over 64 WebSockets to a server of its own", bench_ws},
    {"idle", "what a WebSocket session costs that does nothing", bench_idle},
    {"fanout", "events to 500 and 1,000 subscribers, at three rates", bench_fanout},
}};

}  // namespace duban
