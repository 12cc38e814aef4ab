#include "domain/indicator/schedule.h"

#include <algorithm>

#include "domain/indicator/period.h"

namespace duban {
namespace {

Decimal decimal_or_zero(const std::string& text) {
    return parse_decimal(text).value_or(Decimal{});
}

// Where the way to the target begins.
Decimal start_value(const Indicator& indicator) {
    return decimal_or_zero(indicator.start.empty() ? indicator.base : indicator.start);
}

// For between, its lower bound.
Decimal target_value(const Indicator& indicator) {
    return indicator.target.empty() ? Decimal{} : decimal_or_zero(indicator.target.front());
}

std::optional<Ratio> planned_linear(const Indicator& indicator, const WorkSpan& span, Date today) {
    if (!span.first || !span.last) return std::nullopt;
    const Decimal from = start_value(indicator);
    const Decimal to = target_value(indicator);
    const Int128 days = span.last->days - span.first->days;
    if (days <= 0) return ratio_of(to);
    const Int128 elapsed = std::clamp(today, *span.first, *span.last).days - span.first->days;
    const Ratio one = ratio_of(Decimal{});
    return Ratio{from.micros * days + (Int128{to.micros} - from.micros) * elapsed,
                 one.denominator * days};
}

std::optional<Ratio> planned_by_steps(const Indicator& indicator, Date today) {
    std::optional<Ratio> planned;
    for (const ScheduleStep& step : indicator.steps) {
        if (step.date <= today) planned = ratio_of(decimal_or_zero(step.value));
    }
    return planned;
}

std::optional<Ratio> planned_value(const Indicator& indicator, const WorkSpan& span, Date today) {
    switch (indicator.schedule) {
        case ScheduleKind::none:
            return std::nullopt;
        case ScheduleKind::linear:
            return planned_linear(indicator, span, today);
        case ScheduleKind::steps:
            return planned_by_steps(indicator, today);
    }
    return std::nullopt;
}

// Whether less is better on the way to the target.
bool falls(const Indicator& indicator) {
    return indicator.op == Operator::le ||
           (indicator.op == Operator::eq && target_value(indicator) < start_value(indicator));
}

}  // namespace

WorkSpan work_span(const std::string& period, const EvaluationContext& context) {
    WorkSpan span{context.start, context.due};
    if (const auto civil = period_named(period)) {
        span.first = span.first ? std::max(*span.first, civil->first) : civil->first;
        span.last = span.last ? std::min(*span.last, civil->last) : civil->last;
    }
    return span;
}

bool is_on_schedule(const Indicator& indicator, const std::optional<Ratio>& actual,
                    const WorkSpan& span, Date today) {
    if (span.last && today > *span.last) return false;
    const auto planned = planned_value(indicator, span, today);
    if (!planned || !actual) return true;
    const int order = compare(*actual, *planned);
    return falls(indicator) ? order <= 0 : order >= 0;
}

}  // namespace duban
