// EventRing: the newest events, each kept once and shared by all subscriptions, bounded in bytes.
// A subscription is a cursor into it; whoever falls behind the window reads from disk.
// Thread-safety: safe for concurrent use. Non-blocking but for a short lock.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "domain/approval/addressees.h"
#include "domain/base/ids.h"
#include "storage/codec/event_record.h"

namespace duban {

inline constexpr std::size_t ring_bytes_max_default = 64 * 1024 * 1024;

// A durable event with what filters and authority ask about.
struct PublishedEvent {
    EventRecord record;
    Addressees to;  // nobody for other streams than those of tasks
};
using SharedEvent = std::shared_ptr<const PublishedEvent>;

class EventRing {
public:
    // `next` is the position that will be published first.
    EventRing(Position next, std::size_t bytes_max);

    // Requires: positions continue without a gap. Listeners are called after the events are there.
    void publish(std::vector<SharedEvent> events);

    // Everything before this position is durable and readable.
    [[nodiscard]] Position next() const;
    // The earliest position that is held; next() when none is.
    [[nodiscard]] Position earliest() const;
    // Events from `from` on, at most `count` and about `bytes`; empty at the head. Nothing when
    // `from` lies before earliest(): the caller reads from disk.
    [[nodiscard]] std::optional<std::vector<SharedEvent>> read(Position from, std::size_t count,
                                                               std::size_t bytes) const;

    // Called on the publishing thread after each publish; must return at once.
    using Listener = std::function<void()>;
    [[nodiscard]] std::size_t add_listener(Listener listener);
    void remove_listener(std::size_t id);

private:
    mutable std::mutex mutex_;
    std::deque<SharedEvent> events_;
    Position next_;
    std::size_t bytes_ = 0;
    std::size_t bytes_max_;
    std::vector<std::pair<std::size_t, Listener>> listeners_;
    std::size_t next_listener_ = 0;
};

}  // namespace duban
