// Problems: all that is wrong with a file, line by line, so that it is mended in one go.
// Thread-safety: one thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/base/result.h"

namespace duban {

class Problems {
public:
    static constexpr std::size_t shown_max = 10;

    void add(std::size_t line, const std::string& reason);
    [[nodiscard]] bool any() const { return count_ > 0; }
    // One line each, in the order in which they were found; those over the limit are counted.
    // Requires: any().
    [[nodiscard]] tl::unexpected<Error> error() const;

private:
    std::vector<std::string> shown_;
    std::size_t count_ = 0;
};

}  // namespace duban
