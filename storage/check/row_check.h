// check_rows: whether the rows of the families beside the log read: credentials, sessions, access
// records, those of files, and the database's own. Faults go into a report; only a failing disk is
// an error. One row is in memory at a time, and the names of uploads.
// Thread-safety: one thread at a time.
#pragma once

#include "storage/check/rebuild.h"

namespace duban {

// Errors: storage_failed.
[[nodiscard]] Status check_rows(const Snapshot& snapshot, CheckReport& report);

}  // namespace duban
