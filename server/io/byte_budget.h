// ByteBudget: so many bytes a second, with a burst. What comes in is counted after it has come, so
// the budget may fall below nothing; the next reading waits until it is made up.
// Thread-safety: one thread at a time. Non-blocking: it tells how long to wait and does not.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace duban {

class ByteBudget {
public:
    using Moment = std::chrono::steady_clock::time_point;

    // Requires: bytes_per_s > 0.
    ByteBudget(std::uint32_t bytes_per_s, std::uint32_t burst_bytes, Moment now)
        : bytes_per_s_(bytes_per_s),
          burst_thousandths_(1000 * std::int64_t{burst_bytes}),
          thousandths_(burst_thousandths_),
          at_(now) {}

    void spend(std::size_t bytes, Moment now) {
        refill(now);
        thousandths_ -= 1000 * static_cast<std::int64_t>(bytes);
    }

    // Until something may be read again; zero when it may at once.
    [[nodiscard]] std::chrono::milliseconds wait(Moment now) {
        refill(now);
        if (thousandths_ >= 0) return std::chrono::milliseconds::zero();
        return std::chrono::milliseconds((-thousandths_ + bytes_per_s_ - 1) / bytes_per_s_);
    }

private:
    void refill(Moment now) {
        const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(now - at_);
        if (passed.count() <= 0) return;
        const auto counted = std::min<std::int64_t>(passed.count(), 3'600'000);
        thousandths_ = std::min(burst_thousandths_, thousandths_ + counted * bytes_per_s_);
        at_ += passed;
    }

    std::int64_t bytes_per_s_;
    std::int64_t burst_thousandths_;
    std::int64_t thousandths_;
    Moment at_;
};

}  // namespace duban
