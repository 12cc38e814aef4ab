// Reading the `evidence` of a command: files that were uploaded before, by their digests.
// Blocking: reads the disk. Thread-safety: safe for concurrent use.
#pragma once

#include <vector>

#include "api/rpc/method.h"
#include "domain/report/report.h"

namespace duban {

[[nodiscard]] schema::Member evidence_member();
// Those that the caller may read: nobody opens another's file by naming its digest. Empty when none
// are named. Requires: evidence_member has passed them. Errors: not_found (evidence[i]).
[[nodiscard]] Result<std::vector<Evidence>> evidence_in(const CommandScope& scope);
// Marks a method that looks files up; a call without them asks nothing of the disk.
[[nodiscard]] Method reading_evidence(Method method);

}  // namespace duban
