// Witness: a small file beside the database that says what the database must hold at least: the
// number of its last acknowledged write, and how far its list of files (RocksDB's MANIFEST) went.
// RocksDB takes a log file that ends early, or is gone, for one that was never longer; this file
// is the second place from which the end is known. It also tells a database from one whose making
// was broken off. Not a log: it holds the newest state only, in two places in turn.
// Written after every write and synced with every `writes_per_sync`th and at a stop: after a kill
// it is exact, after a loss of power at most that many writes behind, and never ahead.
// Thread-safety: safe for concurrent use. Blocking: every call may wait for the disk.
// docs/storage_format.md has the bytes.
#pragma once

#include <rocksdb/env.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "domain/base/result.h"

namespace duban {

inline constexpr const char* witness_name = "duban.witness";

struct WitnessRecord {
    std::string log_id;                // "" while the database is being made
    std::uint64_t turn = 0;            // grows with every record
    std::uint64_t sequence = 0;        // RocksDB's number of the last acknowledged change
    std::uint64_t manifest = 0;        // number of the MANIFEST
    std::uint64_t manifest_bytes = 0;  // of it, what was synced
    bool operator==(const WitnessRecord&) const = default;
};

// What the directory's witness says; nothing when there is none. Errors: corrupt (of another
// length, or neither of its two places reads), storage_failed.
[[nodiscard]] Result<std::optional<WitnessRecord>> read_witness(rocksdb::Env& env,
                                                                const std::string& directory);

// Makes the file anew, synced together with its name. Errors: storage_failed.
[[nodiscard]] Status make_witness(rocksdb::Env& env, const std::string& directory,
                                  const WitnessRecord& record);

class Witness {
public:
    static constexpr std::uint64_t writes_per_sync = 256;

    // Goes on from the record that was read. Requires: a log id. Errors: storage_failed.
    [[nodiscard]] static Result<std::unique_ptr<Witness>> open(rocksdb::Env& env,
                                                               const std::string& directory,
                                                               WitnessRecord record);

    // The change of that number, and all before, are acknowledged. Errors of all: storage_failed.
    [[nodiscard]] Status note_write(std::uint64_t sequence);
    // A lower number, or fewer bytes of the same, than was noted before changes nothing.
    [[nodiscard]] Status note_manifest(std::uint64_t manifest, std::uint64_t bytes);
    [[nodiscard]] Status sync();

private:
    Witness(std::unique_ptr<rocksdb::RandomRWFile> file, WitnessRecord record)
        : file_(std::move(file)), record_(std::move(record)) {}
    [[nodiscard]] Status write();  // with mutex_

    std::unique_ptr<rocksdb::RandomRWFile> file_;
    std::mutex mutex_;
    WitnessRecord record_;        // guarded by mutex_
    std::uint64_t unsynced_ = 0;  // guarded by mutex_: writes since the last sync
};

}  // namespace duban
