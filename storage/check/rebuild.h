// Rebuilding and checking: the views from the log, and the log in itself.
// Thread-safety: one thread at a time, with no committer running on the database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/rocks/database.h"

namespace duban {

struct ViewComparison {
    std::string view;
    std::uint64_t rows = 0;       // of the rebuilt view
    std::uint64_t differing = 0;  // missing, superfluous or unequal rows
    std::string first_key;        // hex of the first that differs
};

// not_compared: the present views have other versions than this build's.
enum class RebuildVerdict { equal, differ, not_compared };

struct RebuildReport {
    std::uint64_t events = 0;
    bool compared = false;
    std::vector<ViewComparison> views;  // with "index" and "timer" as last entries
    [[nodiscard]] RebuildVerdict verdict() const;
    // Compared, and no row differs.
    [[nodiscard]] bool equal() const { return verdict() == RebuildVerdict::equal; }
};

// Folds the whole log into the next generation, compares it with the present one, and swaps: the
// generation's number changes in one synced write. What an interrupted rebuild left is erased
// first. When the present views have other versions than this build's, the rows are counted and not
// compared.
// Errors: corrupt (also when the log does not end where its stored head says; the present
// generation stays), unsupported, storage_failed.
[[nodiscard]] Result<RebuildReport> rebuild_views(Database& database);

struct CheckFault {
    std::string what;   // "position", "stream revision", "prevhash", "canonical bytes", "batch
                        // hash", "view", "blob", …
    std::string where;  // position, stream, key or digest
    std::string detail;
};

struct CheckReport {
    std::uint64_t batches = 0;
    std::uint64_t events = 0;
    std::uint64_t streams = 0;
    std::uint64_t blobs = 0;         // files that were read
    std::vector<CheckFault> faults;  // at most faults_max
    static constexpr std::size_t faults_max = 100;
};

enum class CheckBlobs { yes, no };

// Verifies positions, stream revisions, hashes, canonical form, recorded times, heads, command
// outcomes and, by an own fold in memory, every row of every view, index and timer; of the files
// the bytes, which takes as long as reading them, and that those which the record names are there.
// Writes nothing. Errors: storage_failed (faults are not errors).
[[nodiscard]] Result<CheckReport> check_database(const Database& database,
                                                 CheckBlobs blobs = CheckBlobs::yes);

}  // namespace duban
