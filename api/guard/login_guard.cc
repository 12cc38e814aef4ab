#include "api/guard/login_guard.h"

#include <algorithm>

namespace duban {

std::chrono::milliseconds LoginGuard::wait_left(const std::string& person,
                                                const std::string& remote, Moment now) {
    const std::lock_guard lock(mutex_);
    const auto found = failures_.find({person, remote});
    if (found == failures_.end() || found->second.until <= now) {
        return std::chrono::milliseconds::zero();
    }
    return std::chrono::ceil<std::chrono::milliseconds>(found->second.until - now);
}

void LoginGuard::failed(const std::string& person, const std::string& remote, Moment now) {
    const std::lock_guard lock(mutex_);
    if (failures_.size() >= entries_max) forget_oldest();
    Failures& entry = failures_[{person, remote}];
    ++entry.count;
    if (entry.count < free_failures) {
        entry.until = now;
        return;
    }
    const int doublings = std::min(entry.count - free_failures, 5);
    entry.until = now + std::min(std::chrono::milliseconds(1000LL << doublings), delay_max);
}

void LoginGuard::succeeded(const std::string& person, const std::string& remote) {
    const std::lock_guard lock(mutex_);
    failures_.erase({person, remote});
}

void LoginGuard::forget_oldest() {
    const auto oldest = std::ranges::min_element(
        failures_, {}, [](const auto& entry) { return entry.second.until; });
    if (oldest != failures_.end()) failures_.erase(oldest);
}

}  // namespace duban
