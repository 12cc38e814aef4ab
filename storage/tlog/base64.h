// Base64 with padding, as signed notes write it. Source: RFC 4648 section 4.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace duban {

[[nodiscard]] std::string to_base64(std::string_view bytes);
// Nothing for any text that to_base64 does not write.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace duban
