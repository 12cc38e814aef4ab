// What a Database is made of. Included by the sources of Database, Snapshot and WriteSet only.
// Thread-safety: safe for concurrent use.
#pragma once

#include <rocksdb/db.h>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "storage/rocks/database.h"
#include "storage/rocks/directory_look.h"
#include "storage/rocks/row_faults.h"
#include "storage/rocks/witness.h"

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

    // The first failure is told; nothing is written after it.
    void fail(const Error& error);
    // Tells the witness how far the list of files went.
    void note_manifest(rocksdb::DB& of);

    std::shared_ptr<DirectoryLock> lock;  // given back after the database is closed
    std::unique_ptr<Witness> witness;     // nullptr when it is open for reading only
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;  // in the order of Family
    bool read_only = false;
    std::string path;
    rocksdb::Env* env = nullptr;
    RoomFloors floors;
    std::function<void(const Error&)> on_failure;
    std::function<void(const std::string&)> on_word;
    std::string log_id;
    std::atomic<bool> failed = false;
    mutable RowFaults row_faults;
    std::array<std::atomic<bool>, 4> tight{};  // by Room: the last question was refused
    mutable std::mutex making_room;
};

}  // namespace duban
