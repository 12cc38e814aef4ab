// "As of": the place in the log that an `at` parameter names.
// Thread-safety: safe for concurrent use. Blocking: may wait for the disk.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "api/rpc/method.h"

namespace duban {

struct AsOf {
    Position position;  // the last event that counts
    Timestamp now;      // that moment
    Date today;         // the office's day at that moment: for lights and schedules
};

// Nothing when params have no `at`. The time of a position is its event's. Errors:
// invalid_argument (not exactly one of position and time), position_ahead, not_found (a time before
// the first event).
[[nodiscard]] Result<std::optional<AsOf>> read_as_of(const QueryScope& scope);

}  // namespace duban
