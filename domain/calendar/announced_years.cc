#include <array>
#include <initializer_list>
#include <string>

#include "domain/calendar/calendar.h"

namespace duban {
namespace {

struct DaysOff {
    const char* first;
    int days;
};

Date known_day(const char* text) {
    const auto day = parse_date(text);
    DUBAN_ASSERT(day);
    return day.value_or(Date{});
}

CalendarYear announced(std::int32_t year, std::initializer_list<DaysOff> off,
                       std::initializer_list<const char*> work) {
    CalendarYear made;
    made.year = year;
    made.notice = "国务院办公厅关于" + std::to_string(year) + "年部分节假日安排的通知";
    for (const DaysOff& span : off) {
        const Date first = known_day(span.first);
        for (int i = 0; i < span.days; ++i) made.off.push_back(add_days(first, i));
    }
    for (const char* day : work) made.work.push_back(known_day(day));
    return made;
}

}  // namespace

const std::vector<CalendarYear>& announced_years() {
    static const std::vector<CalendarYear> years = {
        announced(2024,
                  {{"2024-01-01", 1},
                   {"2024-02-10", 8},
                   {"2024-04-04", 3},
                   {"2024-05-01", 5},
                   {"2024-06-10", 1},
                   {"2024-09-15", 3},
                   {"2024-10-01", 7}},
                  {"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11",
                   "2024-09-14", "2024-09-29", "2024-10-12"}),
        announced(2025,
                  {{"2025-01-01", 1},
                   {"2025-01-28", 8},
                   {"2025-04-04", 3},
                   {"2025-05-01", 5},
                   {"2025-05-31", 3},
                   {"2025-10-01", 8}},
                  {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"}),
        announced(
            2026,
            {{"2026-01-01", 3},
             {"2026-02-15", 9},
             {"2026-04-04", 3},
             {"2026-05-01", 5},
             {"2026-06-19", 3},
             {"2026-09-25", 3},
             {"2026-10-01", 7}},
            {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}),
    };
    return years;
}

}  // namespace duban
