// Checks what export_log wrote, without the server: signature, every tile against the tiles below
// it, every entry against its leaf, the root; and, with a data directory, that its log begins with
// what was exported and that the bytes of each event are those that were signed for.
// Thread-safety: safe for concurrent use. Blocking.
#pragma once

#include <string>
#include <vector>

#include "storage/rocks/database.h"
#include "tools/cli/audit/log_folder.h"

namespace duban {

struct VerifiedStep {
    std::string check;  // signature, tiles, entries, root, log
    std::string fault;  // "": it holds
    std::string where;  // the file, or the position, of the first fault
};
struct VerifyReport {
    Checkpoint checkpoint;
    std::vector<VerifiedStep> steps;  // ends with the first that does not hold
    [[nodiscard]] bool holds() const;
};

// `database` may be nullptr. Errors: storage_failed (what is wrong with the export is no error).
[[nodiscard]] Result<VerifyReport> verify_log(const LogFolder& folder, const NoteVerifier& key,
                                              const Database* database);
// As JSON text of one line.
[[nodiscard]] std::string report_text(const VerifyReport& report);

}  // namespace duban
