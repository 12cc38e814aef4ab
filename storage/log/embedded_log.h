// EmbeddedLog: the SequencedLog of one machine: record, views and answers go to RocksDB in one
// synced write. Does not own the database or the applier; both outlive it.
// Thread-safety: as SequencedLog. After a failed write every further append fails: the process is
// to stop and recover, an fsync is never tried again.
#pragma once

#include <memory>
#include <optional>

#include "storage/log/batch_applier.h"
#include "storage/log/sequenced_log.h"
#include "storage/rocks/database.h"

namespace duban {

class EmbeddedLog final : public SequencedLog {
public:
    // Errors: corrupt when the stored head does not fit the last batch.
    [[nodiscard]] static Result<std::unique_ptr<EmbeddedLog>> open(Database& database,
                                                                   BatchApplier& applier);
    ~EmbeddedLog() override;

    [[nodiscard]] Status append(BatchSeq expected, const LogBatch& batch) override;
    [[nodiscard]] Result<std::vector<LogBatch>> read(BatchSeq from,
                                                     std::size_t count) const override;
    [[nodiscard]] Status tail(BatchSeq from,
                              const std::function<bool(const LogBatch&)>& on_batch) const override;
    [[nodiscard]] LogHead head() const override;

private:
    struct State;
    explicit EmbeddedLog(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// The head that a snapshot holds (the empty log's head when there is none). Errors: corrupt.
[[nodiscard]] Result<LogHead> read_head(const Snapshot& snapshot);

// Whether head, last batch and last event fit together. Errors: corrupt, storage_failed.
[[nodiscard]] Status check_log_end(const Snapshot& snapshot);

// The answer that a command id got, if any. Errors: corrupt, storage_failed.
[[nodiscard]] Result<std::optional<Outcome>> find_outcome(const Database& database,
                                                          const CommandId& id);

}  // namespace duban
