// Schedule 序时: what an indicator's value should have reached by a day.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <optional>
#include <string>

#include "domain/base/decimal.h"
#include "domain/indicator/indicator.h"

namespace duban {

// The days that a cell is worked in. A cell of a civil period is judged by itself: it begins and
// ends with the period, inside the task's own days.
struct WorkSpan {
    std::optional<Date> first;
    std::optional<Date> last;
    bool operator==(const WorkSpan&) const = default;
};
[[nodiscard]] WorkSpan work_span(const std::string& period, const EvaluationContext& context);

// Whether a target that is not met yet may still be on its way: the span is not over, and the
// value is not worse than planned for today. Without a schedule, or without a number, only the
// span counts.
[[nodiscard]] bool is_on_schedule(const Indicator& indicator, const std::optional<Ratio>& actual,
                                  const WorkSpan& span, Date today);

}  // namespace duban
