// headings: what the heading of a column means. Only wordings that have one meaning are known;
// any other heading has none, and whoever reads the list refuses what stands below it.
// Thread-safety: safe for concurrent use.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace duban {

enum class ColumnRole {
    no,     // the task's number
    task,   // its text
    units,  // all units, the lead first
    lead,   // the unit that leads
    co,     // the units that cooperate
    due,    // the last day
};

// Blanks and line breaks within a heading mean nothing. Nothing for a heading that is not known.
[[nodiscard]] std::optional<ColumnRole> role_of(std::string_view heading);
// The headings of a role, for a message: "序号 (or no)".
[[nodiscard]] std::string names_of(ColumnRole role);

}  // namespace duban
