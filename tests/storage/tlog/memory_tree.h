// A tree in memory, whose every node can be read.
#pragma once

#include <string>
#include <vector>

#include "storage/tlog/merkle.h"

namespace duban {

class MemoryTree {
public:
    void append(std::string_view entry) { append(leaf_hash(entry)); }
    void append(const Hash& leaf) {
        edge_.append(leaf, [this](unsigned level, std::uint64_t index, const Hash& hash) {
            if (levels_.size() <= level) levels_.resize(level + 1);
            if (levels_[level].size() == index) levels_[level].push_back(hash);
        });
    }
    [[nodiscard]] std::uint64_t size() const { return edge_.size(); }
    [[nodiscard]] Hash root() const { return edge_.root(); }
    [[nodiscard]] NodeReader reader() const {
        return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
            return levels_.at(level).at(index);
        };
    }

private:
    TreeEdge edge_;
    std::vector<std::vector<Hash>> levels_;
};

}  // namespace duban
