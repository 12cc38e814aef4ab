// What RocksDB tells about itself, as words for the operator. RocksDB's own log is a file in the
// data directory whose failing writes can end the process; this one writes no file.
// Thread-safety: safe for concurrent use; the function may be called from any thread.
#pragma once

#include <rocksdb/env.h>

#include <memory>

#include "storage/rocks/database.h"

namespace duban {

// Errors go to `on_word`, the rest nowhere: its warnings are about its own doings. Never null,
// never throws, never fails.
[[nodiscard]] std::shared_ptr<rocksdb::Logger> make_info_log(
    std::function<void(const std::string&)> on_word);

}  // namespace duban
