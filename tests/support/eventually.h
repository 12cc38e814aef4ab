// Waiting for what another thread does, within a bound.
// Thread-safety: safe for concurrent use. Blocking: up to 5 s.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace duban {

// Whether the condition came to hold.
[[nodiscard]] inline bool eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

}  // namespace duban
