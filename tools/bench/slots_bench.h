// The part of the bench `history` that is about approvals with many slots.
// Thread-safety: one thread at a time. Blocking: seconds.
#pragma once

#include <cstddef>

#include "domain/base/result.h"
#include "server/ops/node.h"
#include "tools/bench/bench.h"

namespace duban {

// Tasks of the demonstration, by index, that nothing was submitted in. All but the first have six
// cooperating units.
struct SlotsTasks {
    std::size_t list = 10;
    std::size_t units = 9;
    std::size_t reclaim = 16;  // where decisions may be taken back
};

// What a decision costs among six units and forty slots, beside one in a list of four steps.
[[nodiscard]] Status bench_slots(Node& node, const SlotsTasks& tasks, const BenchOptions& options,
                                 Figures& figures);

}  // namespace duban
