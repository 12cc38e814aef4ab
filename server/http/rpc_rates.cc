#include "server/http/rpc_rates.h"

#include <functional>

namespace duban {
namespace {

constexpr std::chrono::seconds cleaning_pause{1};
// Those who come beyond entries_max share the budget of this name.
const std::string everybody_else;

std::string name_of_address(const std::string& address) {
    return "address " + address;
}
std::string name_of_person(const std::string& person) {
    return "person " + person;
}

std::size_t hash_of(const std::string& token) {
    return std::hash<std::string>{}(token);
}

}  // namespace

std::uint64_t RpcRates::admit(const std::optional<std::string>& token, const std::string& address,
                              Moment now) {
    const std::lock_guard lock(mutex_);
    if (token && tokens_.contains(hash_of(*token))) return 0;
    return bucket_of(name_of_address(address), now).take(now);
}

std::uint64_t RpcRates::admit_person(const std::string& token, const std::string& person,
                                     Moment now) {
    const std::lock_guard lock(mutex_);
    remember(token, now);
    return bucket_of(name_of_person(person), now).take(now);
}

std::uint64_t RpcRates::charge_address(const std::string& address, std::uint32_t calls,
                                       Moment now) {
    const std::lock_guard lock(mutex_);
    return bucket_of(name_of_address(address), now).owe(now, calls);
}

std::uint64_t RpcRates::charge_person(const std::string& person, std::uint32_t calls, Moment now) {
    const std::lock_guard lock(mutex_);
    return bucket_of(name_of_person(person), now).owe(now, calls);
}

void RpcRates::forget(const std::string& token) {
    const std::lock_guard lock(mutex_);
    tokens_.erase(hash_of(token));
}

TokenBucket& RpcRates::bucket_of(const std::string& who, Moment now) {
    if (const auto found = buckets_.find(who); found != buckets_.end()) return found->second;
    if (buckets_.size() >= entries_max) forget_rested(now);
    const bool room = buckets_.size() < entries_max;
    return buckets_.try_emplace(room ? who : everybody_else, TokenBucket(per_second_, burst_, now))
        .first->second;
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
    std::erase_if(buckets_, [&](const auto& entry) { return entry.second.rested(now); });
    const auto rested = now - std::chrono::seconds(burst_ / per_second_ + 1);
    std::erase_if(tokens_, [&](const auto& entry) { return entry.second < rested; });
}

}  // namespace duban
