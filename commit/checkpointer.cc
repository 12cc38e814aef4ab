#include "commit/checkpointer.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "storage/tlog/log_tree.h"

namespace duban {

Checkpointer::Checkpointer(Database& database, const DurableHead& head, const NoteSigner& signer)
    : database_(database), head_(head), signer_(signer) {}

Checkpointer::~Checkpointer() {
    stop();
}

void Checkpointer::start() {
    thread_ = std::thread([this] { run(); });
}

void Checkpointer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Checkpointer::run() {
    bool told = false;
    for (bool last = false; !last;) {
        {
            std::unique_lock lock(mutex_);
            last = changed_.wait_for(lock, sign_interval, [this] { return stopping_; });
        }
        const auto made = sign();
        // A full disk is told once, not every second.
        if (!made && !told) spdlog::error("no checkpoint is signed: {}", made.error().detail);
        told = !made.has_value();
    }
}

Result<StoredCheckpoint> Checkpointer::sign() {
    const std::lock_guard lock(signing_);
    // Synced, and therefore in any snapshot from here on.
    const std::uint64_t size = head_.next().value;
    const Snapshot snapshot(database_);
    if (!newest_) {
        auto known = newest_checkpoint(snapshot);
        if (!known) return tl::unexpected(known.error());
        newest_ = std::move(*known);
    }
    const bool ours = newest_ && newest_->checkpoint.origin == verifier().name;
    if (ours && newest_->checkpoint.size == size) return *newest_;
    TreeReader tree(snapshot, size);
    const auto root = tree_root(size, tree.reader());
    if (!root) return tl::unexpected(root.error());
    StoredCheckpoint made{{verifier().name, size, *root}, {}};
    made.note = signer_.sign(checkpoint_text(made.checkpoint));
    WriteSet changes(database_);
    put_checkpoint(changes, size, made.note);
    if (Status written = database_.write(changes); !written) {
        return tl::unexpected(written.error());
    }
    newest_ = made;
    return made;
}

}  // namespace duban
