// Catch-up: what a subscription that is behind the ring reads from disk, one bounded step at a
// time. Thread-safety: safe for concurrent use. Blocking: may wait for the disk.
#pragma once

#include <string>

#include "api/stream/filter.h"
#include "domain/directory/access.h"
#include "storage/rocks/database.h"

namespace duban {

struct CatchUpStep {
    Filter filter;
    Position from;
    Position end;               // exclusive: what is durable and published
    std::size_t bytes_max = 0;  // of events; a single larger one still comes, alone
};

// The canonical bytes of the events that match and may be seen, joined by commas.
struct CatchUpResult {
    std::string events;
    std::size_t count = 0;
    Position next;  // everything before it has been judged; > from
};

// Takes the index when the filter allows it, else it scans. Requires: from < end.
// Errors: corrupt, unsupported, storage_failed.
[[nodiscard]] Result<CatchUpResult> read_catch_up(const Snapshot& snapshot, const Access& access,
                                                  const CatchUpStep& step);

}  // namespace duban
