#include "tools/bench/rocks.h"

#include <rocksdb/db.h>
#include <rocksdb/transaction_log.h>
#include <rocksdb/version.h>
#include <rocksdb/write_batch.h>

#include <memory>

#include "storage/rocks/database_options.h"
#include "storage/rocks/status.h"
#include "tools/bench/process_use.h"

namespace duban {
namespace {

enum class OpenMode { create, write, read };

// An open database with its column families, closed with its object.
class Rocks {
public:
    Rocks() = default;
    ~Rocks() {
        if (!db_) return;
        for (auto* handle : handles_) (void)db_->DestroyColumnFamilyHandle(handle);
        (void)db_->Close();
    }
    Rocks(const Rocks&) = delete;
    Rocks& operator=(const Rocks&) = delete;

    Status open(const std::string& path, OpenMode mode) {
        DatabaseOptions own;
        own.path = path;
        auto options = database_options(own);
        options.create_if_missing = mode == OpenMode::create;
        rocksdb::DB* db = nullptr;
        const auto opened =
            mode == OpenMode::read
                ? rocksdb::DB::OpenForReadOnly(options, path, family_descriptors(), &handles_, &db)
                : rocksdb::DB::Open(options, path, family_descriptors(), &handles_, &db);
        db_.reset(db);
        return to_status(opened, "opening " + path);
    }
    [[nodiscard]] rocksdb::DB& db() { return *db_; }
    [[nodiscard]] const std::vector<rocksdb::ColumnFamilyHandle*>& handles() const {
        return handles_;
    }

private:
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace

std::string rocksdb_version() {
    return rocksdb::GetRocksVersionAsString();
}

Result<std::uint64_t> last_row(const std::string& data) {
    Rocks rocks;
    if (Status opened = rocks.open(data, OpenMode::read); !opened) {
        return tl::unexpected<Error>(opened.error());
    }
    return rocks.db().GetLatestSequenceNumber();
}

Result<RecordedBatches> batches_after(const std::string& data, std::uint64_t row) {
    Rocks rocks;
    if (Status opened = rocks.open(data, OpenMode::read); !opened) {
        return tl::unexpected<Error>(opened.error());
    }
    std::unique_ptr<rocksdb::TransactionLogIterator> log;
    if (Status found = to_status(rocks.db().GetUpdatesSince(row + 1, &log), "reading the WAL");
        !found) {
        return tl::unexpected<Error>(found.error());
    }
    RecordedBatches recorded;
    std::uint64_t next = row + 1;
    for (; log->Valid(); log->Next()) {
        const rocksdb::BatchResult batch = log->GetBatch();
        if (batch.sequence != next) break;
        next += batch.writeBatchPtr->Count();
        recorded.rows += batch.writeBatchPtr->Count();
        recorded.bytes += batch.writeBatchPtr->GetDataSize();
        recorded.batches.push_back(batch.writeBatchPtr->Data());
    }
    if (Status read = to_status(log->status(), "reading the WAL"); !read) {
        return tl::unexpected<Error>(read.error());
    }
    if (next == rocks.db().GetLatestSequenceNumber() + 1) return recorded;
    return fail(Errc::storage_failed, "a part of the WAL is gone: measure fewer commands");
}

Result<double> write_bare(const std::string& data, const RecordedBatches& recorded) {
    Rocks rocks;
    if (Status opened = rocks.open(data, OpenMode::create); !opened) {
        return tl::unexpected<Error>(opened.error());
    }
    std::vector<rocksdb::WriteBatch> batches;
    batches.reserve(recorded.batches.size());
    for (const std::string& bytes : recorded.batches) batches.emplace_back(bytes);
    rocksdb::WriteOptions synced;
    synced.sync = true;
    const Stopwatch watch;
    for (rocksdb::WriteBatch& batch : batches) {
        if (Status written = to_status(rocks.db().Write(synced, &batch), "writing"); !written) {
            return tl::unexpected<Error>(written.error());
        }
    }
    return watch.wall_s();
}

Status compact(const std::string& data) {
    Rocks rocks;
    Status done = rocks.open(data, OpenMode::write);
    for (auto* family : rocks.handles()) {
        if (!done) return done;
        rocksdb::CompactRangeOptions all;
        all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
        done = to_status(rocks.db().CompactRange(all, family, nullptr, nullptr), "compacting");
    }
    return done;
}

}  // namespace duban
