// rocks: what the benches ask of RocksDB behind the server's back: the batches that a run wrote,
// the same batches written once more by nothing but RocksDB, and a full compaction. Thread-safety:
// one thread at a time, with nobody else on the directory. Blocking: the disk.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/base/result.h"

namespace duban {

[[nodiscard]] std::string rocksdb_version();

// Write batches as RocksDB's log holds them, in their order.
struct RecordedBatches {
    std::vector<std::string> batches;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
};

// The number of the last row that was ever written. Errors: storage_failed.
[[nodiscard]] Result<std::uint64_t> last_row(const std::string& data);
// What was written after that row, read back from the write-ahead log. Errors: storage_failed, also
// when a part of the log is gone because its rows were flushed.
[[nodiscard]] Result<RecordedBatches> batches_after(const std::string& data, std::uint64_t row);

// Writes them to a new database in that directory, set up as the server's own, each with a sync.
// Seconds that the writes took. Errors: storage_failed.
[[nodiscard]] Result<double> write_bare(const std::string& data, const RecordedBatches& recorded);

// Flushes and compacts every family. Errors: storage_failed.
[[nodiscard]] Status compact(const std::string& data);

}  // namespace duban
