// RefusalBudget: how many refusals of those who did not log in go to the access log. Each address
// has a burst and a slow refill, all together have another; what is left out is counted and named
// by the next record from that address, so that a flood shows as a flood and fills no disk. In
// memory only: a restart forgets counts that no record has named yet. Thread-safety: safe for
// concurrent use. Non-blocking.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "api/guard/token_bucket.h"

namespace duban {

class RefusalBudget {
public:
    using Moment = TokenBucket::Moment;

    static constexpr std::uint32_t per_address_per_s = 1;
    static constexpr std::uint32_t per_address_burst = 20;
    static constexpr std::uint32_t all_per_s = 20;
    static constexpr std::uint32_t all_burst = 200;
    static constexpr std::size_t addresses_max = 10'000;

    // Whether this refusal is to be written down; the value is how many from that address were left
    // out since the last one that was. Addresses beyond addresses_max share one budget.
    [[nodiscard]] std::optional<std::uint64_t> admit(const std::string& remote, Moment now);

private:
    struct Address {
        TokenBucket bucket;
        std::uint64_t unwritten = 0;
        Moment seen;
    };
    Address& address_of(const std::string& remote, Moment now);

    std::mutex mutex_;
    std::optional<TokenBucket> all_;
    std::map<std::string, Address> addresses_;
};

}  // namespace duban
