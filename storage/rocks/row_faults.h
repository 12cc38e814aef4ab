// RowFaults: rows that were met and could not be read. Who lists rows leaves such a row out, goes
// on with the others and tells it here: each is counted and logged when it is met for the first
// time. What is lost is a fold of the log, so `duban rebuild` mends it; the log itself is never
// read so. Thread-safety: safe for concurrent use. Non-blocking but for a short lock.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <string>

#include "domain/base/result.h"

namespace duban {

class RowFaults {
public:
    // Rows that are told apart; further ones are counted each time and not logged.
    static constexpr std::size_t known_max = 10'000;

    // `row` names it for a person and for ever the same: "the board's row of p/1".
    void tell(const std::string& row, const Error& error);
    // How many rows were met that cannot be read.
    [[nodiscard]] std::uint64_t count() const;

private:
    mutable std::mutex mutex_;
    std::set<std::string> known_;
    std::uint64_t count_ = 0;
};

}  // namespace duban
