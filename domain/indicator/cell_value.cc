#include "domain/indicator/cell_value.h"

#include <algorithm>

namespace duban {
namespace {

std::optional<Decimal> number_in(const std::string& text) {
    const auto number = parse_decimal(text);
    if (!number) return std::nullopt;
    return *number;
}

// For rate_of, the numerator alone.
std::optional<Ratio> entry_value(ValueKind kind, const ReportedValue& value) {
    const bool has_parts = kind == ValueKind::ratio || kind == ValueKind::rate_of;
    const auto number = number_in(has_parts ? value.numerator : value.value);
    if (!number) return std::nullopt;
    if (kind != ValueKind::ratio) return ratio_of(*number);
    const auto denominator = number_in(value.denominator);
    if (!denominator || denominator->micros <= 0) return std::nullopt;
    return ratio_of(*number, *denominator);
}

Ratio pooled(const std::vector<Ratio>& values) {
    Ratio total{0, 0};
    for (const Ratio& value : values) {
        total.numerator += value.numerator;
        total.denominator += value.denominator;
    }
    return total;
}

Ratio combined(const Indicator& indicator, const std::vector<Ratio>& values) {
    switch (indicator.accumulate) {
        case Accumulate::last:
            break;
        case Accumulate::sum:
        case Accumulate::avg: {
            // Plain numbers share one denominator, so that pooling them gives their mean.
            Ratio total = pooled(values);
            const bool plain_sum =
                indicator.accumulate == Accumulate::sum && indicator.kind != ValueKind::ratio;
            if (plain_sum) total.denominator = values.front().denominator;
            return total;
        }
        case Accumulate::max:
            return *std::max_element(
                values.begin(), values.end(),
                [](const Ratio& a, const Ratio& b) { return compare(a, b) < 0; });
    }
    return values.back();
}

std::optional<Ratio> accumulated(const Indicator& indicator, const EvaluationContext& context,
                                 const CellKey& key) {
    std::vector<Ratio> values;
    for (const ReportedValue* entry : entries_of(context, key)) {
        if (const auto value = entry_value(indicator.kind, *entry)) values.push_back(*value);
    }
    if (values.empty()) return std::nullopt;
    return combined(indicator, values);
}

const Indicator* find_indicator(const EvaluationContext& context, const std::string& id) {
    if (context.indicators == nullptr) return nullptr;
    const auto found = std::find_if(context.indicators->begin(), context.indicators->end(),
                                    [&](const Indicator& indicator) { return indicator.id == id; });
    return found == context.indicators->end() ? nullptr : &*found;
}

// What a rate divides by: more than 0, or nothing.
std::optional<Ratio> divisor_of(const Indicator& rate, const EvaluationContext& context,
                                const CellKey& key) {
    const Indicator* other = find_indicator(context, rate.denominator);
    if (other == nullptr || other->kind == ValueKind::ratio || other->kind == ValueKind::rate_of) {
        return std::nullopt;
    }
    const auto value =
        accumulated(*other, context,
                    {other->id, other->period == PeriodKind::once ? "once" : key.period,
                     other->scope == ScopeKind::zone ? "" : key.member});
    if (!value || value->numerator <= 0) return std::nullopt;
    return value;
}

}  // namespace

std::vector<const ReportedValue*> entries_of(const EvaluationContext& context, const CellKey& key) {
    std::vector<const ReportedValue*> found;
    if (context.entries == nullptr) return found;
    for (const CellEntry& entry : *context.entries) {
        if (entry.period == key.period && entry.value.indicator == key.indicator &&
            entry.value.member == key.member) {
            found.push_back(&entry.value);
        }
    }
    return found;
}

std::optional<Ratio> cell_value(const Indicator& indicator, const EvaluationContext& context,
                                const CellKey& key) {
    auto value = accumulated(indicator, context, key);
    if (!value) return std::nullopt;
    const bool quotient =
        indicator.kind == ValueKind::ratio || indicator.kind == ValueKind::rate_of;
    if (indicator.kind == ValueKind::rate_of) {
        const auto divisor = divisor_of(indicator, context, key);
        if (!divisor) return std::nullopt;
        value->numerator *= divisor->denominator;
        value->denominator *= divisor->numerator;
    }
    if (quotient && indicator.unit == "%") value->numerator *= 100;
    return value;
}

}  // namespace duban
