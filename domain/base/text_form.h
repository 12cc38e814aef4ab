// Forms and lengths of the texts that come from outside. Codes and keys are ASCII; the length of
// any other text is counted in characters, as readers count it and JSON Schema does.
// What is judged here is judged by code point alone. That a name is in Unicode's normal form C, and
// that two names look alike, needs Unicode's tables: the edges judge it
// (api/schema/unicode_name.h). Thread-safety: safe for concurrent use (no state).
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
// 1 to 64 of a-z, 0-9, '.', '-': a unit's code, a person's id.
[[nodiscard]] bool is_code(std::string_view text);
// The same and '_': the id of a route, or of a group.
[[nodiscard]] bool is_route_id(std::string_view text);
// 1 to 64 of a-z, 0-9, '_', beginning with a letter: an indicator's or a node's id.
[[nodiscard]] bool is_key(std::string_view text);
// What names and titles are: 1 to 200 characters on one line, without hidden characters, which
// neither begins nor ends with a blank.
[[nodiscard]] bool is_name(std::string_view text);
// A name that every file system takes and that leads nowhere: without / \ : * ? " < > |, and
// neither beginning nor ending with a dot.
[[nodiscard]] bool is_file_name(std::string_view text);

// Any text that does nothing to a terminal, a table or the order in which it is read: its control
// characters are only tabs and line breaks, and it has no direction controls.
[[nodiscard]] bool is_plain(std::string_view text);
// Whether a reader sees nothing: there are only blanks and hidden characters, or none.
[[nodiscard]] bool is_blank(std::string_view text);

// The code point that begins at `at`, which is moved behind it; U+FFFD for a byte that begins none.
// Requires: at < text.size().
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at);
// C0 and C1 controls, DEL, the separators of lines and paragraphs.
[[nodiscard]] bool is_control(char32_t point);
// Marks, embeddings, overrides and isolates that change the order in which a text is read.
[[nodiscard]] bool is_direction(char32_t point);
// What is neither control nor direction and leaves no mark either: zero width, soft hyphens,
// fillers, variation selectors, tags, noncharacters.
[[nodiscard]] bool is_zero_width(char32_t point);
// Any of these three.
[[nodiscard]] bool is_hidden(char32_t point);
// Spaces of every width, tabs and line breaks.
[[nodiscard]] bool is_space(char32_t point);

// The same forms in words, for refusals.
inline constexpr const char* code_form = "A code is made of 1 to 64 of a-z, 0-9, '.' and '-'.";
inline constexpr const char* route_id_form = "It is made of 1 to 64 of a-z, 0-9, '.', '-' and '_'.";
inline constexpr const char* key_form =
    "An id is made of 1 to 64 of a-z, 0-9 and '_', and begins with a letter.";
inline constexpr const char* plain_form =
    "The text has control or direction characters; only tabs and line breaks are taken.";
inline constexpr const char* name_form =
    "A name has 1 to 200 characters on one line, no blank at either end, and no control, direction "
    "or zero-width characters; leave those out.";
inline constexpr const char* file_name_form =
    "A file's name has 1 to 200 characters, no blank at either end, none of / \\ : * ? \" < > |, "
    "no "
    "dot at either end, and no control, direction or zero-width characters; rename the file.";

}  // namespace duban
