// Listener: accepts connections on one port and hands them on. Owns its thread.
// Accepting goes on when the process is out of descriptors: it tries again after a pause.
// Thread-safety: start and stop by one thread. Non-blocking except stop(), which joins.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "domain/base/result.h"
#include "server/io/bound_port.h"

namespace duban {

// A new connection: its descriptor, which the callee closes, and the address of its peer.
struct Accepted {
    int descriptor = -1;
    bool ipv6 = false;
    std::string remote;
};

class Listener {
public:
    // Both are called on the listener's thread.
    using OnAccept = std::function<void(Accepted)>;
    using OnTimer = std::function<void()>;

    Listener(OnAccept on_accept, OnTimer on_timer, std::chrono::milliseconds timer_period);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    // Begins to accept on that port. Errors: internal.
    [[nodiscard]] Status start(BoundPort port);
    // No connection is handed on afterwards; the timer ends with the thread.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban
