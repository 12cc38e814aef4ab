#include "domain/decimal.h"

#include <algorithm>

namespace duban {
namespace {

constexpr std::int64_t micros_per_one = 1'000'000;

Int128 power_of_ten(int exponent) {
    Int128 power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

std::string digits_of(Int128 value) {
    std::string text;
    do {
        text.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value > 0);
    std::reverse(text.begin(), text.end());
    return text;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Decimal> parse_decimal(std::string_view text) {
    const auto wrong = fail(Errc::invalid_argument,
                            "a number is written in plain digits as a string, with at most 12 "
                            "digits before and 6 after the point, for example \"12.50\"");
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

int compare(const Ratio& a, const Ratio& b) {
    const Int128 left = a.numerator * b.denominator;
    const Int128 right = b.numerator * a.denominator;
    return left < right ? -1 : (left > right ? 1 : 0);
}

std::string to_string(const Ratio& value, int decimals) {
    DUBAN_ASSERT(decimals >= 0 && decimals <= decimal_scale_max && value.denominator > 0);
    const bool negative = value.numerator < 0;
    const Int128 magnitude = negative ? -value.numerator : value.numerator;
    const Int128 scaled =
        (magnitude * power_of_ten(decimals) * 2 + value.denominator) / (value.denominator * 2);
    std::string text = digits_of(scaled);
    if (decimals > 0) {
        const auto width = static_cast<std::size_t>(decimals) + 1;
        if (text.size() < width) text.insert(0, width - text.size(), '0');
        text.insert(text.size() - static_cast<std::size_t>(decimals), ".");
    }
    return negative && scaled > 0 ? "-" + text : text;
}

}  // namespace duban
