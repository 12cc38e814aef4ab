// Checks of a unit: what putting one and a list that brings its own have in common.
// That names look alike is not judged here (domain/base/text_form.h says why), only that they are
// equal. Thread-safety: safe for concurrent use (no state).
#pragma once

#include <string>

#include "domain/base/result.h"
#include "domain/directory/directory.h"

namespace duban {

// Code, name and kind by themselves. `path` is put before the fields' names.
// Errors: invalid_argument.
[[nodiscard]] Status check_unit(const Unit& unit, const std::string& path);
// That no other unit of the directory has the name. Errors: rule unit_name_taken.
[[nodiscard]] Status check_unit_name(const Unit& unit, const Directory& directory,
                                     const std::string& path);

}  // namespace duban
