// PasswordCost: what hashing one password with Argon2id takes, and so what guessing one takes.
// A stored hash says its own cost: a change holds for passwords that are set afterwards.
// Thread-safety: immutable.
#pragma once

#include <cstdint>

namespace duban {

struct PasswordCost {
    static constexpr std::uint32_t memory_kib_min = 8;
    static constexpr std::uint32_t memory_kib_max = 4 * 1024 * 1024;
    static constexpr std::uint32_t passes_min = 1;
    static constexpr std::uint32_t passes_max = 32;

    std::uint32_t memory_kib = 64 * 1024;
    std::uint32_t passes = 2;
    bool operator==(const PasswordCost&) const = default;
};

}  // namespace duban
