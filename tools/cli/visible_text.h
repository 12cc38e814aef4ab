// visible_text: texts of others on their way to a terminal. Control, direction and zero-width
// characters do nothing there and are seen instead.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>
#include <string_view>

namespace duban {

enum class LineBreaks { kept, shown };

// Hidden characters as <U+202E>; tabs and line breaks as LineBreaks says. Bytes that are no UTF-8
// become U+FFFD.
[[nodiscard]] std::string visible(std::string_view text, LineBreaks breaks = LineBreaks::kept);
// The same for JSON text, which stays JSON of the same value: hidden characters as \u202e.
[[nodiscard]] std::string visible_json(std::string_view json);

// "U+202E"
[[nodiscard]] std::string code_point_name(char32_t point);

}  // namespace duban
