// RpcRates: how many calls POST /rpc takes, over all connections: of a person who shows a token,
// and of an address without one. A token that was taken before is judged by its person alone, any
// other costs its address a place before it is looked up, so that guessing tokens is bounded too.
// A request is admitted as one call; the other calls of a batch are charged once they are counted.
// In memory only, bounded by entries_max. Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "api/guard/token_bucket.h"

namespace duban {

class RpcRates {
public:
    using Moment = TokenBucket::Moment;

    static constexpr std::size_t entries_max = 10'000;

    // Requires: per_second > 0.
    RpcRates(std::uint32_t per_second, std::uint32_t burst)
        : per_second_(per_second), burst_(burst) {}

    // Before the token is looked up. Milliseconds until the request would be taken; 0 when it is.
    [[nodiscard]] std::uint64_t admit(const std::optional<std::string>& token,
                                      const std::string& address, Moment now);
    // The token is that of `person`. The value as above.
    [[nodiscard]] std::uint64_t admit_person(const std::string& token, const std::string& person,
                                             Moment now);
    // An admitted request holds so many calls more, which are taken even into debt; none is while
    // an earlier debt is not paid. The value as above.
    [[nodiscard]] std::uint64_t charge_address(const std::string& address, std::uint32_t calls,
                                               Moment now);
    [[nodiscard]] std::uint64_t charge_person(const std::string& person, std::uint32_t calls,
                                              Moment now);
    // The token was refused.
    void forget(const std::string& token);

private:
    TokenBucket& bucket_of(const std::string& who, Moment now);
    void remember(const std::string& token, Moment now);
    void forget_rested(Moment now);

    std::uint32_t per_second_;
    std::uint32_t burst_;
    std::mutex mutex_;
    std::map<std::string, TokenBucket> buckets_;
    // By hash: two tokens of one hash share no more than the address's place.
    std::unordered_map<std::size_t, Moment> tokens_;
    std::optional<Moment> cleaned_;
};

}  // namespace duban
