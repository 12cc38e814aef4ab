// Working days between civil days. From Monday to Friday; no calendar of holidays is read yet.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <cstdint>

#include "domain/base/civil_time.h"

namespace duban {

[[nodiscard]] bool is_working_day(Date day);
// Those after `from` up to and with `until`; 0 where that is not later.
[[nodiscard]] std::int32_t working_days_between(Date from, Date until);

}  // namespace duban
