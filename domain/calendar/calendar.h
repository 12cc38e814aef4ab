// The working-day calendar: which days of a year are off or worked besides the rule of the week.
// Facts that somebody publishes year by year, never computed; a year that is not published has its
// weekends alone, and what is counted through it is provisional.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/result.h"

namespace duban {

class Event;
struct Stamp;

// A year as it was announced. Its days may lie in the December before: a notice may still change
// the end of the year before it.
struct CalendarYear {
    std::int32_t year = 0;
    std::uint32_t ver = 0;   // of the whole calendar: publications are counted over all years
    std::string notice;      // what it rests on
    std::vector<Date> off;   // days off; weekends that are no holiday need not be named
    std::vector<Date> work;  // weekends that are worked
    bool operator==(const CalendarYear&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalendarYear, (), (year, ver, notice, off, work))

inline constexpr std::int32_t calendar_year_min = 2000;
inline constexpr std::int32_t calendar_year_max = 2199;
// Of what add_workdays counts.
inline constexpr std::int32_t workdays_max = 1000;

// The newest publication of every year.
struct CalendarBook {
    std::map<std::int32_t, CalendarYear> years;
    bool operator==(const CalendarBook&) const = default;
};

// Total: an event of another family changes nothing.
[[nodiscard]] CalendarBook evolve(CalendarBook state, const Event& event, const Stamp& stamp);

// The number of publications; 0 before the first.
[[nodiscard]] std::uint32_t version_of(const CalendarBook& book);
// What the later year says of a day goes before what its own says.
[[nodiscard]] bool is_workday(const CalendarBook& book, Date day);

struct CountedDay {
    Date day;
    bool provisional = false;  // a day of a year that is not published was passed
    bool operator==(const CountedDay&) const = default;
};
// The working day that many after `from`, which itself does not count; before it when `days` is
// negative; `from` itself for 0. Requires: |days| <= workdays_max.
[[nodiscard]] CountedDay add_workdays(const CalendarBook& book, Date from, std::int32_t days);
// How many working days lie after `from` up to and with `until`; 0 when it is not later. Counts at
// most workdays_max of them.
[[nodiscard]] std::int32_t workdays_between(const CalendarBook& book, Date from, Date until);

// Errors: invalid_argument, field under `field`: a day outside the year, twice, both off and
// worked, or worked although it is no weekend.
[[nodiscard]] Status check_year(const CalendarYear& year, const std::string& field);

// A calendar in which nothing was published.
[[nodiscard]] const CalendarBook& weekends_alone();

// The years 2024 to 2026 as the State Council announced them.
[[nodiscard]] const std::vector<CalendarYear>& announced_years();

}  // namespace duban
