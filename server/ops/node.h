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

namespace duban {

struct NodeOptions {
    std::string data;
    bool create = false;  // the database, and the directory with its parents
    std::size_t ring_bytes_max = ring_bytes_max_default;
    std::function<void(const CommitStats&)> on_commit;
};

class Node {
public:
    // The committer runs when it returns. Errors: as Database::open and EmbeddedLog::open.
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
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] IdSource& ids() { return ids_; }

private:
    Node() = default;
    [[nodiscard]] Status open_parts(NodeOptions options);

    SystemClock clock_;
    RandomIds ids_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<BlobStore> blobs_;
    std::unique_ptr<Projection> projection_;
    std::unique_ptr<CommitApplier> applier_;
    std::unique_ptr<EmbeddedLog> log_;
    std::unique_ptr<EventRing> ring_;
    std::unique_ptr<DurableHead> head_;
    std::unique_ptr<Committer> committer_;
};

}  // namespace duban
