// The end of one stream as the last durable batch left it.
// Thread-safety: safe for concurrent use. Blocking: may wait for the disk.
#pragma once

#include <string>

#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "storage/codec/event_record.h"
#include "storage/rocks/database.h"

namespace duban {

struct StoredStreamHead {
    StreamRev next;    // revision that the next event gets = number of events
    std::string hash;  // event_hash of the last event; first_prev_hash() for an empty stream
};

// The row of a stream whose last event this is. Requires: its hash.
[[nodiscard]] std::string stream_head_row(const EventRecord& last);

// Errors: corrupt, storage_failed.
[[nodiscard]] Result<StoredStreamHead> read_stream_head(const Database& database,
                                                        const StreamId& stream);
[[nodiscard]] Result<StoredStreamHead> read_stream_head(const Snapshot& snapshot,
                                                        const StreamId& stream);

}  // namespace duban
