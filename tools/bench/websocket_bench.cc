// Drafts over 64 WebSockets against `duban serve`, each with so many calls in flight: what comes
// through, what a command costs the server, and how long its answer takes. The load comes from one
// thread on the same machine and takes its share of the processor; what that was is shown.
#include <numeric>

#include "tools/bench/bench.h"
#include "tools/bench/demo_tasks.h"
#include "tools/bench/draft_writers.h"
#include "tools/bench/percentiles.h"
#include "tools/bench/process_use.h"

namespace duban {
namespace {

constexpr std::size_t connections = 64;
constexpr std::array<std::size_t, 3> depths = {1, 8, 32};

// All tasks of the demonstration, by index.
std::vector<std::size_t> all_tasks() {
    std::vector<std::size_t> tasks(demo_tasks().size());
    std::iota(tasks.begin(), tasks.end(), std::size_t{0});
    return tasks;
}

class ClosedLoop {
public:
    ClosedLoop(PeerLoop& loop, DraftWriters& writers) : loop_(loop), writers_(writers) {}

    // Each writer gets so many calls, and one more for each that is done, as long as it runs. After
    // a refusal a writer has fewer; two for one done bring it back.
    Status run(std::size_t depth, double seconds) {
        for (std::size_t peer = 0; peer < writers_.size(); ++peer) {
            while (writers_.in_flight(peer) < depth) writers_.give(peer);
            loop_.flush(peer);
        }
        const Stopwatch watch;
        while (watch.wall_s() < seconds) {
            if (Status done = step(depth); !done) return done;
        }
        return {};
    }
    // Until every call is answered.
    Status drain() {
        for (std::size_t peer = 0; peer < writers_.size(); ++peer) {
            while (writers_.in_flight(peer) > 0) {
                if (Status done = step(0); !done) return done;
            }
        }
        return {};
    }

private:
    Status step(std::size_t depth) {
        Status taken;
        Status ran = loop_.run_once(100, [&](std::size_t peer, std::string_view text) {
            const std::uint64_t before = writers_.answered();
            if (Status one = writers_.take_answer(peer, text); !one) taken = one;
            const bool done = writers_.answered() > before;
            for (int more = 0; more < 2 && writers_.in_flight(peer) < depth; ++more) {
                // Whom all calls were refused would never have one done.
                if (done || writers_.in_flight(peer) == 0) writers_.give(peer);
            }
        });
        return ran ? taken : ran;
    }

    PeerLoop& loop_;
    DraftWriters& writers_;
};

Status measure_depth(DemoServer& server, ClosedLoop& load, DraftWriters& writers, std::size_t depth,
                     double seconds, Figures& figures) {
    if (Status warm = load.run(depth, seconds / 4); !warm) return warm;
    (void)writers.take_latencies_ms();
    const std::uint64_t before = writers.answered();
    const std::uint64_t refused = writers.refused();
    const double server_before = cpu_s_of(server.process());
    const Stopwatch watch;
    if (Status ran = load.run(depth, seconds); !ran) return ran;
    const double wall_s = watch.wall_s();
    const double server_s = cpu_s_of(server.process()) - server_before;
    const double load_s = watch.cpu_s();
    const auto answered = static_cast<double>(writers.answered() - before);
    const std::vector<double> latencies = writers.take_latencies_ms();
    const std::string name = "64 x " + std::to_string(depth) + " in flight: ";
    figures.add(name + "throughput", "commands/s", answered / wall_s);
    figures.add(name + "refused, too much to do", "/command",
                static_cast<double>(writers.refused() - refused) / answered);
    figures.add(name + "server's processor", "us/command", server_s * 1e6 / answered);
    figures.add(name + "generator's processor", "us/command", load_s * 1e6 / answered);
    figures.add(name + "answer, half of them", "ms", percentile(latencies, 0.5));
    figures.add(name + "answer, 99 of 100", "ms", percentile(latencies, 0.99));
    return load.drain();
}

}  // namespace

Status bench_ws(const BenchOptions& options, Figures& figures) {
    for (std::size_t i = 0; i < options.repeat; ++i) {
        const auto server = DemoServer::start(options);
        if (!server) return tl::unexpected<Error>(server.error());
        PeerLoop loop;
        DraftWriters writers(**server, loop);
        if (Status ready = writers.connect(connections, all_tasks()); !ready) return ready;
        ClosedLoop load(loop, writers);
        for (const std::size_t depth : depths) {
            const Status done =
                measure_depth(**server, load, writers, depth, size_of(options, 5.0, 0.5), figures);
            if (!done) return done;
        }
    }
    return {};
}

}  // namespace duban
