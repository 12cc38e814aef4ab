// How many of a thing are taken. The rules and the published schemas both stand on these; lengths
// of texts are in text_form.h, what a report holds is in report_content.h. Thread-safety:
// constants.
#pragma once

#include <cstddef>
#include <cstdint>

namespace duban {

inline constexpr std::size_t plan_tasks_max = 1000;
inline constexpr std::size_t plan_units_max = 1000;
inline constexpr std::size_t mandate_units_max = 1000;  // that an auditor may read
inline constexpr std::size_t co_units_max = 100;        // of a task
inline constexpr std::size_t indicators_max = 100;      // of a task
inline constexpr std::size_t indicator_members_max = 1000;
inline constexpr std::size_t indicator_steps_max = 200;
inline constexpr std::int32_t horizon_years_max = 100;
inline constexpr std::size_t parts_max = 100;  // of a break-down

}  // namespace duban
