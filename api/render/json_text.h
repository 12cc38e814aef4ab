// JSON text from outside: bounded depth, no member twice, valid UTF-8. A number that is written
// with a point or an exponent and is whole, such as 50.0, is an integer, as JSON Schema has it.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "domain/base/result.h"

namespace duban {

inline constexpr int json_depth_max = 64;

// One value and nothing behind it but blanks. Errors: invalid_argument: not JSON (with the byte
// where it breaks), nested too deep, a member that appears twice in one object.
[[nodiscard]] Result<nlohmann::json> parse_json_text(std::string_view text);

}  // namespace duban
