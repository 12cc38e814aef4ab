// The number that a cell of an indicator holds: its entries, accumulated exactly.
// Entries that do not fit the indicator (it was amended since) are left out, never an error.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/base/decimal.h"
#include "domain/indicator/indicator.h"

namespace duban {

// Which entries: of one indicator, in one period, of one member ("" for the whole zone).
struct CellKey {
    std::string indicator;
    std::string period;
    std::string member;
};

// In the order of the periods that they were reported for; where nobody knows which is the later
// one, in that in which they were accepted.
[[nodiscard]] std::vector<const CellEntry*> entries_of(const EvaluationContext& context,
                                                       const CellKey& key);
// Those on which the cell's value stands. A state lets everything before it lapse; a sum is added
// to what stands. Words, judgements and levels are states whatever the route says; a mean and a
// greatest value are of all.
[[nodiscard]] std::vector<const CellEntry*> counted_entries(const Indicator& indicator,
                                                            const EvaluationContext& context,
                                                            const CellKey& key);
// A ratio is pooled: the sum of the numerators over the sum of the denominators. With unit "%" it
// is given in per cent. Nothing without a usable entry, or without rate_of's other value.
[[nodiscard]] std::optional<Ratio> cell_value(const Indicator& indicator,
                                              const EvaluationContext& context, const CellKey& key);

}  // namespace duban
