// BlobStore: evidence by digest. Bytes come in and go out in pieces; a whole file is never held in
// memory. A blob is there only when it is complete and its digest known.
// Thread-safety: safe for concurrent use; an Upload belongs to one thread at a time.
// Blocking: every call may wait for the disk.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "storage/rocks/database.h"

namespace duban {

inline constexpr std::size_t blob_chunk_bytes = 256 * 1024;
inline constexpr std::uint64_t blob_bytes_max_default = 100ULL * 1024 * 1024;

struct BlobInfo {
    Digest digest;
    std::uint64_t bytes = 0;
    std::string media_type;
    PersonId uploader;  // the first who brought it
    Timestamp time;
    std::string upload;  // names its chunks
    bool operator==(const BlobInfo&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlobInfo, (), (digest, bytes, media_type, uploader, time, upload))

// How many first bytes decide whether a file is of its declared type.
inline constexpr std::size_t media_type_probe_bytes = 4096;

// Whether the first bytes of a file fit the declared media type; parameters such as "charset" are
// not looked at. Text must be UTF-8 without control characters.
// Errors: invalid_argument (field "content-type"): a type that is not taken, or one that the
// content contradicts; the detail lists what is taken.
[[nodiscard]] Status check_media_type(const std::string& declared, std::string_view first_bytes);

class BlobStore {
public:
    explicit BlobStore(Database& database);
    // Removes the chunks of uploads that were never finished. Call once at start.
    [[nodiscard]] Status discard_unfinished();

    class Upload {
    public:
        ~Upload();  // discards what was written unless finish() succeeded
        Upload(Upload&&) noexcept;
        // Errors: too_large, invalid_argument (media type, checked as soon as
        // media_type_probe_bytes are there, else by finish), storage_unavailable, storage_failed.
        // After an error nothing more is taken.
        [[nodiscard]] Status add(std::string_view piece);
        // Durable when it returns. The same content again answers the blob that is there.
        // Errors: invalid_argument for an empty file or as add, storage_unavailable,
        // storage_failed.
        [[nodiscard]] Result<BlobInfo> finish(Timestamp now);

    private:
        friend class BlobStore;
        struct State;
        explicit Upload(std::unique_ptr<State> state);
        std::unique_ptr<State> state_;
    };
    // Whether the disk takes a file of that size: asked before its bytes come. Errors:
    // storage_unavailable.
    [[nodiscard]] Status room_for(std::uint64_t bytes) const;
    [[nodiscard]] Upload begin(std::string media_type, PersonId uploader, std::uint64_t bytes_max);

    // Whether the person has uploaded that content, first or again. Errors: storage_failed.
    [[nodiscard]] Result<bool> brought_by(const Digest& digest, const PersonId& person) const;

    // Errors: not_found, corrupt, storage_failed.
    [[nodiscard]] Result<BlobInfo> find(const Digest& digest) const;
    // The piece at `chunk`, of blob_chunk_bytes bytes except the last. Errors: corrupt,
    // storage_failed.
    [[nodiscard]] Result<std::string> read_chunk(const BlobInfo& blob, std::uint64_t chunk) const;

private:
    Database& database_;
    std::shared_ptr<std::mutex> finishing_;  // one upload at a time asks whether a blob is there
};

}  // namespace duban
