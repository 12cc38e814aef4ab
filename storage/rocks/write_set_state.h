// What a WriteSet is made of. Included by the sources of Database and WriteSet only.
// Thread-safety: one thread at a time.
#pragma once

#include <rocksdb/write_batch.h>

#include "storage/rocks/database_state.h"

namespace duban {

struct WriteSet::State {
    const Database::State* database = nullptr;
    rocksdb::WriteBatch batch;
};

}  // namespace duban
