// Keys of the family blob, for the .cc files that read and write it.
// Thread-safety: safe for concurrent use.
#pragma once

#include <algorithm>
#include <string>

#include "storage/beside/blob_store.h"
#include "storage/rocks/keys.h"

namespace duban {

// 'm' digest -> BlobInfo; 'c' upload, chunk be64 -> bytes; 'u' upload -> "" while it is unfinished;
// 'b' digest, person -> "" for each who brought it.
inline constexpr char blob_meta_rows = 'm';
inline constexpr char blob_chunk_rows = 'c';
inline constexpr char blob_unfinished_rows = 'u';
inline constexpr char blob_bringer_rows = 'b';

inline std::string blob_chunk_prefix(const std::string& upload) {
    return blob_chunk_rows + upload;
}
inline std::string blob_chunk_key(const std::string& upload, std::uint64_t chunk) {
    std::string key = blob_chunk_prefix(upload);
    append_be64(key, chunk);
    return key;
}
// How many bytes that chunk of the blob has.
inline std::uint64_t blob_chunk_size(const BlobInfo& blob, std::uint64_t chunk) {
    const std::uint64_t start = chunk * blob_chunk_bytes;
    return std::min<std::uint64_t>(blob_chunk_bytes, blob.bytes - std::min(start, blob.bytes));
}

}  // namespace duban
