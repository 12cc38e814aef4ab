// LogBatch: one commit: the unit in which the log is ordered, replicated and made durable.
// Thread-safety: immutable once it is handed to a log.
#pragma once

#include <string>
#include <vector>

#include "domain/ids.h"
#include "storage/event_record.h"

namespace duban {

// The answer that a command got. Kept as long as the log, so that a retry is answered the same.
struct CommandOutcome {
    CommandId id;
    Digest content;     // of the canonical {actor, method, params}
    std::string reply;  // canonical JSON: {"result":…} or {"error":…}
    bool operator==(const CommandOutcome&) const = default;
};

// Positions base .. base + events.size() - 1. A batch without events carries outcomes only (refused
// commands, repeated imports).
struct LogBatch {
    BatchSeq seq;      // 1-based, gapless
    Position base;     // position of the first event, or the next free one
    Digest prev_hash;  // batch_hash of the batch before; zero_batch_hash for the first
    std::vector<EventRecord> events;
    std::vector<CommandOutcome> outcomes;
};

// Digest over seq, base, prev_hash, the event bytes and the outcomes: docs/storage_format.md.
[[nodiscard]] Digest batch_hash(const LogBatch& batch);
// The same of a batch whose events may not decode, from the digests of their bytes.
[[nodiscard]] Digest batch_hash(BatchSeq seq, Position base, const Digest& prev_hash,
                                const std::vector<Digest>& events,
                                const std::vector<CommandOutcome>& outcomes);
[[nodiscard]] Digest zero_batch_hash();

}  // namespace duban
