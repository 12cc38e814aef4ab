#include "commit/durable_head.h"

#include <utility>

namespace duban {
namespace {

// Takes those out for which `ends` holds; the others stay in order.
template <class Wait, class Ends>
std::vector<Wait> take_if(std::vector<Wait>& waits, Ends ends) {
    std::vector<Wait> taken;
    std::vector<Wait> kept;
    for (Wait& wait : waits) (ends(wait) ? taken : kept).push_back(std::move(wait));
    waits = std::move(kept);
    return taken;
}

}  // namespace

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
        reached = take_if(waits_, [next](const Wait& w) { return w.position < next; });
    }
    for (const Wait& wait : reached) wait.then(true);
}

void DurableHead::when_at_least(Position position, std::chrono::steady_clock::time_point deadline,
                                std::function<void(bool)> then) {
    bool reached = false;
    {
        const std::lock_guard lock(mutex_);
        reached = position < next_;
        if (!reached && !closed_) {
            waits_.push_back(Wait{position, deadline, std::move(then)});
            return;
        }
    }
    then(reached);
}

void DurableHead::expire(std::chrono::steady_clock::time_point now) {
    std::vector<Wait> late;
    {
        const std::lock_guard lock(mutex_);
        late = take_if(waits_, [now](const Wait& w) { return w.deadline <= now; });
    }
    for (const Wait& wait : late) wait.then(false);
}

void DurableHead::close() {
    std::vector<Wait> ended;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        ended = std::exchange(waits_, {});
    }
    for (const Wait& wait : ended) wait.then(false);
}

}  // namespace duban
