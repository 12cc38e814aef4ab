// How RocksDB is set up: names and options of the column families, and of the database.
// Thread-safety: safe for concurrent use.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <string>
#include <vector>

#include "storage/rocks/database.h"

namespace duban {

inline constexpr std::size_t block_cache_bytes = 256ULL << 20;
inline constexpr std::size_t write_buffers_bytes = 256ULL << 20;
inline constexpr std::size_t wal_bytes_max = 512ULL << 20;
inline constexpr std::size_t blob_value_bytes_min = 4096;

[[nodiscard]] const char* family_name(Family family);
// Every family in the order of `Family`, then RocksDB's own "default", which stays empty.
[[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors();
[[nodiscard]] rocksdb::DBOptions database_options(const DatabaseOptions& options);

}  // namespace duban
