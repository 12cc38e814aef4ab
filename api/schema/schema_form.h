// The named forms of strings: their patterns and how each is checked.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string_view>

#include "api/schema/schema.h"

namespace duban {

struct FormInfo {
    const char* pattern;  // ECMA-262, for the published schema; the check may be stricter
    const char* mend;     // "a decimal string such as \"12.5\""
    bool (*check)(std::string_view text);
};

[[nodiscard]] const FormInfo& form_info(Form form);

}  // namespace duban
