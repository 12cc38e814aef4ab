#include "commit/commit_applier.h"

#include <utility>

namespace duban {

CommitApplier::CommitApplier(Projection& projection, AccessLog access)
    : projection_(projection), access_(access) {}

void CommitApplier::stage(const Digest& batch, std::vector<AccessRecord> records) {
    if (records.empty()) return;
    const std::lock_guard lock(mutex_);
    staged_[batch] = std::move(records);
}

void CommitApplier::unstage(const Digest& batch) {
    const std::lock_guard lock(mutex_);
    staged_.erase(batch);
}

Status CommitApplier::apply(const LogBatch& batch, WriteSet& changes) {
    if (Status applied = projection_.apply(batch, changes); !applied) return applied;
    std::vector<AccessRecord> records;
    {
        const std::lock_guard lock(mutex_);
        if (auto found = staged_.extract(batch.hash)) records = std::move(found.mapped());
    }
    add_access(records, changes);
    return {};
}

void CommitApplier::add_access(const std::vector<AccessRecord>& records, WriteSet& changes) {
    for (const AccessRecord& record : records) access_.add(record, changes);
}

}  // namespace duban
