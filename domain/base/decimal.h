// Decimal: an exact decimal number of at most 12 digits before and 6 after the point.
// Not floating point: text in, text out, comparison and ratios in 128-bit integers.
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace duban {

__extension__ typedef __int128 Int128;

inline constexpr int decimal_integer_digits_max = 12;
inline constexpr int decimal_scale_max = 6;

// The value times 10^6, so that every Decimal has one representation.
struct Decimal {
    std::int64_t micros = 0;
    auto operator<=>(const Decimal&) const = default;
};

// "-12.50" and the like: an optional '-', digits without a leading zero, up to six decimals.
// Errors: invalid_argument.
[[nodiscard]] Result<Decimal> parse_decimal(std::string_view text);
// The shortest text of the value: "12.5", "0", "-3".
[[nodiscard]] std::string to_string(Decimal value);

// An exact quotient of two decimals: never divided until it is shown.
struct Ratio {
    Int128 numerator = 0;
    Int128 denominator = 1;  // > 0
};

[[nodiscard]] Ratio ratio_of(Decimal value);
// Requires: denominator > 0.
[[nodiscard]] Ratio ratio_of(Decimal numerator, Decimal denominator);
// <0, 0, >0 as a is less than, equal to or greater than b.
[[nodiscard]] int compare(const Ratio& a, const Ratio& b);
// numerator / denominator with that many decimals (0 to 6), rounded half away from zero.
[[nodiscard]] std::string to_string(const Ratio& value, int decimals);

}  // namespace duban
