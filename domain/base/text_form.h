// Forms and lengths of the texts that come from outside. Codes and keys are ASCII; the length of
// any other text is counted in characters, as readers count it and JSON Schema does. Thread-safety:
// safe for concurrent use (no state).
#pragma once

#include <cstddef>
#include <string_view>

namespace duban {

inline constexpr std::size_t code_bytes_max = 64;
inline constexpr std::size_t title_characters_max = 200;     // names, titles, document numbers
inline constexpr std::size_t opinion_characters_max = 2000;  // reasons, opinions, duties, notes
inline constexpr std::size_t text_characters_max = 20'000;   // texts of tasks and reports
inline constexpr std::size_t measure_characters_max = 32;    // a unit of measure

// Code points of the UTF-8 text.
[[nodiscard]] std::size_t characters(std::string_view text);
// 1 to 64 of a-z, 0-9, '.', '-': a unit's code, a person's id, a route's id.
[[nodiscard]] bool is_code(std::string_view text);
// 1 to 64 of a-z, 0-9, '_', beginning with a letter: an indicator's or a node's id.
[[nodiscard]] bool is_key(std::string_view text);
// 1 to 200 characters without control characters.
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
inline constexpr const char* name_form =
    "A name has 1 to 200 characters and no control characters.";

}  // namespace duban
