// TestNode: a whole server below the sockets: database (in memory or in a directory), log,
// projection, committer, ring, with a clock that the test owns. Without threads of its own besides
// the committer's two.
// Thread-safety: as its parts; build and destroy on one thread.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "api/rpc/context.h"
#include "commit/committer.h"
#include "storage/log/embedded_log.h"
#include "tests/support/fake_clock.h"
#include "tests/support/raced_log.h"

namespace duban {

// A database that survives the node that uses it, as a disk does.
class TestDisk {
public:
    TestDisk();
    ~TestDisk();
    [[nodiscard]] rocksdb::Env* env() const;
    // Every later sync of the write-ahead log fails.
    void break_syncs();
    // Every later sync waits until it may pass or all are released, at most FaultyEnv::patience.
    void hold_syncs();
    [[nodiscard]] bool wait_for_held_sync();
    void let_one_sync_pass();
    void release_syncs();
    // What was not synced is gone. Requires: no node is on the disk.
    void lose_power();
    // What the disk says that it has. A TestNode keeps test_floors of it free.
    void leave_free(std::uint64_t bytes);

private:
    struct State;
    std::unique_ptr<State> state_;
};

inline constexpr RoomFloors test_floors = {64ULL << 20, 16ULL << 20, 8ULL << 20};

class TestNode {
public:
    explicit TestNode(TestDisk& disk, CommitterOptions options = {});
    ~TestNode();

    // Units jtj, jzy, rsj, office, zone, audit, admin with clerk, section and head where fitting,
    // the default route, and plan "p" with tasks 1 (lead jtj, co jzy, three indicators) and 2 (lead
    // rsj).
    void set_up_office();

    // Submits and waits. The reply is {"result":…} or {"error":…}, with the failure of the sink
    // itself as {"failed":kind}.
    nlohmann::json run(const std::string& actor, Command command, std::string id = {},
                       std::string content = {});
    // The request that run() sends.
    CommandRequest request(const std::string& actor, Command command, std::string id = {},
                           std::string content = {});
    nlohmann::json wait_for(CommandRequest request);

    // All events of the log in order, as their canonical bytes.
    [[nodiscard]] std::vector<std::string> log_bytes() const;
    [[nodiscard]] TaskState task(const std::string& id) const;

    // The committer's threads end; what was accepted is durable.
    void stop();
    // Stops, forgets all that is in memory and opens the disk again. Clock, ids and the numbers of
    // commands go on.
    void restart();

    [[nodiscard]] Database& database() { return *database_; }
    [[nodiscard]] Committer& committer() { return *committer_; }
    // Before whose appends another node's batches may get in.
    [[nodiscard]] RacedLog& log() { return *raced_; }
    // What another node on the same log would append for that command.
    [[nodiscard]] LogBatch batch_of_another_node(CommandRequest request);
    [[nodiscard]] EventRing& ring() { return *ring_; }
    [[nodiscard]] DurableHead& head() { return *head_; }
    [[nodiscard]] FakeClock& clock() { return clock_; }
    [[nodiscard]] FakeIds& ids() { return ids_; }

private:
    void open();

    TestDisk& disk_;
    CommitterOptions options_;
    FakeClock clock_;
    FakeIds ids_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Projection> projection_;
    std::unique_ptr<CommitApplier> applier_;
    std::unique_ptr<EmbeddedLog> log_;
    std::unique_ptr<RacedLog> raced_;
    std::unique_ptr<EventRing> ring_;
    std::unique_ptr<DurableHead> head_;
    std::unique_ptr<Committer> committer_;
    std::atomic<std::uint64_t> commands_{0};
};

// A report of 2 teachers, 2 courses and 0 bases on task p/1.
[[nodiscard]] ReportContent small_report();

}  // namespace duban
