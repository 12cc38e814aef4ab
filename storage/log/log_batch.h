// LogBatch: one commit: the unit in which the log is ordered, replicated and made durable.
// Thread-safety: immutable once it is handed to a log.
#pragma once

#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "storage/codec/event_record.h"
#include "storage/log/outcome.h"

namespace duban {

// Positions base .. base + events.size() - 1. A batch without events carries outcomes only (refused
// commands, repeated imports).
struct LogBatch {
    BatchSeq seq;      // 1-based, gapless
    Position base;     // position of the first event, or the next free one
    Digest prev_hash;  // batch_hash of the batch before; zero_batch_hash for the first
    std::vector<EventRecord> events;
    std::vector<CommandOutcome> outcomes;
    Digest hash;  // batch_hash, once the batch is complete
};

// Digest over seq, base, prev_hash, the events and the outcomes: docs/storage_format.md. Requires:
// the hashes of the events.
[[nodiscard]] Digest batch_hash(const LogBatch& batch);
// The same of a batch whose events may not decode, from the hashes of their bytes.
[[nodiscard]] Digest batch_hash(BatchSeq seq, Position base, const Digest& prev_hash,
                                const std::vector<Hash>& events,
                                const std::vector<CommandOutcome>& outcomes);
[[nodiscard]] Digest zero_batch_hash();

}  // namespace duban
