#include "storage/rocks/database.h"

#include <rocksdb/write_batch.h>

#include "storage/rocks/database_options.h"
#include "storage/rocks/database_state.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/status.h"
#include "storage/rocks/write_set_state.h"

namespace duban {
namespace {

rocksdb::WriteOptions synced() {
    rocksdb::WriteOptions options;
    options.sync = true;
    return options;
}

}  // namespace

Database::State::~State() {
    if (db == nullptr) return;
    for (auto* handle : handles) (void)db->DestroyColumnFamilyHandle(handle);
    (void)db->Close();
    if (witness && !failed) (void)witness->sync();
}

void Database::State::fail(const Error& error) {
    if (!failed.exchange(true) && on_failure) on_failure(error);
}

void Database::State::note_manifest(rocksdb::DB& of) {
    if (!witness) return;
    std::vector<std::string> names;
    std::uint64_t bytes = 0;
    // What cannot be listed is noted the next time.
    if (!of.GetLiveFiles(names, &bytes, false).ok()) return;
    for (const std::string& name : names) {
        const auto number = manifest_number(name);
        if (!number) continue;
        if (auto noted = witness->note_manifest(*number, bytes); !noted) fail(noted.error());
    }
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() = default;

Status Database::write(WriteSet& changes, Room purpose) {
    if (state_->failed) {
        return fail(Errc::storage_failed, "an earlier write failed; restart to recover");
    }
    if (auto room = room_for(purpose, changes.state_->batch.GetDataSize()); !room) return room;
    auto status =
        to_status(state_->db->Write(synced(), &changes.state_->batch), "writing to the database");
    if (status && state_->witness) {
        status = state_->witness->note_write(state_->db->GetLatestSequenceNumber());
    }
    if (!status) state_->fail(status.error());
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
