// Subscribers: WebSockets with a subscription to all events, and what they have been told.
// Thread-safety: one thread at a time. Blocking: connect only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/demo_server.h"
#include "tools/bench/draft_writers.h"

namespace duban {

class Subscribers {
public:
    // That many more, all of that person. Errors: internal.
    [[nodiscard]] Status connect(DemoServer& server, PeerLoop& loop, std::size_t count,
                                 const std::string& person);
    // A message that came to a peer of theirs. The age of what it holds is looked at for some only:
    // looking at all would take the processor from the server.
    void take(std::size_t peer, std::string_view text, const DraftWriters& writers);

    // Positions that the subscribers were told events of.
    [[nodiscard]] std::uint64_t deliveries() const { return deliveries_; }
    // Milliseconds from giving a call to the arrival of its event, since the last time this was
    // asked.
    [[nodiscard]] std::vector<double> take_latencies_ms();

private:
    std::uint64_t deliveries_ = 0;
    std::vector<double> latencies_ms_;
};

}  // namespace duban
