// The checkpoints that a log has signed, as rows beside its tree. A row once written stays: whoever
// was given the checkpoint may ask about it again.
// Thread-safety: safe for concurrent use (no state of its own). Blocking: reads the disk.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "storage/rocks/database.h"
#include "storage/tlog/checkpoint.h"

namespace duban {

struct StoredCheckpoint {
    Checkpoint checkpoint;
    std::string note;  // as it was signed
};

void put_checkpoint(WriteSet& changes, std::uint64_t size, std::string_view note);

// Errors: corrupt (no checkpoint of that size in its row), storage_failed.
[[nodiscard]] Result<std::optional<StoredCheckpoint>> checkpoint_of(const Snapshot& snapshot,
                                                                    std::uint64_t size);
[[nodiscard]] Result<std::optional<StoredCheckpoint>> newest_checkpoint(const Snapshot& snapshot);
// The smallest whose tree holds the event at that position.
[[nodiscard]] Result<std::optional<StoredCheckpoint>> checkpoint_over(const Snapshot& snapshot,
                                                                      std::uint64_t position);

// All of them, by size. Errors: corrupt, storage_failed.
[[nodiscard]] Status read_checkpoints(const Snapshot& snapshot,
                                      const std::function<void(const StoredCheckpoint&)>& visit);
// Erases those that speak of events that are not there. Errors: storage_failed.
[[nodiscard]] Status erase_checkpoints_beyond(const Snapshot& snapshot, std::uint64_t size,
                                              WriteSet& changes);

// Whether a log of that many events is what the newest checkpoint says of it, or goes on from
// there. Errors: corrupt (it is shorter, or another), storage_failed.
[[nodiscard]] Status check_newest_checkpoint(const Snapshot& snapshot, std::uint64_t size);

}  // namespace duban
