// The real Clock and IdSource of a server process.
// Thread-safety: safe for concurrent use.
#pragma once

#include <mutex>

#include "commit/clock.h"

namespace duban {

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
};

// Random bits from the operating system through libsodium.
class RandomIds final : public IdSource {
public:
    RandomIds();
    // Ids of one source sort in the order in which they were made: RFC 9562 section 6.2, with a
    // counter in the bits after the millisecond.
    [[nodiscard]] std::string uuid7(Timestamp now) override;
    [[nodiscard]] std::string nonce() override;
    [[nodiscard]] std::string token() override;
    [[nodiscard]] std::uint64_t chance() override;

private:
    std::mutex mutex_;
    std::int64_t last_ms_ = 0;
    std::uint32_t counter_ = 0;
};

}  // namespace duban
