// The one place where a RocksDB status becomes an Error.
// Thread-safety: safe for concurrent use.
#pragma once

#include <rocksdb/status.h>

#include <string>

#include "domain/base/result.h"

namespace duban {

// Success, or storage_failed with what was being done and RocksDB's own words.
[[nodiscard]] Status to_status(const rocksdb::Status& status, const std::string& doing);

}  // namespace duban
