// What an idle WebSocket session costs the server in memory and in processor time: one that only is
// open, and one with a subscription that has nothing to deliver. Buffers of the kernel are not in
// it.
#include <poll.h>

#include "tools/bench/bench.h"
#include "tools/bench/demo_server.h"
#include "tools/bench/process_use.h"

namespace duban {
namespace {

constexpr std::size_t warming_sessions = 50;
constexpr int rest_ms = 500;
constexpr const char* open_sub_call =
    R"({"jsonrpc":"2.0","id":1,"method":"sub.open","params":{"sub":"all","start":{"live":true}}})";

using Peers = std::vector<std::unique_ptr<WebsocketPeer>>;

// The memory that the server holds more afterwards, in bytes a session.
Result<double> open_sessions(DemoServer& server, std::size_t count, bool with_sub, Peers& open) {
    const std::uint64_t before = rss_bytes_of(server.process());
    for (std::size_t i = 0; i < count; ++i) {
        auto peer = server.connect("office.head");
        if (!peer) return tl::unexpected<Error>(peer.error());
        if (with_sub) {
            const auto opened = (*peer)->call(open_sub_call);
            if (!opened) return tl::unexpected<Error>(opened.error());
        }
        open.push_back(std::move(*peer));
    }
    ::poll(nullptr, 0, rest_ms);
    const auto more =
        static_cast<double>(rss_bytes_of(server.process())) - static_cast<double>(before);
    return more / static_cast<double>(count);
}

Status measure_idle(const BenchOptions& options, bool with_sub, Figures& figures) {
    const auto server = DemoServer::start(options);
    if (!server) return tl::unexpected<Error>(server.error());
    Peers open;
    // What the first sessions make once for all is none of theirs.
    const auto warmed = open_sessions(**server, warming_sessions, with_sub, open);
    if (!warmed) return tl::unexpected<Error>(warmed.error());
    const auto bytes = open_sessions(**server, size_of(options, 2'000UL, 200UL), with_sub, open);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    const std::string name = with_sub ? "session with a subscription: " : "session: ";
    figures.add(name + "memory", "bytes", *bytes);
    const double before_s = cpu_s_of((*server)->process());
    const Stopwatch watch;
    ::poll(nullptr, 0, size_of(options, 5'000, 1'000));
    const double cpu_s = cpu_s_of((*server)->process()) - before_s;
    figures.add(name + "processor", "us/s",
                cpu_s * 1e6 / watch.wall_s() / static_cast<double>(open.size()));
    return {};
}

}  // namespace

Status bench_idle(const BenchOptions& options, Figures& figures) {
    for (std::size_t i = 0; i < options.repeat; ++i) {
        for (const bool with_sub : {false, true}) {
            if (Status done = measure_idle(options, with_sub, figures); !done) return done;
        }
    }
    return {};
}

}  // namespace duban
