// plan_file: a file with a list of tasks, in any of the forms that are taken: the program's own
// JSON, a table (CSV), or the document as issued. What is given back was understood word by word;
// what was not is refused with its line.
// Thread-safety: safe for concurrent use. Blocking: reads the file. Limits: plan_file_bytes_max.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/import/listed_plan.h"

namespace duban {

inline constexpr std::size_t plan_file_bytes_max = 4 * 1024 * 1024;

enum class PlanForm { json, table, document };

// Of text as text_of_file gives it.
[[nodiscard]] PlanForm detect_form(std::string_view text);

// A list that is given back passes check_plan with these units.
// Errors: invalid_argument; the detail begins with the file's name, then the line where one is to
// blame: for a task of a JSON text the line where the task begins.
[[nodiscard]] Result<PlanDocument> read_plan_file(const std::string& path, const PlanNaming& naming,
                                                  const std::vector<Unit>& units);
// The bytes of such a file; `path` is only named in refusals.
[[nodiscard]] Result<PlanDocument> parse_plan_text(std::string_view bytes, const PlanNaming& naming,
                                                   const std::vector<Unit>& units,
                                                   const std::string& path = "FILE");

// What was understood, for a person: every task's number, title, lead, cooperating units and
// targets, and the totals. `units` gives the names for codes that the plan itself does not list.
[[nodiscard]] std::string print_plan(const PlanDocument& plan, const std::vector<Unit>& units);

}  // namespace duban
