// What lies in a data directory before a database is opened there: nothing, a database, or the
// rest of one. Looks only, but for clear_unfinished.
// Thread-safety: safe for concurrent use. Blocking: every call waits for the disk.
#pragma once

#include <rocksdb/env.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "domain/base/result.h"
#include "storage/rocks/witness.h"

namespace duban {

enum class Contents { nothing, unfinished, database };

struct DirectoryLook {
    Contents contents = Contents::nothing;
    WitnessRecord witness;        // of a database; empty when its word is not asked for
    std::uint64_t log_bytes = 0;  // of the log files, which an opening writes out
};

// `accept_end`: the witness may be missing, damaged or ahead. Errors: corrupt (traces of a database
// and no witness, a damaged one, no list of files, or a shorter one than was noted),
// storage_failed.
[[nodiscard]] Result<DirectoryLook> look_into(rocksdb::Env& env, const std::string& directory,
                                              bool accept_end);

// Removes what a broken-off making left, all but the witness that says so. Errors: storage_failed.
[[nodiscard]] Status clear_unfinished(rocksdb::Env& env, const std::string& directory);

// The number that a name such as "MANIFEST-000012" or "/MANIFEST-000012" ends with.
[[nodiscard]] std::optional<std::uint64_t> manifest_number(const std::string& name);

// A reader's hold on a directory on the disk: no process can open it for writing meanwhile. Makes
// no file.
class DirectoryLock {
public:
    // Errors: storage_failed when a process writes there.
    [[nodiscard]] static Result<std::shared_ptr<DirectoryLock>> hold(const std::string& directory);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

private:
    explicit DirectoryLock(int file) : file_(file) {}
    int file_;  // -1 when the directory has no lock file
};

}  // namespace duban
