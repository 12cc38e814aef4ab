// terminal: what the commands share when they talk to a person: passwords, failures, column widths.
// Thread-safety: one thread at a time. Blocking: reads from the terminal.
#pragma once

#include <optional>
#include <string>

#include "domain/base/result.h"

namespace duban {

// The value of the environment variable, else asked for without echo when standard input is a
// terminal. Errors: invalid_argument that names the variable.
[[nodiscard]] Result<std::string> read_password(const char* variable, const std::string& prompt);

// Prints "duban: …" with the field that is to blame unless the detail names it, and returns 1. What
// would act on the terminal is shown instead (visible_text.h).
int report_failure(const Error& error);
int report_failure(const std::string& reason);

// Columns that UTF-8 text takes: two for Chinese characters and other wide ones.
[[nodiscard]] std::size_t display_width(const std::string& text);
// The same for a line with colours (escape sequences that end in 'm'), which are all kept: no more
// columns than that are drawn.
[[nodiscard]] std::string clipped(const std::string& text, std::size_t columns);
// Cut or filled with blanks to exactly that many columns.
[[nodiscard]] std::string fit(const std::string& text, std::size_t columns);

}  // namespace duban
