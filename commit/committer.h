// Committer: the one writer of the log. A deciding thread takes whatever commands are ready,
// decides each on the World, folds the events and builds a batch; a writing thread makes the batch
// durable and publishes it while the next one is being built. Not a scheduler: it knows no timer; a
// batch is as large as what came in while the disk was busy. When another node's batch has taken
// the place of ours, world, heads and ids go back to the durable state and everything that was not
// durable is decided again, in its order. Does not own what it is given; all of
// it outlives the Committer. Thread-safety: submit, record and head are safe for concurrent use;
// start and stop by one thread. Blocking: submit and record never wait.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "commit/clock.h"
#include "commit/command_sink.h"
#include "commit/commit_applier.h"
#include "commit/durable_head.h"
#include "commit/event_ring.h"
#include "storage/fold/projection.h"
#include "storage/log/sequenced_log.h"
#include "storage/rocks/database.h"

namespace duban {

// What one commit cost; for metrics.
struct CommitStats {
    std::size_t commands = 0;
    std::size_t events = 0;
    std::chrono::nanoseconds write{0};  // append, sync included
};

struct CommitterOptions {
    std::size_t queue_max = 4096;                    // commands and access records that wait
    std::size_t queue_bytes_max = 64 * 1024 * 1024;  // of their content
    std::size_t batch_commands_max = 512;
    std::size_t batch_bytes_max = 4 * 1024 * 1024;
    // The write or sync of a batch failed: nothing more may be acknowledged. The server's own ends
    // the process; afterwards the committer answers storage_failed to everything.
    std::function<void(const Error&)> on_fatal;
    std::function<void(const CommitStats&)> on_commit;
};

class Committer final : public CommandSink {
public:
    struct Parts {
        Database& database;
        SequencedLog& log;
        Projection& projection;
        CommitApplier& applier;
        EventRing& ring;
        DurableHead& head;
        const Clock& clock;
        IdSource& ids;
    };
    Committer(Parts parts, CommitterOptions options);
    ~Committer() override;  // stops

    void start();
    // Decides and makes durable what was submitted before, then joins the threads. Later
    // submissions are answered draining.
    void stop();

    void submit(CommandRequest request, CommandDone done) override;
    void record(AccessRecord access, std::function<void(Status)> done) override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban
