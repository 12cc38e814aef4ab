// Reading batches back from the families that hold their parts.
// Thread-safety: safe for concurrent use. Blocking: may wait for the disk.
#pragma once

#include <boost/describe.hpp>
#include <functional>
#include <optional>
#include <vector>

#include "storage/log/log_batch.h"
#include "storage/rocks/database.h"

namespace duban {

// What the family `batch` holds for each batch.
struct BatchHeader {
    Position base;
    std::uint32_t count = 0;  // events
    Digest prev;
    Digest hash;
    std::vector<CommandId> commands;  // ids of its outcomes, in order
};
BOOST_DESCRIBE_STRUCT(BatchHeader, (), (base, count, prev, hash, commands))

// Requires: the batch's hash.
[[nodiscard]] BatchHeader header_of(const LogBatch& batch);

// Nothing when there is no such batch. Errors: corrupt, storage_failed.
[[nodiscard]] Result<std::optional<BatchHeader>> read_header(const Snapshot& snapshot,
                                                             BatchSeq seq);
// Errors: corrupt (a part is missing, or the whole does not have the header's hash), unsupported,
// storage_failed.
[[nodiscard]] Result<LogBatch> read_batch(const Snapshot& snapshot, BatchSeq seq,
                                          const BatchHeader& header);
// Visits the batches from `from` on until `visit` returns false or the log ends. Errors as
// read_batch.
[[nodiscard]] Status read_batches(const Snapshot& snapshot, BatchSeq from,
                                  const std::function<bool(LogBatch&&)>& visit);

}  // namespace duban
