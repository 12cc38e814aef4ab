// BoundPort: a port that this process has taken and listens on, before anybody serves it. Whoever
// connects waits. So a start that cannot have its port fails before it has changed anything else.
// Owns the descriptor until it is released.
// Thread-safety: one thread at a time. Non-blocking.
#pragma once

#include <cstdint>
#include <string>

#include "domain/base/result.h"

namespace duban {

class BoundPort {
public:
    // `host` is a numeric address; port 0 takes a free one.
    // Errors: invalid_argument with the reason (malformed address, port in use).
    [[nodiscard]] static Result<BoundPort> listen(const std::string& host, std::uint16_t port);

    BoundPort(BoundPort&& from) noexcept;
    BoundPort& operator=(BoundPort&&) = delete;
    ~BoundPort();  // gives the port back

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] bool ipv6() const { return ipv6_; }
    // The descriptor, which the caller closes from now on.
    [[nodiscard]] int release();

private:
    BoundPort(int descriptor, std::uint16_t port, bool ipv6)
        : descriptor_(descriptor), port_(port), ipv6_(ipv6) {}

    int descriptor_;
    std::uint16_t port_;
    bool ipv6_;
};

}  // namespace duban
