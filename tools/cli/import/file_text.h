// file_text: the bytes of a file that somebody made elsewhere, as text, or what they are instead
// and how to make text of them. Nothing is converted or left out here: what cannot be read is
// refused. Thread-safety: safe for concurrent use.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace duban {

// UTF-8 without its byte order mark and with '\n' at the end of each line, however the file ends
// them. `path` is what commands in refusals name.
// Errors: invalid_argument: another encoding (with the command that converts it), another kind of
// file (with what to save it as), a hidden character (with its line).
[[nodiscard]] Result<std::string> text_of_file(std::string_view bytes, const std::string& path);

// A word of the file for a message: in quotes, short, and with hidden characters as <U+202E>.
[[nodiscard]] std::string as_written(std::string_view word);

}  // namespace duban
