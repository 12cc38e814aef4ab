// percentile: what so large a part of the samples does not exceed.
// Thread-safety: safe for concurrent use.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace duban {

// `part` from 0 to 1; 0 without samples.
[[nodiscard]] inline double percentile(std::vector<double> samples, double part) {
    if (samples.empty()) return 0;
    const auto last = static_cast<double>(samples.size() - 1);
    const auto at = static_cast<std::ptrdiff_t>(part * last);
    std::nth_element(samples.begin(), samples.begin() + at, samples.end());
    return samples[static_cast<std::size_t>(at)];
}

}  // namespace duban
