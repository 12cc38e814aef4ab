// Dice: choices that follow from a seed alone. Thread-safety: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

namespace duban {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}

    // 0 to n-1, evenly. Requires: n > 0.
    [[nodiscard]] std::size_t below(std::size_t n) { return random_() % n; }
    [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
    template <class T>
    [[nodiscard]] T one_of(const std::vector<T>& values) {
        return values[below(values.size())];
    }
    template <class T>
    [[nodiscard]] T one_of(std::initializer_list<T> values) {
        return values.begin()[below(values.size())];
    }

private:
    std::mt19937_64 random_;
};

}  // namespace duban
