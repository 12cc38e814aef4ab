// ListedPlan: a list as a person wrote it: numbers, words and names of units; and its way to a
// PlanDocument, which names units by their codes.
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/plan/plan.h"

namespace duban {

struct ListedTask {
    std::size_t line = 0;  // where it begins in the file
    std::uint32_t no = 0;
    std::string title;  // "" when the file has only the text
    std::string text;
    std::vector<std::string> units;  // names as written, the lead first, each of one unit
    std::size_t units_line = 0;
    std::optional<Date> due;
};

struct ListedPlan {
    std::string title;  // "" when the file does not say it
    std::vector<ListedTask> tasks;
};

// What the person gives who imports: needed for what the file does not say.
struct PlanNaming {
    std::string plan;
    std::string title;
};

// Units are found by name, with or without the zone's prefix; `units` are those that are known.
// A task without a title gets the first clause of its text, up to 40 characters.
// Errors: invalid_argument; the detail names the lines.
[[nodiscard]] Result<PlanDocument> to_plan(const ListedPlan& listed, const PlanNaming& naming,
                                           const std::vector<Unit>& units);

// The first clause, at most 40 characters.
[[nodiscard]] std::string short_title(const std::string& text);
// Without blanks of any width at both ends.
[[nodiscard]] std::string trim_text(std::string_view text);
// "附件", "附  件 2:": a line that says only that what follows is attached.
[[nodiscard]] bool is_attachment_mark(std::string_view text);
// The error for a line of a file.
[[nodiscard]] tl::unexpected<Error> line_error(std::size_t line, const std::string& reason);
// A number of 1 to 99999, in digits of either width; nothing for any other text.
[[nodiscard]] std::optional<std::uint32_t> parse_no(std::string_view text);

}  // namespace duban
