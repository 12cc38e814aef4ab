#include "storage/beside/blob_keys.h"
#include "storage/rocks/database_options.h"
#include "storage/rocks/database_state.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/status.h"

namespace duban {
namespace {

rocksdb::ReadOptions checking() {
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    options.fill_cache = false;
    return options;
}

// One row at a time is in memory. `from` and `end` may be "", which is no bound.
rocksdb::Status read_rows(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle,
                          const std::string& from, const std::string& end) {
    auto options = checking();
    const rocksdb::Slice bound = slice(end);
    if (!end.empty()) options.iterate_upper_bound = &bound;
    const std::unique_ptr<rocksdb::Iterator> it(db.NewIterator(options, handle));
    for (it->Seek(slice(from)); it->Valid();) it->Next();
    return it->status();
}

}  // namespace

Status Database::read_every_block(
    bool blobs,
    const std::function<void(const std::string& family, const std::string& reason)>& on_fault)
    const {
    Status all;
    const auto note = [&](const char* family, const rocksdb::Status& read) {
        if (read.IsIOError() && all) all = to_status(read, std::string("reading ") + family);
        if (!read.ok() && !read.IsIOError()) on_fault(family, read.ToString());
    };
    const std::string pieces(1, blob_chunk_rows);
    for (int i = 0; i < family_count; ++i) {
        const auto family = static_cast<Family>(i);
        const char* name = family_name(family);
        if (family == Family::blob && !blobs) {
            note(name, read_rows(*state_->db, state_->handle(family), "", pieces));
            note(name, read_rows(*state_->db, state_->handle(family), after_prefix(pieces), ""));
        } else {
            note(name, read_rows(*state_->db, state_->handle(family), "", ""));
        }
    }
    // Reading rows leaves out filters and what newer rows hide.
    note("all", state_->db->VerifyChecksum(checking()));
    return all;
}

}  // namespace duban
