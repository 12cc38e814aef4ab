// plan_file: a file with a list of tasks, in any of the forms that are taken: the program's own
// JSON, CSV, or the document as issued.
// Thread-safety: safe for concurrent use. Blocking: reads the file. Limits: plan_file_bytes_max.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/import/listed_plan.h"

namespace duban {

inline constexpr std::size_t plan_file_bytes_max = 4 * 1024 * 1024;

enum class PlanForm { json, csv, document };

[[nodiscard]] PlanForm detect_form(std::string_view text);

// A list that is given back passes check_plan with these units.
// Errors: invalid_argument; the detail begins with the file's name, then the line where one is to
// blame: for a task of a JSON text the line where the task begins.
[[nodiscard]] Result<PlanDocument> read_plan_file(const std::string& path, const PlanNaming& naming,
                                                  const std::vector<Unit>& units);
[[nodiscard]] Result<PlanDocument> parse_plan_text(std::string_view text, const PlanNaming& naming,
                                                   const std::vector<Unit>& units);

// What was understood, for a person: every task's number, title, lead, cooperating units and
// targets, and the totals. `units` gives the names for codes that the plan itself does not list.
[[nodiscard]] std::string print_plan(const PlanDocument& plan, const std::vector<Unit>& units);

}  // namespace duban
