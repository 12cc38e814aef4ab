// TokenBucket: so many calls a second, with a burst. May be in debt: what was begun before its size
// was known is paid for afterwards.
// Thread-safety: one thread at a time.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace duban {

class TokenBucket {
public:
    using Moment = std::chrono::steady_clock::time_point;

    // Requires: per_second > 0.
    TokenBucket(std::uint32_t per_second, std::uint32_t burst, Moment now)
        : per_second_(per_second), full_(thousand * burst), thousandths_(full_), at_(now) {}

    // Takes one token. When there is none: how many milliseconds until there is one.
    [[nodiscard]] std::uint64_t take(Moment now) {
        refill(now);
        if (thousandths_ < thousand) return wait_ms();
        thousandths_ -= thousand;
        return 0;
    }

    // Takes `count` tokens whether they are there or not, but none when the bucket is in debt
    // already: then as above. A second debt cannot be made before the first is paid.
    [[nodiscard]] std::uint64_t owe(Moment now, std::uint32_t count) {
        refill(now);
        if (thousandths_ < 0) return wait_ms();
        thousandths_ -= thousand * count;
        return 0;
    }

    // Whether it is as it was made.
    [[nodiscard]] bool rested(Moment now) const {
        TokenBucket later = *this;
        later.refill(now);
        return later.thousandths_ == full_;
    }

private:
    static constexpr std::int64_t thousand = 1000;
    static constexpr std::int64_t passed_ms_max = 3'600'000;

    void refill(Moment now) {
        const std::int64_t passed =
            std::chrono::duration_cast<std::chrono::milliseconds>(now - at_).count();
        if (passed <= 0) return;
        const std::int64_t gained = std::min(passed, passed_ms_max) * per_second_;
        thousandths_ = std::min(full_, thousandths_ + gained);
        at_ += std::chrono::milliseconds(passed);
    }

    [[nodiscard]] std::uint64_t wait_ms() const {
        const std::int64_t missing = thousand - thousandths_;
        return static_cast<std::uint64_t>((missing + per_second_ - 1) / per_second_);
    }

    std::int64_t per_second_;
    std::int64_t full_;
    std::int64_t thousandths_;
    Moment at_;
};

}  // namespace duban
