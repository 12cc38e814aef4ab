#include "domain/indicator/reached.h"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <vector>

namespace duban {
namespace {

Ratio share_of(const Ratio& value, std::int32_t bp) {
    return {value.numerator * bp, value.denominator * whole_bp};
}

// The greatest bp of 0 to 10000 with big * bp / 10000 <= small. Requires: big > 0. Found by halves,
// since compare is exact for any size and a product of the parts is not.
std::int32_t quotient_bp(const Ratio& small, const Ratio& big) {
    std::int32_t low = 0;
    std::int32_t high = whole_bp;
    while (low < high) {
        const std::int32_t middle = (low + high + 1) / 2;
        if (compare(share_of(big, middle), small) <= 0) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

// A target of 0 or less has no parts: it is reached or it is not.
std::int32_t progress_up(const Ratio& actual, const Ratio& target) {
    if (compare(actual, target) >= 0) return whole_bp;
    return target.numerator <= 0 ? 0 : quotient_bp(actual, target);
}

std::int32_t progress_down(const Ratio& actual, const Ratio& target) {
    if (compare(actual, target) <= 0) return whole_bp;
    return target.numerator <= 0 ? 0 : quotient_bp(target, actual);
}

// Two negative numbers are compared by their sizes; with different signs nothing is reached.
std::int32_t progress_equal(Ratio actual, Ratio target) {
    if (actual.numerator < 0 && target.numerator < 0) {
        actual.numerator = -actual.numerator;
        target.numerator = -target.numerator;
    }
    const int order = compare(actual, target);
    if (order == 0) return whole_bp;
    if (actual.numerator <= 0 || target.numerator <= 0) return 0;
    return order < 0 ? quotient_bp(actual, target) : quotient_bp(target, actual);
}

void measure(const Indicator& indicator, const Ratio& actual, Reached& reached) {
    std::vector<Ratio> targets;
    targets.reserve(indicator.target.size());
    for (const std::string& text : indicator.target) {
        targets.push_back(ratio_of(parse_decimal(text).value_or(Decimal{})));
    }
    const bool two = indicator.op == Operator::between;
    if (targets.size() != (two ? 2U : 1U)) return;
    if (indicator.op == Operator::le) {
        reached.progress_bp = progress_down(actual, targets[0]);
    } else if (indicator.op == Operator::eq) {
        reached.progress_bp = progress_equal(actual, targets[0]);
    } else {
        reached.progress_bp = progress_up(actual, targets[0]);
    }
    reached.met = reached.progress_bp == whole_bp;
    reached.flagged = two && indicator.over == OverRange::flag && compare(actual, targets[1]) > 0;
}

std::string shown(const Indicator& indicator, const Ratio& number) {
    return to_string(number, std::clamp(indicator.decimals, 0, decimal_scale_max));
}

std::optional<Reached> reached_number(const Indicator& indicator, const EvaluationContext& context,
                                      const CellKey& key) {
    const auto number = cell_value(indicator, context, key);
    if (!number) return std::nullopt;
    Reached reached;
    reached.number = number;
    reached.actual = shown(indicator, *number);
    measure(indicator, *number, reached);
    return reached;
}

void grade(Grade given, Reached& reached) {
    reached.met = given == Grade::met;
    reached.progress_bp = reached.met ? whole_bp : given == Grade::partly ? whole_bp / 2 : 0;
}

std::optional<Reached> reached_words(const Indicator& indicator, const EvaluationContext& context,
                                     const CellKey& key) {
    const auto entries = entries_of(context, key);
    if (entries.empty()) return std::nullopt;
    const ReportedValue& newest = entries.back()->value;
    Reached reached;
    reached.actual = newest.value;
    if (indicator.op == Operator::judged) {
        if (!newest.grade) return std::nullopt;
        grade(*newest.grade, reached);
        reached.actual = boost::describe::enum_to_string(*newest.grade, "");
        const auto quotient =
            indicator.kind == ValueKind::ratio ? cell_value(indicator, context, key) : std::nullopt;
        if (quotient) reached.actual = shown(indicator, *quotient);
        return reached;
    }
    if (newest.value.empty()) return std::nullopt;
    reached.met = indicator.op == Operator::text || newest.value == "yes";
    reached.progress_bp = reached.met ? whole_bp : 0;
    return reached;
}

}  // namespace

std::optional<Reached> reached_in(const Indicator& indicator, const EvaluationContext& context,
                                  const CellKey& key) {
    switch (indicator.op) {
        case Operator::ge:
        case Operator::le:
        case Operator::eq:
        case Operator::between:
            return reached_number(indicator, context, key);
        case Operator::done:
        case Operator::judged:
        case Operator::text:
            return reached_words(indicator, context, key);
    }
    return std::nullopt;
}

}  // namespace duban
