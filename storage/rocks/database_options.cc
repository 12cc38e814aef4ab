#include "storage/rocks/database_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>

#include "storage/rocks/info_log.h"

namespace duban {
namespace {

// Names that reach disk, in the order of Family: never change one.
constexpr std::array<const char*, family_count> family_names = {
    "event", "batch", "stream", "head",       "command", "view", "index",
    "timer", "blob",  "access", "credential", "session", "meta", "tree"};

// Families that are asked for single keys, most of which are absent.
bool is_point_family(Family family) {
    return family == Family::command || family == Family::head || family == Family::stream ||
           family == Family::view || family == Family::session;
}

rocksdb::CompressionType first_supported(std::initializer_list<rocksdb::CompressionType> wanted) {
    const auto supported = rocksdb::GetSupportedCompressions();
    for (const auto type : wanted) {
        if (std::find(supported.begin(), supported.end(), type) != supported.end()) return type;
    }
    return rocksdb::kNoCompression;
}

rocksdb::ColumnFamilyOptions family_options(Family family,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::ColumnFamilyOptions options;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.cache_index_and_filter_blocks = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    table.format_version = 5;
    if (is_point_family(family)) {
        table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
        table.whole_key_filtering = true;
    }
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    options.compression = first_supported({rocksdb::kLZ4Compression, rocksdb::kSnappyCompression});
    options.bottommost_compression =
        first_supported({rocksdb::kZSTD, rocksdb::kLZ4Compression, rocksdb::kSnappyCompression});
    if (family == Family::blob) {
        options.enable_blob_files = true;
        options.min_blob_size = blob_value_bytes_min;
        options.enable_blob_garbage_collection = true;
        options.blob_compression_type = rocksdb::kNoCompression;
    }
    return options;
}

}  // namespace

const char* family_name(Family family) {
    return family_names[static_cast<std::size_t>(family)];
}

std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors() {
    const auto cache = rocksdb::NewLRUCache(block_cache_bytes);
    std::vector<rocksdb::ColumnFamilyDescriptor> all;
    for (int i = 0; i < family_count; ++i) {
        all.emplace_back(family_names[static_cast<std::size_t>(i)],
                         family_options(static_cast<Family>(i), cache));
    }
    all.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions{});
    return all;
}

rocksdb::DBOptions database_options(const DatabaseOptions& options) {
    rocksdb::DBOptions all;
    if (options.env != nullptr) all.env = options.env;
    // Database::open() says when there is to be a new one.
    all.create_if_missing = false;
    all.info_log = make_info_log(options.on_word);
    all.create_missing_column_families = true;
    all.paranoid_checks = true;
    // A torn last record was never acknowledged and may go; damage anywhere before it must stop the
    // server. kPointInTimeRecovery, the default, would instead end the replay there in silence and
    // lose acknowledged batches. RocksDB switches log recycling off in this mode, since the rest of
    // a recycled file cannot be told from a torn tail; the file's size is then part of every sync.
    all.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    all.recycle_log_file_num = 0;
    // A missing or shortened older WAL is found at open.
    all.track_and_verify_wals_in_manifest = true;
    // A failed fsync may have dropped the pages for good: nothing may be tried again behind our
    // back.
    all.max_bgerror_resume_count = 0;
    // Every write goes through the WAL, so the families recover together without atomic flush.
    all.atomic_flush = false;
    all.max_total_wal_size = wal_bytes_max;
    all.db_write_buffer_size = write_buffers_bytes;
    all.max_open_files = options.open_files_max;
    // What is free on the disk has to be what can be written: log files are not grown ahead.
    all.allow_fallocate = false;
    all.max_background_jobs = 4;
    all.bytes_per_sync = 1ULL << 20;
    return all;
}

}  // namespace duban
