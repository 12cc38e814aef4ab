// Checks of what a report holds, and the cells that its values go into.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>
#include <vector>

#include "domain/report/report.h"
#include "domain/task/task.h"

namespace duban {

inline constexpr std::size_t evidence_max = 50;
inline constexpr std::size_t values_max = 1000;

// A draft may be incomplete: only its lengths and labels are checked. Errors: invalid_argument.
[[nodiscard]] Status check_draft(const ReportContent& content);

// Digests, names, how many. Errors: invalid_argument (evidence[i].…).
[[nodiscard]] Status check_evidence(const std::vector<Evidence>& evidence);
// The attachments of the kinds that count.
[[nodiscard]] std::int32_t count_of_kinds(const std::vector<Evidence>& evidence,
                                          const EvidenceNeed& need);

// The whole content of the unit's report against the task's indicators.
// Errors: invalid_argument; rule evidence_missing.
[[nodiscard]] Status check_content(const ReportContent& content, const Mandate& mandate,
                                   const UnitCode& unit);

// The values alone, and the period for which they are. Errors: invalid_argument.
[[nodiscard]] Status check_values(const ReportContent& content, const Mandate& mandate,
                                  const UnitCode& unit);
// No report of the unit for that period is accepted. Errors: rule period_accepted.
[[nodiscard]] Status check_period_free(const TaskState& task, const UnitCode& unit,
                                       const std::string& period);

// The values of a report with the labels of their cells, in the report's order.
// Errors: invalid_argument when a value fits no indicator or no cell.
[[nodiscard]] Result<std::vector<CellEntry>> cells_of(const ReportContent& content,
                                                      const Mandate& mandate, std::uint32_t report);

}  // namespace duban
