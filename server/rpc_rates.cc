#include "server/rpc_rates.h"

#include <functional>

namespace duban {
namespace {

constexpr std::chrono::seconds cleaning_pause{1};
// Those who come beyond entries_max share the budget of this name.
const std::string everybody_else;

std::size_t hash_of(const std::string& token) {
    return std::hash<std::string>{}(token);
}

}  // namespace

std::uint64_t RpcRates::admit(const std::optional<std::string>& token, const std::string& address,
                              Moment now) {
    const std::lock_guard lock(mutex_);
    if (token && tokens_.contains(hash_of(*token))) return 0;
    return take("address " + address, now);
}

std::uint64_t RpcRates::admit_person(const std::string& token, const std::string& person,
                                     Moment now) {
    const std::lock_guard lock(mutex_);
    remember(token, now);
    return take("person " + person, now);
}

void RpcRates::forget(const std::string& token) {
    const std::lock_guard lock(mutex_);
    tokens_.erase(hash_of(token));
}

std::uint64_t RpcRates::take(const std::string& who, Moment now) {
    auto found = entries_.find(who);
    if (found == entries_.end()) {
        if (entries_.size() >= entries_max) forget_rested(now);
        const bool room = entries_.size() < entries_max;
        found = entries_
                    .try_emplace(room ? who : everybody_else,
                                 Entry{TokenBucket(per_second_, burst_, now), now})
                    .first;
    }
    found->second.seen = now;
    return found->second.bucket.take(now);
}

// A token that finds no room goes on costing its address a place.
void RpcRates::remember(const std::string& token, Moment now) {
    if (tokens_.size() >= entries_max) forget_rested(now);
    const auto known = tokens_.find(hash_of(token));
    if (known != tokens_.end()) {
        known->second = now;
    } else if (tokens_.size() < entries_max) {
        tokens_.emplace(hash_of(token), now);
    }
}

// Whose bucket is full again is judged the same when he comes as a stranger.
void RpcRates::forget_rested(Moment now) {
    if (cleaned_ && now - *cleaned_ < cleaning_pause) return;
    cleaned_ = now;
    const auto rested = now - std::chrono::seconds(burst_ / per_second_ + 1);
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.seen < rested; });
    std::erase_if(tokens_, [&](const auto& entry) { return entry.second < rested; });
}

}  // namespace duban
