#include "api/guard/refusal_budget.h"

#include <utility>

namespace duban {
namespace {

// After this long an address has its whole burst again, so that forgetting it changes nothing.
constexpr std::chrono::seconds idle{60};

}  // namespace

RefusalBudget::Address& RefusalBudget::address_of(const std::string& remote, Moment now) {
    if (const auto found = addresses_.find(remote); found != addresses_.end()) return found->second;
    if (addresses_.size() >= addresses_max) {
        std::erase_if(addresses_, [now](const auto& entry) {
            return entry.second.unwritten == 0 && now - entry.second.seen > idle;
        });
    }
    const bool full = addresses_.size() >= addresses_max;
    return addresses_
        .try_emplace(full ? std::string() : remote,
                     Address{TokenBucket(per_address_per_s, per_address_burst, now), 0, now})
        .first->second;
}

std::optional<std::uint64_t> RefusalBudget::admit(const std::string& remote, Moment now) {
    const std::lock_guard lock(mutex_);
    if (!all_) all_.emplace(all_per_s, all_burst, now);
    Address& address = address_of(remote, now);
    address.seen = now;
    if (address.bucket.take(now) > 0 || all_->take(now) > 0) {
        ++address.unwritten;
        return std::nullopt;
    }
    return std::exchange(address.unwritten, 0);
}

}  // namespace duban
