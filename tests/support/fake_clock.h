// A clock and an id source that the test owns.
// Thread-safety: safe for concurrent use.
#pragma once

#include <atomic>
#include <cstdio>
#include <string>

#include "commit/clock.h"

namespace duban {

// Starts at 2026-09-01T01:00:00.000Z, which is 9 o'clock at the office.
class FakeClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return Timestamp{wall_ms_.load()}; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(steady_ms_.load()));
    }
    void advance(std::chrono::milliseconds by) {
        wall_ms_ += by.count();
        steady_ms_ += by.count();
    }
    // The wall clock alone, as when somebody sets it.
    void jump(std::chrono::milliseconds by) { wall_ms_ += by.count(); }

private:
    std::atomic<std::int64_t> wall_ms_{1'788'224'400'000};
    std::atomic<std::int64_t> steady_ms_{1'000'000};
};

// Counts, so that two runs make the same ids.
class FakeIds final : public IdSource {
public:
    [[nodiscard]] std::string uuid7(Timestamp now) override {
        ++uuids_;
        const auto count = static_cast<unsigned long long>(++count_);
        char text[40];
        std::snprintf(text, sizeof text, "%08llx-%04llx-7000-8000-%012llx",
                      static_cast<unsigned long long>(now.ms >> 16),
                      static_cast<unsigned long long>(now.ms & 0xffff), count);
        return text;
    }
    // How many were given; an event takes one when it is built.
    [[nodiscard]] std::uint64_t uuids() const { return uuids_; }
    [[nodiscard]] std::string nonce() override { return numbered("nonce", 22); }
    [[nodiscard]] std::string token() override { return numbered("token", 43); }
    [[nodiscard]] std::uint64_t chance() override { return ++count_; }

private:
    std::string numbered(std::string text, std::size_t length) {
        const std::string number = std::to_string(++count_);
        return text + std::string(length - text.size() - number.size(), '0') + number;
    }
    std::atomic<std::uint64_t> count_{0};
    std::atomic<std::uint64_t> uuids_{0};
};

}  // namespace duban
