// SequencedLog: the one seam between the server and whatever orders its log. Nothing above it knows
// whether the log is this machine's RocksDB or a replicated engine.
// Not a query interface: views and indexes are written by the BatchApplier that a driver is given.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <functional>
#include <vector>

#include "domain/base/result.h"
#include "storage/log/log_batch.h"

namespace duban {

// The end of a log.
struct LogHead {
    BatchSeq seq;        // of the last batch; 0 when the log is empty
    Position next;       // the next free position = number of events
    Digest hash;         // batch_hash of the last batch
    Timestamp recorded;  // recordedtime of the last event
    bool operator==(const LogHead&) const = default;
};
BOOST_DESCRIBE_STRUCT(LogHead, (), (seq, next, hash, recorded))

// Thread-safety: append by one thread at a time; read, tail and head are safe for concurrent use
// with it. Blocking: all calls may wait for the disk.
class SequencedLog {
public:
    virtual ~SequencedLog() = default;

    // Appends the batch as number expected + 1. Durable, and applied to the views, when it returns
    // success. Errors: version_conflict (the log is not at `expected`, or prev_hash or base do not
    // continue it; `current` is the log's number; nothing was written), storage_failed and corrupt
    // (the outcome is unknown: the caller must stop and recover from the log).
    // Requires: batch.seq == expected + 1, positions that count up from base, and the hash.
    [[nodiscard]] virtual Status append(BatchSeq expected, const LogBatch& batch) = 0;

    // At most `count` batches from `from` on, in order; fewer at the end of the log.
    // Errors: corrupt, unsupported, storage_failed.
    [[nodiscard]] virtual Result<std::vector<LogBatch>> read(BatchSeq from,
                                                             std::size_t count) const = 0;

    // Calls `on_batch` for every batch from `from` on, in order and each once, until it returns
    // false or the present end is reached. Errors as read.
    [[nodiscard]] virtual Status tail(
        BatchSeq from, const std::function<bool(const LogBatch&)>& on_batch) const = 0;

    [[nodiscard]] virtual LogHead head() const = 0;
};

}  // namespace duban
