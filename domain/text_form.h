// Forms of the short texts that come from outside: codes, keys and names.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <cstddef>
#include <string_view>

namespace duban {

inline constexpr std::size_t code_bytes_max = 64;
inline constexpr std::size_t name_bytes_max = 200;
inline constexpr std::size_t text_bytes_max = 4000;

// 1 to 64 of a-z, 0-9, '.', '-': a unit's code, a person's id, a route's id.
[[nodiscard]] bool is_code(std::string_view text);
// 1 to 64 of a-z, 0-9, '_', beginning with a letter: an indicator's or a node's id.
[[nodiscard]] bool is_key(std::string_view text);
// 1 to 200 bytes without control characters.
[[nodiscard]] bool is_name(std::string_view text);

// Any text whose control characters are only tabs and line breaks, so that it does nothing to a
// terminal or a table.
[[nodiscard]] bool is_plain(std::string_view text);

// The same forms in words, for refusals.
inline constexpr const char* code_form = "A code is made of 1 to 64 of a-z, 0-9, '.' and '-'.";
inline constexpr const char* key_form =
    "An id is made of 1 to 64 of a-z, 0-9 and '_', and begins with a letter.";
inline constexpr const char* plain_form =
    "The text has control characters; only tabs and line breaks are taken.";
inline constexpr const char* name_form = "A name has 1 to 200 bytes and no control characters.";

}  // namespace duban
