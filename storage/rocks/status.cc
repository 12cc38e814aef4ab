#include "storage/rocks/status.h"

namespace duban {
namespace {

// RocksDB has no code for it.
bool is_held_lock(const std::string& detail) {
    for (const char* words : {"While lock file", "lock hold by", "lock is already held"}) {
        if (detail.find(words) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

Status to_status(const rocksdb::Status& status, const std::string& doing) {
    if (status.ok()) return {};
    std::string detail = doing + " failed: " + status.ToString();
    if (status.IsIOError() && is_held_lock(detail)) {
        detail = doing + " failed: another process has the database open; stop it first (" +
                 detail + ")";
    }
    return fail(Errc::storage_failed, std::move(detail));
}

}  // namespace duban
