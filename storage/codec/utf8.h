// UTF-8 of texts that come from outside.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>
#include <string_view>

namespace duban {

[[nodiscard]] bool is_utf8(std::string_view text);
// The text without the start of a character that its end cuts off.
[[nodiscard]] std::string_view whole_characters(std::string_view text);
// At most that many bytes of the text, in whole characters.
[[nodiscard]] std::string_view shortened(std::string_view text, std::size_t bytes_max);
// The text itself, or with '?' for every byte beyond ASCII when it is not valid.
[[nodiscard]] std::string readable(std::string text);

}  // namespace duban
