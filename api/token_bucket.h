// TokenBucket: so many calls a second, with a burst.
// Thread-safety: one thread at a time.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace duban {

class TokenBucket {
public:
    using Moment = std::chrono::steady_clock::time_point;

    TokenBucket(std::uint32_t per_second, std::uint32_t burst, Moment now)
        : per_second_(per_second), burst_(burst), thousandths_(1000ULL * burst), at_(now) {}

    // Takes one token. When there is none: how many milliseconds until there is one.
    [[nodiscard]] std::uint64_t take(Moment now) {
        const auto passed =
            std::chrono::duration_cast<std::chrono::milliseconds>(now - at_).count();
        if (passed > 0) {
            const auto gained =
                static_cast<std::uint64_t>(std::min<std::int64_t>(passed, 3'600'000));
            thousandths_ =
                std::min<std::uint64_t>(1000 * burst_, thousandths_ + gained * per_second_);
            at_ += std::chrono::milliseconds(passed);
        }
        if (thousandths_ >= 1000) {
            thousandths_ -= 1000;
            return 0;
        }
        return (1000 - thousandths_ + per_second_ - 1) / per_second_;
    }

private:
    std::uint64_t per_second_;
    std::uint64_t burst_;
    std::uint64_t thousandths_;
    Moment at_;
};

}  // namespace duban
