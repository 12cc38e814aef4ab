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

// A hold on a directory on the disk: one process writes there, or any number read. Makes no file,
// so that a directory can be held that must not be changed, or that has nothing in it yet.
class DirectoryLock {
public:
    enum class Kind { readers, writer };
    // Errors: not_found (no directory), storage_failed (somebody holds it in a way that excludes
    // this one).
    [[nodiscard]] static Result<std::shared_ptr<DirectoryLock>> hold(const std::string& directory,
                                                                     Kind kind);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

private:
    explicit DirectoryLock(int directory) : directory_(directory) {}
    int directory_;
};

}  // namespace duban
