// Timestamp (milliseconds since 1970 UTC) and Date (civil day of the office), with their text
// forms. Not a clock: the present comes in as data. Arithmetic saturates: what is computed from
// days and moments always has a text form that can be read again, so no sum makes a row unreadable.
// Thread-safety: immutable values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace duban {

// The office's civil time is UTC+8 all year: China has one time zone and no summer time.
inline constexpr std::int64_t office_utc_offset_ms = 8LL * 3600 * 1000;
inline constexpr std::int64_t day_ms = 24LL * 3600 * 1000;

struct Timestamp {
    std::int64_t ms = 0;
    auto operator<=>(const Timestamp&) const = default;
};

// Days since 1970-01-01.
struct Date {
    std::int32_t days = 0;
    auto operator<=>(const Date&) const = default;
};

// 0000-01-01 and 9999-12-31: the first and the last day that have a text form.
inline constexpr Date first_date{-719'528};
inline constexpr Date last_date{2'932'896};
// 9999-12-31T23:59:59.999Z: the last moment that has a text form.
inline constexpr Timestamp last_timestamp{253'402'300'799'999};

// "2026-09-01T10:00:00.123Z". Years 1970 to 9999; a later moment has the text of the last one.
// Requires: not before 1970.
[[nodiscard]] std::string to_string(Timestamp time);
// Accepts exactly the form that to_string makes. Errors: invalid_argument.
[[nodiscard]] Result<Timestamp> parse_timestamp(std::string_view text);

// "2026-09-01". A day outside first_date and last_date has the text of the nearer of them.
[[nodiscard]] std::string to_string(Date date);
// Errors: invalid_argument, also for a day that the calendar does not have.
[[nodiscard]] Result<Date> parse_date(std::string_view text);

// The office's civil day at that moment, at most last_date.
[[nodiscard]] Date office_date(Timestamp time);
// The first moment after the office's civil day: a duty due on a day is late from here on. At least
// 1970, at most last_timestamp.
[[nodiscard]] Timestamp end_of_office_day(Date date);
// At least first_date, at most last_date.
[[nodiscard]] Date add_days(Date date, std::int64_t days);

}  // namespace duban
