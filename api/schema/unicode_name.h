// What judging a name needs Unicode's tables for: its normal form, and what other names it can be
// taken for. Here and not in domain/, whose rules stand on the standard library alone: the tables
// grow with each version of Unicode, and replaying old events must not depend on them.
// Thread-safety: safe for concurrent use.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "domain/base/result.h"
#include "domain/directory/directory.h"

namespace duban {

// Whether the UTF-8 text is in normal form C.
[[nodiscard]] bool is_normal(std::string_view text);
// Equal for names that a reader takes for one another: without regard to blanks, case, width and
// characters that look alike. For comparison only, not for showing.
[[nodiscard]] std::string likeness(std::string_view name);

// The names of a directory's units by their likeness. Thread-safety: one thread at a time.
class UnitLikenesses {
public:
    explicit UnitLikenesses(const Directory& directory);

    // Adds a unit that is put; one that is there already keeps its place and gets the new name.
    // `path` is put before the field's name.
    // Errors: rule unit_name_taken when another unit's name looks like its.
    [[nodiscard]] Status add(const Unit& unit, const std::string& path);

private:
    std::map<std::string, Unit> by_likeness_;
};

}  // namespace duban
