// DurableHead: how far the log is durable and published, and who waits for it to get further.
// Thread-safety: safe for concurrent use. Non-blocking; callbacks run on the caller of advance,
// expire, close or when_at_least and must return at once.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "domain/base/ids.h"
#include "domain/directory/directory.h"

namespace duban {

class DurableHead {
public:
    DurableHead(Position next, std::shared_ptr<const Directory> directory);

    // The next free position: everything before it is durable.
    [[nodiscard]] Position next() const;
    // The directory as it stands at next().
    [[nodiscard]] std::shared_ptr<const Directory> directory() const;

    void advance(Position next, std::shared_ptr<const Directory> directory);

    // Calls `then(true)` as soon as `position` itself is durable, `then(false)` at the deadline or
    // when the head is closed.
    void when_at_least(Position position, std::chrono::steady_clock::time_point deadline,
                       std::function<void(bool)> then);
    // Ends the waits whose deadline has passed. To be called about every 50 ms.
    void expire(std::chrono::steady_clock::time_point now);

    // The server stops: all waits end with `then(false)`, and later ones at once.
    void close();

private:
    struct Wait {
        Position position;
        std::chrono::steady_clock::time_point deadline;
        std::function<void(bool)> then;
    };
    mutable std::mutex mutex_;
    Position next_;
    std::shared_ptr<const Directory> directory_;
    std::vector<Wait> waits_;
    bool closed_ = false;
};

}  // namespace duban
