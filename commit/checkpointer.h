// Checkpointer: signs how far the log has got, and the root of its tree there. What it signs is on
// the disk before, with its tree, and what it has signed is on the disk before anybody is given it.
// Not exact: a checkpoint follows within sign_interval of the newest event, or at once when asked.
// Does not own what it is given. Thread-safety: start and stop by one thread; the rest is safe for
// concurrent use. Blocking: reads the tree, writes and syncs; runs a thread of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "commit/durable_head.h"
#include "storage/rocks/database.h"
#include "storage/tlog/checkpoint_rows.h"
#include "storage/tlog/signed_note.h"

namespace duban {

class Checkpointer {
public:
    static constexpr std::chrono::milliseconds sign_interval{1000};

    Checkpointer(Database& database, const DurableHead& head, const NoteSigner& signer);
    ~Checkpointer();  // stops

    void start();
    // What is durable by then is signed for.
    void stop();

    // The key whose signatures these are.
    [[nodiscard]] const NoteVerifier& verifier() const { return signer_.verifier(); }

    // The newest, with everything that is durable when it is called. Errors: storage_unavailable
    // (no room), corrupt, storage_failed.
    [[nodiscard]] Result<StoredCheckpoint> sign();

private:
    void run();

    Database& database_;
    const DurableHead& head_;
    const NoteSigner& signer_;
    std::mutex signing_;
    std::optional<StoredCheckpoint> newest_;  // under signing_
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace duban
