// descriptors: how the process shares out the files that it may have open at once. The store comes
// first: a connection that finds no place waits, a store that cannot open its next file ends the
// process.
// Thread-safety: safe for concurrent use. Blocking: no.
#pragma once

#include <cstddef>
#include <cstdint>

#include "domain/base/result.h"

namespace duban {

struct DescriptorBudget {
    std::uint64_t limit = 0;      // of the process
    int store = 0;                // tables and files of blobs that the store keeps open
    std::size_t connections = 0;  // sockets
    bool operator==(const DescriptorBudget&) const = default;
};

inline constexpr std::uint64_t descriptors_min = 192;

// Of `limit` descriptors. Errors: invalid_argument when there are fewer than descriptors_min.
[[nodiscard]] Result<DescriptorBudget> share_descriptors(std::uint64_t limit,
                                                         std::size_t connections_wanted);

// The same of this process, after its limit was raised as far as the system lets it.
[[nodiscard]] Result<DescriptorBudget> take_descriptors(std::size_t connections_wanted);

}  // namespace duban
