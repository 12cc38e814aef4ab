// Database: the one RocksDB of a data directory, with its column families, snapshots and writes.
// Owns the RocksDB handle; created by main() and destroyed after everything that uses it.
// Thread-safety: safe for concurrent use. Blocking: every call may wait for the disk.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/ids.h"
#include "domain/base/result.h"

namespace rocksdb {
class Env;
class WriteBatch;
}  // namespace rocksdb

namespace duban {

// Column families; the names on disk are those of design and docs/storage_format.md.
enum class Family {
    event,       // position -> canonical bytes
    batch,       // batch seq -> header
    stream,      // stream, revision -> position
    head,        // stream -> next revision, hash of the last event
    command,     // command id -> content digest, reply
    view,        // view number and version, key -> row
    index,       // dimension, value, position -> ""
    timer,       // due, name -> timer
    blob,        // digest -> meta; upload, chunk -> bytes (BlobDB)
    access,      // access number -> record (the second log)
    credential,  // person -> password hash
    session,     // token hash -> session
    meta,        // log id, format version, head
};
inline constexpr int family_count = 13;

class Database;
class RowFaults;

// A consistent view of the whole database at one moment. Must not outlive the Database.
class Snapshot {
public:
    explicit Snapshot(const Database& database);
    ~Snapshot();
    Snapshot(Snapshot&&) noexcept;
    Snapshot& operator=(Snapshot&&) = delete;

    // Errors: storage_failed. Absent is not an error.
    [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key) const;

    // Visits keys in order from `from` (inclusive) while they start with `prefix`; stops when
    // `visit` returns false. Iterator status is checked at the end. Errors: storage_failed.
    [[nodiscard]] Status scan(
        Family family, std::string_view prefix, std::string_view from,
        const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
    // The same from the last key <= `from` backwards.
    [[nodiscard]] Status scan_back(
        Family family, std::string_view prefix, std::string_view from,
        const std::function<bool(std::string_view key, std::string_view value)>& visit) const;

    // Where rows are told that cannot be read.
    [[nodiscard]] RowFaults& row_faults() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Changes that become durable together. Thread-safety: one thread at a time.
class WriteSet {
public:
    explicit WriteSet(const Database& database);
    ~WriteSet();
    WriteSet(WriteSet&&) noexcept;
    WriteSet& operator=(WriteSet&&) noexcept;

    void put(Family family, std::string_view key, std::string_view value);
    void erase(Family family, std::string_view key);
    void erase_prefix(Family family, std::string_view prefix);
    [[nodiscard]] bool empty() const;

private:
    friend class Database;
    struct State;
    std::unique_ptr<State> state_;
};

struct DatabaseOptions {
    std::string path;
    bool create = false;          // make the database when the directory has none
    rocksdb::Env* env = nullptr;  // tests: in-memory or failing; nullptr is the disk
};

class Database {
public:
    // Errors: storage_failed (also when another process has it open; the detail says so),
    // not_found (no database and create is false), unsupported (an unknown format version).
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    ~Database();

    // Synced to disk when it returns. Errors: storage_failed.
    [[nodiscard]] Status write(WriteSet& changes);
    // Latest value, without a snapshot.
    [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key) const;

    // Made when the database is created; names the log for ever: 26 characters.
    [[nodiscard]] const std::string& log_id() const;

    // Of all its snapshots.
    [[nodiscard]] RowFaults& row_faults() const;

private:
    friend class Snapshot;
    friend class WriteSet;
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace duban
