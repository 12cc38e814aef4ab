// UnitNames: the units that are known, by the names that lists give them: with or without the
// zone's prefix. Borrows nothing. Thread-safety: safe for concurrent use.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/directory/directory.h"

namespace duban {

class UnitNames {
public:
    explicit UnitNames(const std::vector<Unit>& units);

    // Errors: invalid_argument: no unit of that name, or several that the name may mean.
    [[nodiscard]] Result<UnitCode> find(std::string_view name) const;
    [[nodiscard]] bool knows(std::string_view name) const;

    // "a、b，c" to its names, which commas, semicolons, slashes and line breaks part.
    // Errors: invalid_argument where a line break may part two names as well as wrap one.
    [[nodiscard]] Result<std::vector<std::string>> split(std::string_view text) const;
    // Whether the text is names of known units and nothing else.
    [[nodiscard]] bool all_known(std::string_view text) const;

private:
    std::map<std::string, UnitCode, std::less<>> whole_;
    std::map<std::string, std::vector<UnitCode>, std::less<>> bare_;  // without the zone's prefix
};

// The parts between commas, semicolons and slashes, without blanks around them and without empty
// ones. Line breaks part too.
[[nodiscard]] std::vector<std::string> split_names(std::string_view text);

}  // namespace duban
