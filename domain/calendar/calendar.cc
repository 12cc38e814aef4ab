#include "domain/calendar/calendar.h"

#include <algorithm>
#include <optional>

#include "domain/base/text_form.h"

namespace duban {
namespace {

std::int32_t year_of(Date day) {
    std::int32_t year = 0;
    for (const char digit : to_string(day).substr(0, 4)) year = year * 10 + (digit - '0');
    return year;
}

// 1970-01-01 was a Thursday.
bool is_weekend(Date day) {
    const std::int32_t weekday = ((day.days + 3) % 7 + 7) % 7;  // 0: Monday
    return weekday >= 5;
}

bool has(const std::vector<Date>& days, Date day) {
    return std::ranges::find(days, day) != days.end();
}

// What the publication of that year says of the day; nothing when it says nothing.
std::optional<bool> said_in(const CalendarBook& book, std::int32_t year, Date day) {
    const auto found = book.years.find(year);
    if (found == book.years.end()) return std::nullopt;
    if (has(found->second.work, day)) return true;
    if (has(found->second.off, day)) return false;
    return std::nullopt;
}

tl::unexpected<Error> wrong_day(const std::string& field, Date day, const std::string& why) {
    return fail(Errc::invalid_argument, to_string(day) + " " + why, field);
}

Status check_days(const CalendarYear& year, const std::vector<Date>& days,
                  const std::string& field) {
    const std::string before = std::to_string(year.year - 1) + "-12-";
    for (std::size_t i = 0; i < days.size(); ++i) {
        const std::string path = field + "[" + std::to_string(i) + "]";
        const bool inside = year_of(days[i]) == year.year || to_string(days[i]).starts_with(before);
        if (!inside) {
            return wrong_day(path, days[i],
                             "lies neither in " + std::to_string(year.year) +
                                 " nor in the December before; publish it with its own year.");
        }
        if (std::ranges::count(days, days[i]) > 1) {
            return wrong_day(path, days[i], "is named twice; name it once.");
        }
    }
    return {};
}

}  // namespace

std::uint32_t version_of(const CalendarBook& book) {
    std::uint32_t version = 0;
    for (const auto& [year, published] : book.years) version = std::max(version, published.ver);
    return version;
}

bool is_workday(const CalendarBook& book, Date day) {
    const std::int32_t year = year_of(day);
    if (const auto later = said_in(book, year + 1, day)) return *later;
    if (const auto said = said_in(book, year, day)) return *said;
    return !is_weekend(day);
}

CountedDay add_workdays(const CalendarBook& book, Date from, std::int32_t days) {
    DUBAN_ASSERT(days >= -workdays_max && days <= workdays_max);
    CountedDay counted{from, !book.years.contains(year_of(from))};
    const std::int32_t step = days < 0 ? -1 : 1;
    for (std::int32_t left = days; left != 0;) {
        const Date next = add_days(counted.day, step);
        if (next == counted.day) return counted;  // the last day that there is
        counted.day = next;
        counted.provisional = counted.provisional || !book.years.contains(year_of(next));
        if (is_workday(book, next)) left -= step;
    }
    return counted;
}

std::int32_t workdays_between(const CalendarBook& book, Date from, Date until) {
    std::int32_t count = 0;
    for (Date day = from; day < until && count < workdays_max;) {
        day = add_days(day, 1);
        count += is_workday(book, day) ? 1 : 0;
    }
    return count;
}

Status check_year(const CalendarYear& year, const std::string& field) {
    if (year.year < calendar_year_min || year.year > calendar_year_max) {
        return fail(Errc::invalid_argument, "A calendar year is one from 2000 to 2199.",
                    field + ".year");
    }
    if (!is_name(year.notice)) return fail(Errc::invalid_argument, name_form, field + ".notice");
    if (auto off = check_days(year, year.off, field + ".off"); !off) return off;
    if (auto work = check_days(year, year.work, field + ".work"); !work) return work;
    for (std::size_t i = 0; i < year.work.size(); ++i) {
        const std::string path = field + ".work[" + std::to_string(i) + "]";
        if (has(year.off, year.work[i])) {
            return wrong_day(path, year.work[i], "is named as off and as worked; decide.");
        }
        if (!is_weekend(year.work[i])) {
            return wrong_day(path, year.work[i],
                             "is no weekend: it is worked anyway; leave it out.");
        }
    }
    return {};
}

const CalendarBook& weekends_alone() {
    static const CalendarBook book;
    return book;
}

}  // namespace duban
