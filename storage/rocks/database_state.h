// What a Database is made of. Included by the sources of Database, Snapshot and WriteSet only.
// Thread-safety: safe for concurrent use.
#pragma once

#include <rocksdb/db.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/rocks/database.h"
#include "storage/rocks/row_faults.h"

namespace duban {

[[nodiscard]] inline rocksdb::Slice slice(std::string_view text) {
    return {text.data(), text.size()};
}

struct Database::State {
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();

    [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Family family) const {
        return handles[static_cast<std::size_t>(family)];
    }

    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;  // in the order of Family
    std::string log_id;
    std::atomic<bool> failed = false;
    mutable RowFaults row_faults;
};

}  // namespace duban
