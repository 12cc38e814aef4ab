// The index rows of events: under which (dimension, value) each is found.
// Key: generation be32, dimension u8, value bytes, 0x00, position be64; the row is empty.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>
#include <vector>

#include "storage/log/event_reader.h"
#include "storage/views/view.h"

namespace duban {

// Ordered, each once.
[[nodiscard]] std::vector<IndexEntry> index_entries(const Change& change);

// What the keys of all positions under an entry start with.
[[nodiscard]] std::string index_prefix(ViewGeneration generation, const IndexEntry& entry);
[[nodiscard]] RowChange index_change(ViewGeneration generation, const IndexEntry& entry,
                                     Position position);

}  // namespace duban
