#include "storage/rocks/status.h"

namespace duban {

Status to_status(const rocksdb::Status& status, const std::string& doing) {
    if (status.ok()) return {};
    std::string detail = doing + " failed: " + status.ToString();
    if (status.IsIOError() && detail.find("lock") != std::string::npos) {
        detail = doing + " failed: another process has the database open; stop it first (" +
                 detail + ")";
    }
    return fail(Errc::storage_failed, std::move(detail));
}

}  // namespace duban
