#include "domain/base/civil_time.h"

#include <algorithm>
#include <chrono>

namespace duban {
namespace {

std::chrono::year_month_day civil(std::int64_t days) {
    return std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::days(static_cast<int>(days))));
}

std::int64_t floor_days(std::int64_t ms) {
    return ms / day_ms - (ms % day_ms < 0 ? 1 : 0);
}

// Saturating: neither operand is taken beyond what both can be added in.
std::int64_t sum(std::int64_t a, std::int64_t b) {
    constexpr std::int64_t most = std::int64_t{1} << 61;
    return std::clamp(a, -most, most) + std::clamp(b, -most, most);
}

Date nearest_date(std::int64_t days) {
    return Date{
        static_cast<std::int32_t>(std::clamp<std::int64_t>(days, first_date.days, last_date.days))};
}

// Reads exactly `count` digits. -1 when one is not a digit.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

// Writes the number, which is not negative, with leading zeros.
void put_digits(std::string& text, std::size_t at, std::size_t count, int number) {
    for (std::size_t i = count; i > 0; --i, number /= 10) {
        text[at + i - 1] = static_cast<char>('0' + number % 10);
    }
}

std::string day_text(const std::chrono::year_month_day& day) {
    std::string text = "0000-00-00";
    put_digits(text, 0, 4, static_cast<int>(day.year()));
    put_digits(text, 5, 2, static_cast<int>(static_cast<unsigned>(day.month())));
    put_digits(text, 8, 2, static_cast<int>(static_cast<unsigned>(day.day())));
    return text;
}

}  // namespace

std::string to_string(Timestamp time) {
    DUBAN_ASSERT(time.ms >= 0);
    time = std::min(time, last_timestamp);
    const auto rest = static_cast<int>(time.ms % day_ms);
    std::string text = day_text(civil(time.ms / day_ms)) + "T00:00:00.000Z";
    put_digits(text, 11, 2, rest / 3'600'000);
    put_digits(text, 14, 2, rest / 60'000 % 60);
    put_digits(text, 17, 2, rest / 1000 % 60);
    put_digits(text, 20, 3, rest % 1000);
    return text;
}

Result<Timestamp> parse_timestamp(std::string_view text) {
    const auto wrong = fail(Errc::invalid_argument,
                            "A time has the form 2026-09-01T10:00:00.123Z (UTC, milliseconds).");
    if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != '.' || text[23] != 'Z') {
        return wrong;
    }
    const auto date = parse_date(text.substr(0, 10));
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    const int milli = digits(text, 20, 3);
    if (!date || date->days < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 59 || milli < 0) {
        return wrong;
    }
    return Timestamp{date->days * day_ms + (((hour * 60LL + minute) * 60 + second) * 1000 + milli)};
}

std::string to_string(Date date) {
    return day_text(civil(nearest_date(date.days).days));
}

Result<Date> parse_date(std::string_view text) {
    const auto wrong = fail(Errc::invalid_argument,
                            "A date has the form 2026-09-01 and is a day of the calendar.");
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return wrong;
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    if (year < 0 || month < 0 || day < 0) return wrong;
    const std::chrono::year_month_day ymd{std::chrono::year(year),
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
    if (!ymd.ok()) return wrong;
    return Date{static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
}

Date office_date(Timestamp time) {
    return nearest_date(floor_days(sum(time.ms, office_utc_offset_ms)));
}

Timestamp end_of_office_day(Date date) {
    const std::int64_t ms = (std::int64_t{date.days} + 1) * day_ms - office_utc_offset_ms;
    return std::clamp(Timestamp{ms}, Timestamp{}, last_timestamp);
}

Date add_days(Date date, std::int64_t days) {
    return nearest_date(sum(date.days, days));
}

}  // namespace duban
