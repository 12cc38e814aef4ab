// Projection: folds events into the World and into the changes of views, indexes and timers. The
// same code serves the committer (live) and a rebuild (replay).
// Live, the committer folds each event as it is decided and seals the batch; the log's driver then
// takes the sealed changes through apply(). A batch that was not folded here (replayed, or come
// from another node) is folded by apply() itself. Thread-safety: fold, seal and the World by one
// thread at a time; apply by another one thread; the sealed changes pass between the two under a
// lock.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "storage/fold/world.h"
#include "storage/log/batch_applier.h"
#include "storage/views/view.h"

namespace duban {

class Projection final : public BatchApplier {
public:
    // `views` is the generation of views to write: the present one, or the one being rebuilt.
    Projection(World world, ViewGeneration views);

    [[nodiscard]] World& world() { return world_; }

    // Folds one event. Errors: corrupt, storage_failed (from loading the task).
    [[nodiscard]] Status fold(const EventRecord& record, BatchSeq seq);
    // Ends the batch: its changes wait for apply().
    void seal(BatchSeq seq);
    // The changes folded and not sealed, the last one for each row, in the order of keys: for those
    // who write or compare them themselves.
    [[nodiscard]] ViewChanges take();

    [[nodiscard]] Status apply(const LogBatch& batch, WriteSet& changes) override;

private:
    [[nodiscard]] Status fold_task(const EventRecord& record, const Stamp& stamp, BatchSeq seq);
    void project(const Change& change);

    World world_;
    ViewGeneration views_;
    ViewChanges pending_;
    std::mutex mutex_;
    std::map<BatchSeq, ViewChanges> sealed_;
};

}  // namespace duban
