// Periods of the civil calendar: the weeks, months, quarters and years that reports are due for.
// Terms are not here: they follow the schools' calendar, which nobody can compute.
// Thread-safety: immutable values.
#pragma once

#include <optional>
#include <string>

#include "domain/base/civil_time.h"
#include "domain/indicator/indicator.h"

namespace duban {

// From the first to the last day inclusive, with the label that a report for it carries.
struct Period {
    std::string label;
    Date first;
    Date last;
    bool operator==(const Period&) const = default;
};

// The period of that kind in which the day lies; nothing for once and term. Weeks are those of
// ISO 8601: from Monday, and in the year that has their Thursday.
[[nodiscard]] std::optional<Period> period_of(Date day, PeriodKind kind);
// The period of that label; nothing for once, for a term and for what is no label.
[[nodiscard]] std::optional<Period> period_named(const std::string& label);

// Whether the period is known to end after the other one. Of a period of the civil calendar and a
// term, or anything and once, nobody knows.
[[nodiscard]] bool ends_later(const std::string& label, const std::string& other);
// Whether the periods are known to have a day in common. Everything lies within once.
[[nodiscard]] bool overlap(const std::string& label, const std::string& other);

}  // namespace duban
