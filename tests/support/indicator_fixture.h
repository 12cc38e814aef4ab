// Indicators and entries to evaluate. Every helper names the indicator "i" unless `of` renames it.
// The task runs through the year 2026.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/indicator/indicator.h"
#include "tests/support/directory_fixture.h"

namespace duban {

inline Indicator target(Operator op, std::vector<std::string> numbers) {
    Indicator indicator;
    indicator.id = "i";
    indicator.op = op;
    indicator.target = std::move(numbers);
    return indicator;
}

inline Indicator ratio_target(const std::string& per_cent) {
    Indicator indicator = target(Operator::ge, {per_cent});
    indicator.kind = ValueKind::ratio;
    indicator.unit = "%";
    return indicator;
}

inline CellEntry of(const std::string& indicator, CellEntry entry) {
    entry.value.indicator = indicator;
    return entry;
}

inline CellEntry entry(const std::string& period, const std::string& value) {
    CellEntry made;
    made.period = period;
    made.value.value = value;
    return of("i", std::move(made));
}

inline CellEntry reported(const std::string& period, CellEntry entry,
                          std::optional<Join> join = std::nullopt) {
    entry.reported = period;
    entry.join = join;
    return entry;
}

inline CellEntry parts(const std::string& period, const std::string& numerator,
                       const std::string& denominator) {
    CellEntry made = entry(period, "");
    made.value.numerator = numerator;
    made.value.denominator = denominator;
    return made;
}

inline CellEntry graded(const std::string& period, Grade grade) {
    CellEntry made = entry(period, "");
    made.value.grade = grade;
    return made;
}

struct IndicatorFixture {
    std::vector<Indicator> indicators;
    std::vector<CellEntry> entries;
    std::optional<Date> start = day("2026-01-01");
    std::optional<Date> due = day("2026-12-31");

    // Of the first indicator.
    [[nodiscard]] IndicatorResult result(const std::string& today) const {
        return evaluate(indicators.front(), context(today));
    }
    [[nodiscard]] TaskProgress progress(const std::string& today) const {
        return task_progress(context(today));
    }
    [[nodiscard]] EvaluationContext context(const std::string& today) const {
        return {&indicators, &entries, day(today), start, due};
    }
};

// The newest cell of one indicator.
inline CellResult current(const Indicator& indicator, const std::vector<CellEntry>& entries,
                          const std::string& today = "2026-06-01") {
    return IndicatorFixture{{indicator}, entries}.result(today).current;
}

}  // namespace duban
