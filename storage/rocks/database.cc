#include "storage/rocks/database.h"

#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include "storage/beside/random_name.h"
#include "storage/rocks/database_options.h"
#include "storage/rocks/database_state.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/status.h"
#include "storage/rocks/write_set_state.h"

namespace duban {
namespace {

constexpr std::string_view format_version = "1";

rocksdb::WriteOptions synced() {
    rocksdb::WriteOptions options;
    options.sync = true;
    return options;
}

Result<std::string> read_meta(const Database& database, std::string_view key) {
    auto value = database.get(Family::meta, key);
    if (!value) return tl::unexpected<Error>(value.error());
    return std::move(*value).value_or(std::string());
}

}  // namespace

Database::State::~State() {
    if (db == nullptr) return;
    for (auto* handle : handles) (void)db->DestroyColumnFamilyHandle(handle);
    (void)db->Close();
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
    const auto setup = database_options(options);
    if (!options.create && !setup.env->FileExists(options.path + "/CURRENT").ok()) {
        return fail(Errc::not_found, "there is no database in " + options.path);
    }
    auto state = std::make_unique<State>();
    rocksdb::DB* db = nullptr;
    const auto opened = to_status(
        rocksdb::DB::Open(setup, options.path, family_descriptors(), &state->handles, &db),
        "opening the database " + options.path);
    if (!opened) return tl::unexpected<Error>(opened.error());
    state->db.reset(db);
    std::unique_ptr<Database> database(new Database(std::move(state)));

    auto format = read_meta(*database, meta_format);
    if (!format) return tl::unexpected<Error>(format.error());
    if (format->empty()) {
        if (!options.create) return fail(Errc::not_found, "the database was never set up");
        WriteSet first(*database);
        first.put(Family::meta, meta_format, format_version);
        first.put(Family::meta, meta_log_id, random_name());
        if (auto ok = database->write(first); !ok) return tl::unexpected<Error>(ok.error());
    } else if (*format != format_version) {
        return fail(Errc::unsupported, "the database has format version " + *format +
                                           ", this build reads " + std::string(format_version));
    }
    auto log_id = read_meta(*database, meta_log_id);
    if (!log_id) return tl::unexpected<Error>(log_id.error());
    database->state_->log_id = std::move(*log_id);
    return database;
}

Status Database::write(WriteSet& changes) {
    if (state_->failed) {
        return fail(Errc::storage_failed, "an earlier write failed; restart to recover");
    }
    auto status =
        to_status(state_->db->Write(synced(), &changes.state_->batch), "writing to the database");
    if (!status) state_->failed = true;
    return status;
}

Result<std::optional<std::string>> Database::get(Family family, std::string_view key) const {
    std::string value;
    const auto status = state_->db->Get(rocksdb::ReadOptions{}, state_->handle(family),
                                        rocksdb::Slice(key.data(), key.size()), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (auto ok = to_status(status, "reading from the database"); !ok) {
        return tl::unexpected<Error>(ok.error());
    }
    return value;
}

const std::string& Database::log_id() const {
    return state_->log_id;
}

RowFaults& Database::row_faults() const {
    return state_->row_faults;
}

}  // namespace duban
