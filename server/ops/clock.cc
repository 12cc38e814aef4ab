#include "server/ops/clock.h"

#include <sodium.h>
#include <array>
#include <string_view>

#include "domain/base/result.h"

namespace duban {
namespace {

constexpr std::uint32_t uuid_counter_max = 0xfff;

std::string random_base64url(std::size_t byte_count) {
    std::string bytes(byte_count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(byte_count, variant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
    text.pop_back();  // the terminating zero
    return text;
}

}  // namespace

Timestamp SystemClock::now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::chrono::steady_clock::time_point SystemClock::steady() const {
    return std::chrono::steady_clock::now();
}

RandomIds::RandomIds() {
    DUBAN_ASSERT(sodium_init() >= 0);
}

std::string RandomIds::uuid7(Timestamp now) {
    std::int64_t ms = 0;
    std::uint32_t counter = 0;
    {
        const std::lock_guard lock(mutex_);
        if (now.ms > last_ms_) {
            last_ms_ = now.ms;
            counter_ = 0;
        } else if (++counter_ > uuid_counter_max) {
            ++last_ms_;
            counter_ = 0;
        }
        ms = last_ms_;
        counter = counter_;
    }
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    for (std::size_t i = 0; i < 6; ++i) {
        bytes[i] = static_cast<unsigned char>(ms >> (40 - 8 * i));
    }
    bytes[6] = static_cast<unsigned char>(0x70U | (counter >> 8U));
    bytes[7] = static_cast<unsigned char>(counter);
    bytes[8] = static_cast<unsigned char>(0x80U | (bytes[8] & 0x3fU));
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
        text.push_back(hex[bytes[i] >> 4U]);
        text.push_back(hex[bytes[i] & 0xfU]);
    }
    return text;
}

std::string RandomIds::nonce() {
    return random_base64url(16);
}
std::string RandomIds::token() {
    return random_base64url(32);
}

std::uint64_t RandomIds::chance() {
    std::uint64_t bits = 0;
    randombytes_buf(&bits, sizeof bits);
    return bits;
}

}  // namespace duban
