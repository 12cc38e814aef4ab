// MessageBudget: the bytes of requests that are being worked on and of answers that wait until the
// peer has taken them, bounded for each WebSocket, for each person (an address for those who did
// not log in) and for the server. So one who asks much and reads nothing costs a stated amount of
// memory. Messages up to small_bytes are bounded by their number elsewhere and are not counted.
// Thread-safety: safe for concurrent use; shares may outlive the budget. Non-blocking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "domain/base/result.h"

namespace duban {

class MessageBudget {
public:
    struct Limits {
        std::size_t connection_bytes_max = 16 * 1024 * 1024;  // of one WebSocket
        std::size_t owner_bytes_max = 32 * 1024 * 1024;       // of one person or address
        std::size_t all_bytes_max = 256 * 1024 * 1024;
        std::size_t small_bytes = 4 * 1024;
    };
    // Who is charged.
    struct Owner {
        std::string name;              // of the person, or of the address
        std::uint64_t connection = 0;  // number of the WebSocket; 0: none
    };
    // Held as long as the bytes are in memory; null when they are not counted.
    using Share = std::shared_ptr<const void>;

    MessageBudget();
    explicit MessageBudget(const Limits& limits);

    // Errors: rate_limited when the owner's own messages take too much, overloaded when those of
    // all do. Nothing is counted then.
    [[nodiscard]] Result<Share> take(const Owner& owner, std::size_t bytes);
    // Whether there is room at all, to be asked before an answer is worked out. Errors as above.
    [[nodiscard]] Status admit(const Owner& owner) const;

    [[nodiscard]] std::size_t taken() const;

    struct State;

private:
    std::shared_ptr<State> state_;
};

}  // namespace duban
