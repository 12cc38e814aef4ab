#include "storage/log/stream_head.h"

#include "storage/codec/digest.h"
#include "storage/codec/event_record.h"
#include "storage/rocks/keys.h"

namespace duban {
namespace {

constexpr std::size_t row_bytes = 8 + 32;

}  // namespace

std::string stream_head_row(const EventRecord& last) {
    std::string row = be64(last.envelope.revision.value + 1);
    row.append(reinterpret_cast<const char*>(last.hash.data()), last.hash.size());
    return row;
}

namespace {

Result<StoredStreamHead> head_of(const StreamId& stream,
                                 const Result<std::optional<std::string>>& read) {
    if (!read) return tl::unexpected<Error>(read.error());
    const std::optional<std::string>& row = *read;
    if (!row) return StoredStreamHead{StreamRev(0), first_prev_hash()};
    if (row->size() != row_bytes) {
        return fail(Errc::corrupt, "the head of stream " + stream.value + " has a wrong length");
    }
    return StoredStreamHead{StreamRev(parse_be64(*row).value_or(0)),
                            to_hex(std::string_view(*row).substr(8))};
}

}  // namespace

Result<StoredStreamHead> read_stream_head(const Database& database, const StreamId& stream) {
    return head_of(stream, database.get(Family::head, stream.value));
}

Result<StoredStreamHead> read_stream_head(const Snapshot& snapshot, const StreamId& stream) {
    return head_of(stream, snapshot.get(Family::head, stream.value));
}

}  // namespace duban
