#include "domain/indicator/cell_value.h"

#include <algorithm>

#include "domain/indicator/period.h"

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

// Of those that count: of a state there is one, and what was added to it.
Ratio combined(const Indicator& indicator, const std::vector<Ratio>& values) {
    if (indicator.accumulate == Accumulate::max) {
        return *std::max_element(values.begin(), values.end(),
                                 [](const Ratio& a, const Ratio& b) { return compare(a, b) < 0; });
    }
    Ratio total = pooled(values);
    // Plain numbers share one denominator, so that pooling them gives their mean.
    const bool mean = indicator.accumulate == Accumulate::avg;
    if (!mean && indicator.kind != ValueKind::ratio) {
        total.denominator = values.front().denominator;
    }
    return total;
}

bool is_in_words(const Indicator& indicator) {
    return indicator.op == Operator::done || indicator.op == Operator::judged ||
           indicator.op == Operator::text;
}

bool replaces(const Indicator& indicator, const CellEntry& entry) {
    if (is_in_words(indicator)) return true;
    const bool of_all =
        indicator.accumulate == Accumulate::avg || indicator.accumulate == Accumulate::max;
    if (of_all) return false;
    if (!entry.join) return indicator.accumulate == Accumulate::last;
    return *entry.join == Join::replace || indicator.kind == ValueKind::level;
}

std::optional<Ratio> accumulated(const Indicator& indicator, const EvaluationContext& context,
                                 const CellKey& key) {
    std::vector<Ratio> values;
    for (const CellEntry* entry : counted_entries(indicator, context, key)) {
        if (const auto value = entry_value(indicator.kind, entry->value)) values.push_back(*value);
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

std::vector<const CellEntry*> entries_of(const EvaluationContext& context, const CellKey& key) {
    std::vector<const CellEntry*> found;
    if (context.entries == nullptr) return found;
    for (const CellEntry& entry : *context.entries) {
        if (entry.period != key.period || entry.value.indicator != key.indicator ||
            entry.value.member != key.member) {
            continue;
        }
        auto place = found.end();
        while (place != found.begin() && ends_later((*(place - 1))->reported, entry.reported)) {
            --place;
        }
        found.insert(place, &entry);
    }
    return found;
}

std::vector<const CellEntry*> counted_entries(const Indicator& indicator,
                                              const EvaluationContext& context,
                                              const CellKey& key) {
    std::vector<const CellEntry*> counted;
    for (const CellEntry* entry : entries_of(context, key)) {
        const bool fits = is_in_words(indicator) || entry_value(indicator.kind, entry->value);
        if (!fits) continue;
        if (replaces(indicator, *entry)) counted.clear();
        counted.push_back(entry);
    }
    return counted;
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
