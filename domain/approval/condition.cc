#include "domain/approval/condition.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/base/civil_time.h"
#include "domain/base/decimal.h"

namespace duban {
namespace {

using IsNode = std::function<bool(std::string_view id)>;

constexpr std::size_t depth_max = 8;

struct KnownPath {
    std::string_view path;
    PathType type;
};

constexpr std::array<KnownPath, 23> known_paths = {{
    {"starter.role", PathType::text},
    {"starter.unit", PathType::text},
    {"submitted_at", PathType::day},
    {"revision", PathType::number},
    {"report.period", PathType::text},
    {"report.values_count", PathType::number},
    {"report.evidence_count", PathType::number},
    {"extension.workdays", PathType::number},
    {"extension.count", PathType::number},
    {"amendment.changes_units", PathType::flag},
    {"amendment.changes_due", PathType::flag},
    {"amendment.changes_indicators", PathType::flag},
    {"amendment.workdays", PathType::number},
    {"issue.due", PathType::day},
    {"issue.key", PathType::flag},
    {"task.no", PathType::number},
    {"task.lead", PathType::text},
    {"task.coop_count", PathType::number},
    {"task.due", PathType::day},
    {"task.key", PathType::flag},
    {"indicators.count", PathType::number},
    {"indicators.met_or_explained", PathType::number},
    {"evidence.missing", PathType::number},
}};

constexpr std::array<std::string_view, 2> node_counts = {".dissent_count", ".deemed_count"};

tl::unexpected<Error> wrong(const std::string& field, std::string detail) {
    return fail(Errc::invalid_argument, std::move(detail), field);
}

bool is_of(PathType type, const std::string& value) {
    switch (type) {
        case PathType::number:
            return parse_decimal(value).has_value();
        case PathType::day:
            return parse_date(value).has_value();
        case PathType::flag:
            return value == "true" || value == "false";
        case PathType::text:
            return true;
    }
    return false;
}

const char* words(PathType type) {
    switch (type) {
        case PathType::number:
            return "a number";
        case PathType::day:
            return "a day such as 2026-09-01";
        case PathType::flag:
            return "true or false";
        case PathType::text:
            return "a code";
    }
    return "";
}

Status check_comparison(const Condition& condition, const IsNode& is_node,
                        const std::string& field) {
    const auto type = path_type(condition.path, is_node);
    if (!type) {
        return wrong(field, "There is no value \"" + condition.path +
                                "\" to compare; see the paths of conditions.");
    }
    if (!condition.of.empty()) {
        return wrong(field, "A comparison holds no conditions; join them with all, any or not.");
    }
    if (!condition.ref.empty()) {
        if (condition.op == ConditionOp::in || !condition.values.empty()) {
            return wrong(field, "Compare with one value or with one other path.");
        }
        if (path_type(condition.ref, is_node) == type) return {};
        return wrong(field, condition.path + " can only be compared with " + words(*type) + "; \"" +
                                condition.ref + "\" is none.");
    }
    if (condition.values.empty() ||
        (condition.op != ConditionOp::in && condition.values.size() != 1)) {
        return wrong(field, "A comparison has one value; only in has several.");
    }
    for (const auto& value : condition.values) {
        if (is_of(*type, value)) continue;
        return wrong(field, condition.path + " is compared with " + words(*type) + "; \"" + value +
                                "\" is none.");
    }
    return {};
}

Status check_at(const Condition& condition, const IsNode& is_node, const std::string& field,
                std::size_t depth) {
    if (depth > depth_max) return wrong(field, "Conditions are nested at most 8 deep.");
    const bool joins = condition.op == ConditionOp::all || condition.op == ConditionOp::any ||
                       condition.op == ConditionOp::not_;
    if (!joins) return check_comparison(condition, is_node, field);
    if (condition.of.empty() || !condition.path.empty() || !condition.values.empty()) {
        return wrong(field, "all, any and not take conditions and nothing else.");
    }
    if (condition.op == ConditionOp::not_ && condition.of.size() != 1) {
        return wrong(field, "not takes one condition.");
    }
    for (const auto& inner : condition.of) {
        if (auto checked = check_at(inner, is_node, field, depth + 1); !checked) return checked;
    }
    return {};
}

// Less than 0, 0 or more, as the type orders the values.
int order(const std::string& one, const std::string& other) {
    const auto left = parse_decimal(one);
    const auto right = parse_decimal(other);
    if (left && right)
        return left->micros < right->micros ? -1 : left->micros > right->micros ? 1 : 0;
    return one.compare(other);
}

bool compares(ConditionOp op, const std::string& one, const std::string& other) {
    const int way = order(one, other);
    switch (op) {
        case ConditionOp::eq:
        case ConditionOp::in:
            return way == 0;
        case ConditionOp::ne:
            return way != 0;
        case ConditionOp::gt:
            return way > 0;
        case ConditionOp::ge:
            return way >= 0;
        case ConditionOp::lt:
            return way < 0;
        case ConditionOp::le:
            return way <= 0;
        case ConditionOp::all:
        case ConditionOp::any:
        case ConditionOp::not_:
            break;
    }
    return false;
}

bool comparison_holds(const Condition& condition, const PathValues& values) {
    const auto value = values(condition.path);
    if (!value) return false;
    if (!condition.ref.empty()) {
        const auto other = values(condition.ref);
        return other && compares(condition.op, *value, *other);
    }
    return std::ranges::any_of(condition.values, [&](const std::string& other) {
        return compares(condition.op, *value, other);
    });
}

}  // namespace

bool Condition::operator==(const Condition& other) const = default;

std::optional<PathType> path_type(std::string_view path, const IsNode& is_node) {
    for (const auto& known : known_paths) {
        if (known.path == path) return known.type;
    }
    for (const auto count : node_counts) {
        if (path.ends_with(count) && is_node(path.substr(0, path.size() - count.size()))) {
            return PathType::number;
        }
    }
    return std::nullopt;
}

Status check_condition(const Condition& condition, const IsNode& is_node,
                       const std::string& field) {
    return check_at(condition, is_node, field, 1);
}

bool holds(const Condition& condition, const PathValues& values) {
    const auto inner = [&](const Condition& one) { return holds(one, values); };
    switch (condition.op) {
        case ConditionOp::all:
            return std::ranges::all_of(condition.of, inner);
        case ConditionOp::any:
            return std::ranges::any_of(condition.of, inner);
        case ConditionOp::not_:
            return !std::ranges::any_of(condition.of, inner);
        default:
            return comparison_holds(condition, values);
    }
}

}  // namespace duban
