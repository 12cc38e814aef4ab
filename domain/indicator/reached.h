// Reached: how far the value of one cell is towards the indicator's target, without regard to time.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/base/decimal.h"
#include "domain/indicator/cell_value.h"
#include "domain/indicator/indicator.h"

namespace duban {

inline constexpr std::int32_t whole_bp = 10000;

struct Reached {
    std::string actual;           // as shown
    std::optional<Ratio> number;  // what is compared with a schedule
    std::int32_t progress_bp = 0;
    bool met = false;
    bool flagged = false;
};

// Nothing when the cell has no data.
[[nodiscard]] std::optional<Reached> reached_in(const Indicator& indicator,
                                                const EvaluationContext& context,
                                                const CellKey& key);

}  // namespace duban
