// Names that nobody can guess and that never meet: logs and uploads.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>

namespace duban {

// 128 random bits as 26 characters of Crockford's base 32, lower case.
[[nodiscard]] std::string random_name();

}  // namespace duban
