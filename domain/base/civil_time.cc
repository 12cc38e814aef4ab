#include "domain/base/civil_time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace duban {
namespace {

std::chrono::year_month_day civil(std::int64_t days) {
    return std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::days(static_cast<int>(days))));
}

std::int64_t floor_days(std::int64_t ms) {
    return ms >= 0 ? ms / day_ms : -((-ms + day_ms - 1) / day_ms);
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

}  // namespace

std::string to_string(Timestamp time) {
    DUBAN_ASSERT(time.ms >= 0);
    const auto date = civil(time.ms / day_ms);
    const auto rest = static_cast<int>(time.ms % day_ms);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), rest / 3600000, rest / 60000 % 60,
                  rest / 1000 % 60, rest % 1000);
    return text.data();
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
    const auto ymd = civil(date.days);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                  static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    return text.data();
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
    return Date{static_cast<std::int32_t>(floor_days(time.ms + office_utc_offset_ms))};
}

Timestamp end_of_office_day(Date date) {
    return Timestamp{(date.days + 1) * day_ms - office_utc_offset_ms};
}

Date add_days(Date date, int days) {
    return Date{date.days + days};
}

}  // namespace duban
