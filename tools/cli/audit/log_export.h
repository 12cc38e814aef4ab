// Writes the proof of a log into a folder: every tile and bundle of entries of its tree, and a
// checkpoint that the key signs. Offline: nothing of the data directory is changed.
// Thread-safety: safe for concurrent use on different folders. Blocking.
#pragma once

#include "storage/rocks/database.h"
#include "tools/cli/audit/log_folder.h"

namespace duban {

// The folder is new, or holds an earlier export of the same log under the same key, to which is
// added; the log must begin with what was exported before. Errors: corrupt (it does not, or a row
// of the tree is missing), invalid_argument (another key), storage_failed.
[[nodiscard]] Result<Checkpoint> export_log(const Database& database, const LogFolder& folder,
                                            const NoteSigner& signer);

}  // namespace duban
