#include "storage/rocks/row_faults.h"

#include <spdlog/spdlog.h>

namespace duban {

void RowFaults::tell(const std::string& row, const Error& error) {
    {
        const std::lock_guard lock(mutex_);
        const bool full = known_.size() >= known_max;
        if (known_.contains(row)) return;
        ++count_;
        if (full) return;
        known_.insert(row);
    }
    spdlog::error("storage: {} cannot be read; stop the server and run `duban rebuild`: {}", row,
                  error.detail);
}

std::uint64_t RowFaults::count() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

}  // namespace duban
