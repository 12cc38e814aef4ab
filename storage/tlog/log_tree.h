// LogTree: the Merkle tree over the log as it grows: the rows that a batch adds to it. The leaf of
// an event is at its position. Kept are the full tiles, each written once, and the root of each;
// everything else follows from them and the newest events.
// TreeReader: any node of it, as of a snapshot, for proofs and tiles of any size up to the log's.
// Thread-safety: one thread at a time each. Blocking: both read from the disk.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/log/log_batch.h"
#include "storage/rocks/database.h"
#include "storage/tlog/merkle.h"
#include "storage/tlog/tiles.h"

namespace duban {

// What the keys of both kinds of rows begin with.
inline constexpr std::string_view tile_rows = "t";
inline constexpr std::string_view tile_root_rows = "r";
// Rows of the family `tree`: 256 hashes in a row, and the hash of a full tile one level above.
[[nodiscard]] std::string tile_key(unsigned level, std::uint64_t index);
[[nodiscard]] std::string tile_root_key(unsigned level, std::uint64_t index);

class LogTree {
public:
    using PutRow = std::function<void(std::string_view key, std::string_view value)>;

    // Empty.
    LogTree() = default;
    // Of that many events, by the rows and events that are there. Errors: corrupt (a row or event
    // is missing), storage_failed.
    [[nodiscard]] static Result<LogTree> load(const Snapshot& snapshot, Position size);

    // Requires: the batch begins where the tree ends, and its events have their hashes.
    void append(const LogBatch& batch, const PutRow& put);
    void append(std::string_view event_id, const Hash& event_hash, const PutRow& put);

    [[nodiscard]] std::uint64_t size() const { return edge_.size(); }
    [[nodiscard]] Hash root() const { return edge_.root(); }

private:
    TreeEdge edge_;
    // The hashes of the tile that is not full yet, at each level.
    std::array<std::vector<Hash>, tile_level_max + 1> open_;
};

// Erases the rows of events that are not there. Errors: storage_failed.
[[nodiscard]] Status erase_tree_beyond(const Snapshot& snapshot, Position size, WriteSet& changes);

class TreeReader {
public:
    // Does not own the snapshot. Requires: the log has that many events.
    TreeReader(const Snapshot& snapshot, std::uint64_t size) : snapshot_(snapshot), size_(size) {}

    [[nodiscard]] std::uint64_t size() const { return size_; }
    // Requires: the node lies in the tree as a whole. Errors: corrupt, storage_failed.
    [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index);
    [[nodiscard]] NodeReader reader() {
        return [this](unsigned level, std::uint64_t index) { return node(level, index); };
    }
    // The entry of an event. Requires: position < size.
    [[nodiscard]] Result<std::string> entry(std::uint64_t position) const;

private:
    [[nodiscard]] Result<Hash> element(unsigned level, std::uint64_t index);

    const Snapshot& snapshot_;
    std::uint64_t size_;
    std::map<std::string, std::string> tiles_;  // as they were read
    std::map<std::uint64_t, Hash> leaves_;      // of events that no full tile holds
};

}  // namespace duban
