// Node: a data directory that is open for work: database, log, views, committer, ring, blobs. What
// `serve` and the offline commands share. Opens its parts in the right order and takes them down in
// reverse. No sockets and no timers.
// Thread-safety: the parts as they say; open, stop and the destructor by one thread. Blocking: open
// and stop wait for the disk.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "commit/committer.h"
#include "server/ops/clock.h"
#include "storage/beside/blob_store.h"
#include "storage/log/embedded_log.h"
#include "storage/tlog/signed_note.h"

namespace duban {

// Of the disk, kept free for the log: uploads end before it is touched. At most a quarter of a
// small disk.
inline constexpr std::uint64_t reserve_bytes_default = 256ULL * 1024 * 1024;

// How much of the reserve each kind of write leaves on a disk of that size.
[[nodiscard]] RoomFloors room_floors(std::uint64_t reserve_bytes, std::uint64_t disk_bytes);

// What every command on a data directory has in common: its log's end and its views are looked at
// before anything is changed, RocksDB's warnings go to the log, and the first failed write or sync
// ends the process.
[[nodiscard]] DatabaseOptions data_options(const std::string& data,
                                           std::uint64_t reserve_bytes = reserve_bytes_default);

struct NodeOptions {
    std::string data;
    bool create = false;  // the database, and the directory with its parents
    // Opens for reading when the disk is full or cannot be written: commands are answered
    // storage_unavailable, and the rest goes on.
    bool read_when_unwritable = false;
    std::uint64_t reserve_bytes = reserve_bytes_default;
    int store_files_max = DatabaseOptions{}.open_files_max;
    std::size_t ring_bytes_max = ring_bytes_max_default;
    std::function<void(const CommitStats&)> on_commit;
};

class Node {
public:
    // The committer runs when it returns. Makes the log's key where there is none. Errors: corrupt
    // where a checkpoint was signed for what the log is not; as open_log_key, Database::open and
    // EmbeddedLog::open, and what World, view generation and access log refuse.
    [[nodiscard]] static Result<std::unique_ptr<Node>> open(NodeOptions options);
    ~Node();  // stops
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    // What was accepted becomes durable; later commands are answered draining. Idempotent.
    void stop();

    [[nodiscard]] Database& database() { return *database_; }
    [[nodiscard]] CommandSink& commands() { return *committer_; }
    [[nodiscard]] EventRing& ring() { return *ring_; }
    [[nodiscard]] DurableHead& head() { return *head_; }
    [[nodiscard]] BlobStore& blobs() { return *blobs_; }
    // The key with which the log signs; nullptr where the record is open for reading only.
    [[nodiscard]] const NoteSigner* signer() const { return signer_.get(); }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] IdSource& ids() { return ids_; }

private:
    Node() = default;
    [[nodiscard]] Status open_database(const NodeOptions& options, bool& writable);
    [[nodiscard]] Status open_parts(NodeOptions options);

    SystemClock clock_;
    RandomIds ids_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<BlobStore> blobs_;
    std::unique_ptr<NoteSigner> signer_;
    std::unique_ptr<Projection> projection_;
    std::unique_ptr<CommitApplier> applier_;
    std::unique_ptr<EmbeddedLog> log_;
    std::unique_ptr<EventRing> ring_;
    std::unique_ptr<DurableHead> head_;
    std::unique_ptr<Committer> committer_;
};

}  // namespace duban
