// SessionCount: how many WebSocket sessions each person has open. SessionSeat: one of them, given
// back when the seat ends.
// Thread-safety: SessionCount is safe for concurrent use; a seat by one thread at a time.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "domain/base/ids.h"
#include "domain/base/result.h"

namespace duban {

class SessionCount {
public:
    // False when the person has that many already.
    [[nodiscard]] bool enter(const PersonId& person, std::size_t sessions_max) {
        const std::lock_guard lock(mutex_);
        std::size_t& open = open_[person.value];
        if (open >= sessions_max) return false;
        ++open;
        return true;
    }
    // Requires: enter() was true for that person.
    void leave(const PersonId& person) {
        const std::lock_guard lock(mutex_);
        const auto found = open_.find(person.value);
        DUBAN_ASSERT(found != open_.end() && found->second > 0);
        if (--found->second == 0) open_.erase(found);
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::size_t> open_;
};

class SessionSeat {
public:
    SessionSeat() = default;
    ~SessionSeat() { give_back(); }
    SessionSeat(SessionSeat&& from) noexcept { swap(from); }
    SessionSeat& operator=(SessionSeat&& from) noexcept {
        swap(from);
        return *this;
    }
    SessionSeat(const SessionSeat&) = delete;
    SessionSeat& operator=(const SessionSeat&) = delete;

    // Errors: rate_limited.
    [[nodiscard]] static Result<SessionSeat> take(std::shared_ptr<SessionCount> count,
                                                  const PersonId& person,
                                                  std::size_t sessions_max) {
        if (!count->enter(person, sessions_max)) {
            return fail(Errc::rate_limited, person.value + " has " + std::to_string(sessions_max) +
                                                " sessions open, which is the most; close one");
        }
        SessionSeat seat;
        seat.count_ = std::move(count);
        seat.person_ = person;
        return seat;
    }

private:
    void swap(SessionSeat& other) noexcept {
        std::swap(count_, other.count_);
        std::swap(person_, other.person_);
    }
    void give_back() {
        if (count_) count_->leave(person_);
    }

    std::shared_ptr<SessionCount> count_;
    PersonId person_;
};

}  // namespace duban
