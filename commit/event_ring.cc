#include "commit/event_ring.h"

#include <algorithm>

namespace duban {

EventRing::EventRing(Position next, std::size_t bytes_max) : next_(next), bytes_max_(bytes_max) {}

void EventRing::publish(std::vector<SharedEvent> events) {
    if (events.empty()) return;
    std::vector<Listener> listeners;
    {
        const std::lock_guard lock(mutex_);
        for (SharedEvent& event : events) {
            DUBAN_ASSERT(event->record.envelope.position == next_);
            next_ = next_.next();
            bytes_ += event->record.bytes.size();
            events_.push_back(std::move(event));
        }
        // The newest event stays even when it alone is over the limit.
        while (bytes_ > bytes_max_ && events_.size() > 1) {
            bytes_ -= events_.front()->record.bytes.size();
            events_.pop_front();
        }
        listeners.reserve(listeners_.size());
        for (const auto& [id, listener] : listeners_) listeners.push_back(listener);
    }
    for (const Listener& listener : listeners) listener();
}

Position EventRing::next() const {
    const std::lock_guard lock(mutex_);
    return next_;
}

Position EventRing::earliest() const {
    const std::lock_guard lock(mutex_);
    return Position(next_.value - events_.size());
}

std::optional<std::vector<SharedEvent>> EventRing::read(Position from, std::size_t count,
                                                        std::size_t bytes) const {
    const std::lock_guard lock(mutex_);
    const std::uint64_t earliest = next_.value - events_.size();
    if (from.value < earliest) return std::nullopt;
    std::vector<SharedEvent> read;
    std::size_t read_bytes = 0;
    for (std::uint64_t at = from.value; at < next_.value; ++at) {
        if (read.size() >= count || (!read.empty() && read_bytes >= bytes)) break;
        const SharedEvent& event = events_[static_cast<std::size_t>(at - earliest)];
        read_bytes += event->record.bytes.size();
        read.push_back(event);
    }
    return read;
}

std::size_t EventRing::add_listener(Listener listener) {
    const std::lock_guard lock(mutex_);
    listeners_.emplace_back(++next_listener_, std::move(listener));
    return next_listener_;
}

void EventRing::remove_listener(std::size_t id) {
    const std::lock_guard lock(mutex_);
    std::erase_if(listeners_, [id](const auto& entry) { return entry.first == id; });
}

}  // namespace duban
