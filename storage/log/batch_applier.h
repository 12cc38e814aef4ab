// BatchApplier: the apply step: what a durable batch changes besides the log itself. A driver calls
// it exactly once for each batch, in order, and makes its changes durable together with the batch.
// Thread-safety: one thread at a time.
#pragma once

#include "storage/log/log_batch.h"
#include "storage/rocks/database.h"

namespace duban {

class BatchApplier {
public:
    virtual ~BatchApplier() = default;
    // After an error the driver writes nothing and appends no more. Errors: corrupt,
    // storage_failed.
    [[nodiscard]] virtual Status apply(const LogBatch& batch, WriteSet& changes) = 0;
};

}  // namespace duban
