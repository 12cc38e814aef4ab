// Clock and IdSource: the two ways in which the present and chance come in. Injected, so that a
// test can own them; the real ones are in server/.
// Thread-safety: implementations are safe for concurrent use.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "domain/base/civil_time.h"

namespace duban {

class Clock {
public:
    virtual ~Clock() = default;
    // Wall time: may jump. For what is written down.
    [[nodiscard]] virtual Timestamp now() const = 0;
    // Never goes back. For deadlines and intervals only.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class IdSource {
public:
    virtual ~IdSource() = default;
    [[nodiscard]] virtual std::string uuid7(Timestamp now) = 0;  // RFC 9562, lower case
    [[nodiscard]] virtual std::string nonce() = 0;               // 16 random bytes, base64url
    [[nodiscard]] virtual std::string token() = 0;               // 32 random bytes, base64url
    [[nodiscard]] virtual std::uint64_t chance() = 0;            // 64 random bits
};

}  // namespace duban
