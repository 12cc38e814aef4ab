#include "domain/base/decimal.h"

#include <algorithm>

namespace duban {
namespace {

constexpr std::int64_t micros_per_one = 1'000'000;

// At least that many digits, with zeros in front.
std::string digits_of(Int128 value, std::size_t width) {
    std::string text;
    while (value > 0 || text.size() < width) {
        text.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    }
    std::reverse(text.begin(), text.end());
    return text;
}

// Rounded down, so that the remainder is never negative.
Int128 floor_quotient(const Ratio& value) {
    const Int128 quotient = value.numerator / value.denominator;
    return value.numerator % value.denominator < 0 ? quotient - 1 : quotient;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Decimal> parse_decimal(std::string_view text) {
    const auto wrong = fail(Errc::invalid_argument,
                            "A number is written in plain digits as a string, with at most 12 "
                            "digits before and 6 after the point, for example \"12.50\".");
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    const auto fraction =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || whole.size() > decimal_integer_digits_max || !all_digits(whole) ||
        (whole.size() > 1 && whole.front() == '0') || !all_digits(fraction) ||
        fraction.size() > decimal_scale_max ||
        (point != std::string_view::npos && fraction.empty())) {
        return wrong;
    }
    std::int64_t micros = 0;
    for (const char c : whole) micros = micros * 10 + (c - '0');
    for (std::size_t i = 0; i < decimal_scale_max; ++i) {
        micros = micros * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
    return Decimal{negative ? -micros : micros};
}

std::string to_string(Decimal value) {
    std::string text = to_string(ratio_of(value), decimal_scale_max);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

Ratio ratio_of(Decimal value) {
    return Ratio{value.micros, micros_per_one};
}

Ratio ratio_of(Decimal numerator, Decimal denominator) {
    DUBAN_ASSERT(denominator.micros > 0);
    return Ratio{numerator.micros, denominator.micros};
}

// Compares the continued fractions term by term: cross products could exceed 128 bits.
int compare(const Ratio& a, const Ratio& b) {
    DUBAN_ASSERT(a.denominator > 0 && b.denominator > 0);
    Ratio left = a;
    Ratio right = b;
    for (int sign = 1;; sign = -sign) {
        const Int128 left_floor = floor_quotient(left);
        const Int128 right_floor = floor_quotient(right);
        if (left_floor != right_floor) return left_floor < right_floor ? -sign : sign;
        const Int128 left_rest = left.numerator - left_floor * left.denominator;
        const Int128 right_rest = right.numerator - right_floor * right.denominator;
        if (left_rest == 0 && right_rest == 0) return 0;
        if (left_rest == 0 || right_rest == 0) return left_rest == 0 ? -sign : sign;
        left = Ratio{left.denominator, left_rest};
        right = Ratio{right.denominator, right_rest};
    }
}

std::string to_string(const Ratio& value, int decimals) {
    DUBAN_ASSERT(decimals >= 0 && decimals <= decimal_scale_max && value.denominator > 0);
    const bool negative = value.numerator < 0;
    const Int128 magnitude = negative ? -value.numerator : value.numerator;
    Int128 shown = magnitude / value.denominator;
    Int128 rest = magnitude % value.denominator;
    for (int i = 0; i < decimals; ++i) {
        shown = shown * 10 + rest * 10 / value.denominator;
        rest = rest * 10 % value.denominator;
    }
    if (rest >= value.denominator - rest) ++shown;
    std::string text = negative && shown > 0 ? "-" : "";
    const std::string digits = digits_of(shown, static_cast<std::size_t>(decimals) + 1);
    const std::size_t whole = digits.size() - static_cast<std::size_t>(decimals);
    text.append(digits, 0, whole);
    if (decimals > 0) text.append(1, '.').append(digits, whole);
    return text;
}

}  // namespace duban
