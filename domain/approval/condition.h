// Condition: when a node or a branch of a route applies. Data, published with the route; evaluated
// when the node or block is entered. On a missing value a comparison is false.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"

namespace duban {

enum class ConditionOp { all, any, not_, eq, ne, gt, ge, lt, le, in };
BOOST_DESCRIBE_ENUM(ConditionOp, all, any, not_, eq, ne, gt, ge, lt, le, in)

// all, any, not: `of`. A comparison: the value at `path` with the one value of `values`, or with
// the value at `ref`; in: with each of `values`.
struct Condition {
    static constexpr bool sparse = true;
    ConditionOp op = ConditionOp::all;
    std::string path;
    std::vector<std::string> values;
    std::string ref;
    std::vector<Condition> of;
    bool operator==(const Condition& other) const;
};
BOOST_DESCRIBE_STRUCT(Condition, (), (op, path, values, ref, of))

// number: a decimal; day: "2026-09-01"; text: a code, compared for equality and order of bytes;
// flag: "true" or "false".
enum class PathType { number, day, text, flag };

// What the paths say of an approval, in their text forms; nothing where there is no value.
using PathValues = std::function<std::optional<std::string>(std::string_view path)>;

// Of a path that conditions may name; nothing for any other. `is_node` says whether the route has a
// node of that id, whose counts can be asked for.
[[nodiscard]] std::optional<PathType> path_type(
    std::string_view path, const std::function<bool(std::string_view id)>& is_node);

// Errors: invalid_argument, field `field`: an unknown path or a value of another type.
[[nodiscard]] Status check_condition(const Condition& condition,
                                     const std::function<bool(std::string_view id)>& is_node,
                                     const std::string& field);

[[nodiscard]] bool holds(const Condition& condition, const PathValues& values);

}  // namespace duban
