// Canonical JSON: the RFC 8785 (JCS) form, restricted to objects, arrays, strings, booleans and
// integers of at most 2^53-1 in magnitude; no floats, no null; object keys are ASCII.
// These bytes are stored, hashed and pushed as they are.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace duban {

// Requires: the value keeps to the restrictions above and all strings are valid UTF-8 (a broken
// invariant aborts: what comes from outside is checked before).
[[nodiscard]] std::string canonical_json(const nlohmann::json& value);

// Appends a string with its quotes. Requires: valid UTF-8.
void append_canonical_text(std::string& out, std::string_view text);

// Parses and checks that the text is in canonical form. Errors: corrupt.
[[nodiscard]] Result<nlohmann::json> parse_canonical(std::string_view text);

// Whether a value from outside keeps to the restrictions, so that canonical_json may be called.
// Errors: invalid_argument naming the path.
[[nodiscard]] Status check_canonical(const nlohmann::json& value);

}  // namespace duban
