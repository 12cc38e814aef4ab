// Projection: folds events into the World and into the changes of views, indexes and timers. The
// same code serves the committer (live) and a rebuild (replay).
// Live, the committer folds each event as it is decided and seals the batch; the log's driver then
// takes the sealed changes through apply(). A batch that was not sealed here, of another node under
// the same number or of a replay, is folded by apply() itself, from its events on the durable
// state: the World may have run ahead of it with a batch that will never be. Thread-safety: fold,
// seal, roll_back and the World by one thread at a time; apply and take_folded by another one
// thread; the sealed changes pass between the two under a lock.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "domain/approval/addressees.h"
#include "storage/fold/world.h"
#include "storage/log/batch_applier.h"
#include "storage/views/view.h"

namespace duban {

// A World, and the row changes of the events that it was given.
class Fold {
public:
    Fold(World world, ViewGeneration views) : world_(std::move(world)), views_(views) {}

    [[nodiscard]] World& world() { return world_; }

    // Errors: corrupt, storage_failed (from loading the task).
    [[nodiscard]] Status add(const EventRecord& record, BatchSeq seq);
    // To whom the last one is of concern; nobody for an event that is of no task.
    [[nodiscard]] Addressees take_addressees() { return std::exchange(to_, {}); }
    // The changes since the last call, the last one for each row, in the order of keys.
    [[nodiscard]] ViewChanges take();

private:
    [[nodiscard]] Status add_to_task(const EventRecord& record, const Stamp& stamp, BatchSeq seq);
    void project(const Change& change);

    World world_;
    ViewGeneration views_;
    ViewChanges pending_;
    Addressees to_;
};

// What those who publish a batch need besides it.
struct FoldedBatch {
    std::vector<Addressees> to;                  // per event
    std::shared_ptr<const Directory> directory;  // after the batch
};

class Projection final : public BatchApplier {
public:
    // `views` is the generation of views to write: the present one, or the one being rebuilt.
    Projection(World world, ViewGeneration views);

    [[nodiscard]] World& world() { return live_.world(); }

    // Folds one event. Errors: corrupt, storage_failed (from loading the task).
    [[nodiscard]] Status fold(const EventRecord& record, BatchSeq seq) {
        return live_.add(record, seq);
    }
    // Of the event that was folded last.
    [[nodiscard]] Addressees take_addressees() { return live_.take_addressees(); }
    // Ends the batch: its changes wait for apply() of this very batch. Requires: its hash.
    void seal(const LogBatch& batch);
    // The changes folded and not sealed, the last one for each row, in the order of keys: for those
    // who write or compare them themselves.
    [[nodiscard]] ViewChanges take() { return live_.take(); }
    // Forgets everything that is not durable: the World is loaded anew, sealed changes are dropped.
    // Requires: apply() is not running. Errors: corrupt, unsupported, storage_failed.
    [[nodiscard]] Status roll_back();

    [[nodiscard]] Status apply(const LogBatch& batch, WriteSet& changes) override;
    // Of a batch that apply() folded itself, once; nothing for one that was sealed.
    [[nodiscard]] std::optional<FoldedBatch> take_folded(const LogBatch& batch);

private:
    [[nodiscard]] Result<ViewChanges> fold_foreign(const LogBatch& batch);

    Fold live_;
    ViewGeneration views_;
    const Database* database_;  // the World's
    std::mutex mutex_;
    std::map<Digest, ViewChanges> sealed_;  // by the hash of the batch, which covers its number
    // Applying thread only: the durable state after the batch follower_at_, when it was folded
    // here.
    std::optional<Fold> follower_;
    BatchSeq follower_at_;
    std::map<Digest, FoldedBatch> folded_;
};

}  // namespace duban
