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
    tree,        // tiles of the Merkle tree over the log and their roots
};
inline constexpr int family_count = 14;

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

// What a write is for, which says how much of the disk has to stay free after it.
enum class Room {
    upload,    // a piece of a file: the first that is refused when the disk fills
    command,   // a decided command
    upkeep,    // log-ins, log-outs, refusals, clearing up: refused last
    admitted,  // room_for() was asked before: not asked again
};

// Bytes that stay free on the disk, besides what is in memory and has still to be written there.
struct RoomFloors {
    std::uint64_t upload = 0;
    std::uint64_t command = 0;
    std::uint64_t upkeep = 0;
};

struct DatabaseOptions {
    std::string path;
    bool create = false;          // make the database when the directory has none
    rocksdb::Env* env = nullptr;  // tests: in-memory or failing; nullptr is the disk
    bool read_only = false;       // changes nothing in the directory and refuses every write
    // Takes the end that the log has for its end, whatever its witness says.
    bool accept_end = false;
    int open_files_max = 1024;
    RoomFloors floors{};
    // Whether what the database holds fits together. Asked before anything in the directory is
    // changed, with the database open for reading only.
    std::function<Status(const Database&)> verify{};
    // The first write or sync that failed, on whichever thread it did: nothing is written after
    // it. The server's own ends the process.
    std::function<void(const Error&)> on_failure{};
    // Warnings for the operator, from any thread.
    std::function<void(const std::string&)> on_word{};
};

class Database {
public:
    // Nothing is created, removed or rewritten in a directory that holds any trace of a database
    // and does not open whole: it is first opened for reading only, compared with its witness and
    // given to `verify`. A making that was broken off before anything was acknowledged is begun
    // anew.
    // Errors: not_found (no database and create is false), unsupported (an unknown format version),
    // corrupt (what the witness says was acknowledged is not there), storage_unavailable (the disk
    // is full or read-only; open it with read_only), storage_failed (also when another process has
    // it open; the detail says so), those of `verify`.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    ~Database();

    // Synced to disk when it returns. Errors: storage_unavailable (no room, nothing was written),
    // storage_failed (the outcome is unknown, and nothing more is written).
    [[nodiscard]] Status write(WriteSet& changes, Room purpose = Room::upkeep);
    // Whether that many more bytes may be written for that purpose. When it is tight, what is in
    // memory is written out first, which gives back the log files that hold it too.
    // Errors: storage_unavailable, with words for a client.
    [[nodiscard]] Status room_for(Room purpose, std::uint64_t bytes) const;
    // Reads every block of every family and compares it with its checksum, a row at a time.
    // `on_fault` gets the family's name, "all" for what is in no row, and the reason. The pieces of
    // files are read with `blobs` only. Errors: storage_failed (the disk does not read).
    [[nodiscard]] Status read_every_block(
        bool blobs,
        const std::function<void(const std::string& family, const std::string& reason)>& on_fault)
        const;
    // Latest value, without a snapshot.
    [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key) const;

    // Made when the database is created; names the log for ever: 26 characters.
    [[nodiscard]] const std::string& log_id() const;

    // Of all its snapshots.
    [[nodiscard]] RowFaults& row_faults() const;
    struct State;

private:
    friend class DatabaseOpener;
    friend class Snapshot;
    friend class WriteSet;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace duban
