// LoginGuard: slows down who guesses passwords. In memory only: a restart forgets the failures.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace duban {

class LoginGuard {
public:
    using Moment = std::chrono::steady_clock::time_point;

    static constexpr int free_failures = 5;
    static constexpr std::chrono::milliseconds delay_max{30'000};
    static constexpr std::size_t entries_max = 10'000;

    // How long this person must wait at this address before the next try is judged; zero for now.
    [[nodiscard]] std::chrono::milliseconds wait_left(const std::string& person,
                                                      const std::string& remote, Moment now);
    // After the fifth failure in a row every further one doubles the wait, from one second on.
    void failed(const std::string& person, const std::string& remote, Moment now);
    void succeeded(const std::string& person, const std::string& remote);

private:
    struct Failures {
        int count = 0;
        Moment until{};
    };
    using Key = std::pair<std::string, std::string>;
    void forget_oldest();

    std::mutex mutex_;
    std::map<Key, Failures> failures_;
};

}  // namespace duban
