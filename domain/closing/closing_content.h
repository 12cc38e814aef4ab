// Checks of what a closing holds, and what conditions ask of it.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>

#include "domain/closing/closing.h"
#include "domain/task/task.h"

namespace duban {

// Errors: invalid_argument (conclusion, indicators[i].…, evidence[i].…).
[[nodiscard]] Status check_closing_content(const ClosingContent& content, const Mandate& mandate);

// Indicators of the task that are met by what was accepted, or that the closing explains.
[[nodiscard]] std::uint32_t met_or_explained(const TaskState& task, const ClosingContent& content,
                                             Date today);
// How many attachments the indicators that ask for them at the closing still lack.
[[nodiscard]] std::uint32_t missing_evidence(const TaskState& task, const ClosingContent& content);

}  // namespace duban
