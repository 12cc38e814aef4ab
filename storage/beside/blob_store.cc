#include "storage/beside/blob_store.h"

#include "storage/beside/blob_keys.h"
#include "storage/beside/random_name.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"

namespace duban {
namespace {

std::string meta_key(const Digest& digest) {
    return blob_meta_rows + digest.value;
}
std::string bringer_key(const Digest& digest, const PersonId& person) {
    return blob_bringer_rows + digest.value + person.value;
}
std::string unfinished_key(const std::string& upload) {
    return blob_unfinished_rows + upload;
}

void discard(const std::string& upload, WriteSet& changes) {
    changes.erase_prefix(Family::blob, blob_chunk_prefix(upload));
    changes.erase(Family::blob, unfinished_key(upload));
}

Result<std::optional<BlobInfo>> find_info(const Database& database, const Digest& digest) {
    return from_read<BlobInfo>(database.get(Family::blob, meta_key(digest)));
}

}  // namespace

struct BlobStore::Upload::State {
    Database& database;
    std::shared_ptr<std::mutex> finishing;
    BlobInfo info;  // digest and time come with finish()
    std::uint64_t bytes_max;
    std::string held{};  // bytes of the chunk that is not full yet
    std::uint64_t chunks = 0;
    Sha256 sum{};
    bool checked = false;  // the media type
    bool written = false;  // something stands in the database
    Status status{};       // the first error, which ends the upload

    Status check_type() {
        checked = true;
        return check_media_type(info.media_type, held);
    }

    Status write_chunk() {
        WriteSet changes(database);
        if (!written) changes.put(Family::blob, unfinished_key(info.upload), "");
        changes.put(Family::blob, blob_chunk_key(info.upload, chunks), held);
        written = true;
        ++chunks;
        held.clear();
        return database.write(changes, Room::upload);
    }

    Status add(std::string_view piece) {
        if (info.bytes + piece.size() > bytes_max) {
            return fail(Errc::too_large, "A file has at most " + std::to_string(bytes_max) +
                                             " bytes; split it or send it compressed.");
        }
        info.bytes += piece.size();
        sum.update(piece);
        while (!piece.empty()) {
            const auto part = piece.substr(0, blob_chunk_bytes - held.size());
            held += part;
            piece.remove_prefix(part.size());
            if (!checked && held.size() >= media_type_probe_bytes) {
                if (auto ok = check_type(); !ok) return ok;
            }
            if (held.size() == blob_chunk_bytes) {
                if (auto ok = write_chunk(); !ok) return ok;
            }
        }
        return {};
    }

    Result<BlobInfo> finish() {
        if (info.bytes == 0) return fail(Errc::invalid_argument, "The file is empty.", "body");
        if (!checked) {
            if (auto ok = check_type(); !ok) return tl::unexpected<Error>(ok.error());
        }
        if (!held.empty()) {
            if (auto ok = write_chunk(); !ok) return tl::unexpected<Error>(ok.error());
        }
        info.digest = to_digest(sum.finish());
        const std::lock_guard lock(*finishing);
        auto present = find_info(database, info.digest);
        if (!present) return tl::unexpected<Error>(present.error());
        WriteSet changes(database);
        if (*present) {
            discard(info.upload, changes);
        } else {
            changes.put(Family::blob, meta_key(info.digest), to_row(info));
            changes.erase(Family::blob, unfinished_key(info.upload));
        }
        changes.put(Family::blob, bringer_key(info.digest, info.uploader), "");
        if (auto ok = database.write(changes, Room::upload); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        written = false;
        return std::move(*present).value_or(info);
    }
};

BlobStore::Upload::Upload(std::unique_ptr<State> state) : state_(std::move(state)) {}
BlobStore::Upload::Upload(Upload&&) noexcept = default;

BlobStore::Upload::~Upload() {
    if (state_ == nullptr || !state_->written) return;
    WriteSet changes(state_->database);
    discard(state_->info.upload, changes);
    // What cannot be removed now is removed at the next start.
    (void)state_->database.write(changes);
}

Status BlobStore::Upload::add(std::string_view piece) {
    if (state_->status) state_->status = state_->add(piece);
    return state_->status;
}

Result<BlobInfo> BlobStore::Upload::finish(Timestamp now) {
    if (!state_->status) return tl::unexpected<Error>(state_->status.error());
    state_->info.time = now;
    auto finished = state_->finish();
    state_->status = fail(Errc::internal, "the upload was finished before");
    return finished;
}

BlobStore::BlobStore(Database& database)
    : database_(database), finishing_(std::make_shared<std::mutex>()) {}

Status BlobStore::discard_unfinished() {
    WriteSet changes(database_);
    auto scanned = Snapshot(database_).scan(Family::blob, std::string(1, blob_unfinished_rows), "",
                                            [&](std::string_view key, std::string_view) {
                                                discard(std::string(key.substr(1)), changes);
                                                return true;
                                            });
    if (!scanned) return scanned;
    return changes.empty() ? Status{} : database_.write(changes);
}

Status BlobStore::room_for(std::uint64_t bytes) const {
    return database_.room_for(Room::upload, bytes);
}

BlobStore::Upload BlobStore::begin(std::string media_type, PersonId uploader,
                                   std::uint64_t bytes_max) {
    BlobInfo info;
    info.media_type = std::move(media_type);
    info.uploader = std::move(uploader);
    info.upload = random_name();
    std::unique_ptr<Upload::State> state(
        new Upload::State{database_, finishing_, std::move(info), bytes_max});
    return Upload(std::move(state));
}

Result<bool> BlobStore::brought_by(const Digest& digest, const PersonId& person) const {
    const auto row = database_.get(Family::blob, bringer_key(digest, person));
    if (!row) return tl::unexpected<Error>(row.error());
    return row->has_value();
}

Result<BlobInfo> BlobStore::find(const Digest& digest) const {
    auto found = find_info(database_, digest);
    if (!found) return tl::unexpected<Error>(found.error());
    std::optional<BlobInfo>& info = *found;
    if (!info) return fail(Errc::not_found, "There is no file with this digest.");
    return std::move(*info);
}

Result<std::string> BlobStore::read_chunk(const BlobInfo& blob, std::uint64_t chunk) const {
    auto read = database_.get(Family::blob, blob_chunk_key(blob.upload, chunk));
    if (!read) return tl::unexpected<Error>(read.error());
    std::optional<std::string>& bytes = *read;
    if (!bytes || bytes->size() != blob_chunk_size(blob, chunk)) {
        return fail(Errc::corrupt, "piece " + std::to_string(chunk) + " of the file " +
                                       blob.digest.value + " is missing or of a wrong length");
    }
    return std::move(*bytes);
}

}  // namespace duban
