// CommitApplier: the apply step of a commit: the projection's changes, and the access records that
// the committer wants durable together with the batch.
// Does not own the projection. Thread-safety: as the projection for apply; stage and unstage are
// safe for concurrent use with it.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "storage/beside/access_log.h"
#include "storage/fold/projection.h"
#include "storage/log/batch_applier.h"

namespace duban {

class CommitApplier final : public BatchApplier {
public:
    CommitApplier(Projection& projection, AccessLog access);

    // The records become durable with the batch of that hash, and with no other.
    void stage(const Digest& batch, std::vector<AccessRecord> records);
    // That batch will never be.
    void unstage(const Digest& batch);
    [[nodiscard]] Status apply(const LogBatch& batch, WriteSet& changes) override;
    // Records without a batch.
    void add_access(const std::vector<AccessRecord>& records, WriteSet& changes);

private:
    Projection& projection_;
    AccessLog access_;
    std::mutex mutex_;
    std::map<Digest, std::vector<AccessRecord>> staged_;
};

}  // namespace duban
