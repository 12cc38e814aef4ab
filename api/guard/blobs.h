// Who may bring and read evidence.
// Thread-safety: safe for concurrent use. Blocking: may wait for the disk.
#pragma once

#include "api/rpc/context.h"
#include "api/rpc/dispatcher.h"
#include "domain/directory/access.h"

namespace duban {

// Whether the caller may upload: whoever reads business data. Errors: unauthenticated, forbidden.
[[nodiscard]] Status may_upload_blob(const ApiContext& context, const Caller& caller);

// Whether an event that the reader may see names the blob. Errors: storage_failed, corrupt.
[[nodiscard]] Result<bool> may_read_blob(const Snapshot& snapshot, const Access& access,
                                         const Digest& digest);

// The blob, for a caller who may read it: who brought it, and whoever sees an event that names it.
// Errors: not_found, also for one who may not; unauthenticated.
[[nodiscard]] Result<BlobInfo> open_blob(const ApiContext& context, const Caller& caller,
                                         const Digest& digest);

// What a report that the caller may see calls the blob; "" when none does.
// Errors: storage_failed, corrupt.
[[nodiscard]] Result<std::string> name_of_blob(const ApiContext& context, const Caller& caller,
                                               const Digest& digest);

}  // namespace duban
