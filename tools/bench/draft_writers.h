// DraftWriters: WebSockets over which drafts are saved, and what becomes of the calls.
// Thread-safety: one thread at a time. Blocking: connect only.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/demo_server.h"

namespace duban {

class DraftWriters {
public:
    DraftWriters(DemoServer& server, PeerLoop& loop) : server_(server), loop_(loop) {}

    // That many more, each on one of the tasks of these indexes in turn, as its unit's clerk.
    // Errors: internal.
    [[nodiscard]] Status connect(std::size_t count, const std::vector<std::size_t>& tasks);

    [[nodiscard]] std::size_t size() const { return writers_.size(); }
    [[nodiscard]] bool owns(std::size_t peer) const { return peer < writers_.size(); }
    // Gives one call more to the peer; PeerLoop::flush sends it. Calls are numbered from 1, and the
    // text of a draft holds its number.
    void give(std::size_t peer);
    [[nodiscard]] std::uint64_t given() const { return given_at_.size(); }
    // Milliseconds since that call was given; 0 for a number that none has.
    [[nodiscard]] double ms_since(std::uint64_t number) const;
    // An answer that came to the peer; a refusal because the server has too much to do counts as
    // one. Errors: internal when it is any other refusal.
    [[nodiscard]] Status take_answer(std::size_t peer, std::string_view text);

    [[nodiscard]] std::size_t in_flight(std::size_t peer) const { return writers_[peer].in_flight; }
    // Calls that were done, and those that were refused.
    [[nodiscard]] std::uint64_t answered() const { return answered_; }
    [[nodiscard]] std::uint64_t refused() const { return refused_; }
    // Milliseconds from giving a call to its answer, since the last time this was asked.
    [[nodiscard]] std::vector<double> take_latencies_ms();

private:
    struct Writer {
        std::size_t task = 0;
        std::size_t in_flight = 0;
    };
    using Moment = std::chrono::steady_clock::time_point;

    DemoServer& server_;
    PeerLoop& loop_;
    std::vector<Writer> writers_;  // by the number of the peer: they are the first of the loop
    std::uint64_t answered_ = 0;
    std::uint64_t refused_ = 0;
    std::vector<Moment> given_at_;  // by the number of the call, less one
    std::vector<double> latencies_ms_;
};

}  // namespace duban
