#include "storage/check/blob_check.h"

#include "domain/report/report.h"
#include "storage/beside/blob_keys.h"
#include "storage/check/log_check.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/fold/index.h"

namespace duban {

void BlobCheck::add(const EventRecord& record) {
    const auto* files = record.event.subject().evidence;
    if (files == nullptr) return;
    for (const Evidence& evidence : *files) {
        named_.try_emplace(evidence.digest.value, record.envelope.position);
    }
}

Status BlobCheck::run() {
    Status checked;
    const std::string prefix(1, blob_meta_rows);
    auto scanned =
        snapshot_.scan(Family::blob, prefix, "", [&](std::string_view key, std::string_view row) {
            const std::string digest(key.substr(prefix.size()));
            named_.erase(digest);
            checked = check_blob(digest, row);
            return checked.has_value();
        });
    if (!checked) return checked;
    if (!scanned) return scanned;
    for (const auto& [digest, position] : named_) {
        blame(digest,
              "is named at position " + std::to_string(position.value) + " and is not stored");
    }
    return {};
}

Status BlobCheck::check_blob(const std::string& digest, std::string_view row) {
    ++report_.blobs;
    const auto info = from_row<BlobInfo>(row);
    if (!info) {
        blame(digest, info.error().detail);
        return {};
    }
    Sha256 sum;
    std::uint64_t bytes = 0;
    for (std::uint64_t chunk = 0; bytes < info->bytes; ++chunk) {
        const auto piece = snapshot_.get(Family::blob, blob_chunk_key(info->upload, chunk));
        if (!piece) return tl::unexpected<Error>(piece.error());
        if (!*piece || (*piece)->size() != blob_chunk_size(*info, chunk)) {
            blame(digest, "piece " + std::to_string(chunk) + " is missing or of a wrong length");
            return {};
        }
        sum.update(**piece);
        bytes += (*piece)->size();
    }
    const Digest found = to_digest(sum.finish());
    if (found.value != digest || info->digest.value != digest) {
        blame(digest, "the stored bytes have the digest " + found.value);
    }
    return {};
}

void BlobCheck::blame(const std::string& digest, const std::string& detail) {
    add_fault(report_, "blob", digest, detail);
}

}  // namespace duban
