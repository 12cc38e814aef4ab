#include "api/durable_head.h"

#include <algorithm>
#include <iterator>

namespace duban {

DurableHead::DurableHead(Position next, std::shared_ptr<const Directory> directory)
    : next_(next), directory_(std::move(directory)) {}

Position DurableHead::next() const {
    const std::lock_guard lock(mutex_);
    return next_;
}

std::shared_ptr<const Directory> DurableHead::directory() const {
    const std::lock_guard lock(mutex_);
    return directory_;
}

void DurableHead::advance(Position next, std::shared_ptr<const Directory> directory) {
    std::vector<Wait> reached;
    {
        const std::lock_guard lock(mutex_);
        DUBAN_ASSERT(next >= next_);
        next_ = next;
        directory_ = std::move(directory);
        const auto split = std::stable_partition(
            waits_.begin(), waits_.end(), [next](const Wait& w) { return w.position >= next; });
        std::move(split, waits_.end(), std::back_inserter(reached));
        waits_.erase(split, waits_.end());
    }
    for (const Wait& wait : reached) wait.then(true);
}

void DurableHead::when_at_least(Position position, std::chrono::steady_clock::time_point deadline,
                                std::function<void(bool)> then) {
    {
        const std::lock_guard lock(mutex_);
        if (position >= next_) {
            waits_.push_back(Wait{position, deadline, std::move(then)});
            return;
        }
    }
    then(true);
}

void DurableHead::expire(std::chrono::steady_clock::time_point now) {
    std::vector<Wait> late;
    {
        const std::lock_guard lock(mutex_);
        const auto split = std::stable_partition(waits_.begin(), waits_.end(),
                                                 [now](const Wait& w) { return w.deadline > now; });
        std::move(split, waits_.end(), std::back_inserter(late));
        waits_.erase(split, waits_.end());
    }
    for (const Wait& wait : late) wait.then(false);
}

}  // namespace duban
