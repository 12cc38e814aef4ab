#include "domain/base/working_days.h"

namespace duban {
namespace {

// 1970-01-01 was a Thursday.
constexpr int first_day_of_week = 3;

// 0: Monday.
int day_of_week(Date day) {
    return ((day.days + first_day_of_week) % 7 + 7) % 7;
}

}  // namespace

bool is_working_day(Date day) {
    constexpr int saturday = 5;
    return day_of_week(day) < saturday;
}

std::int32_t working_days_between(Date from, Date until) {
    if (until <= from) return 0;
    const std::int32_t weeks = (until.days - from.days) / 7;
    std::int32_t days = weeks * 5;
    for (Date day = add_days(from, std::int64_t{weeks} * 7 + 1); day <= until;
         day = add_days(day, 1)) {
        if (is_working_day(day)) ++days;
        if (day == last_date) break;
    }
    return days;
}

}  // namespace duban
