#include "storage/log/batch_reader.h"

#include "storage/codec/described_json.h"
#include "storage/log/event_reader.h"
#include "storage/rocks/keys.h"

namespace duban {
namespace {

std::string name_of(BatchSeq seq) {
    return "batch " + std::to_string(seq.value);
}

Status read_batch_events(const Snapshot& snapshot, const BatchHeader& header, LogBatch& batch) {
    if (header.count == 0) return {};
    Status decoded;
    auto scanned = read_events(snapshot, header.base, [&](Position, std::string_view bytes) {
        auto record = decode_event(bytes);
        if (!record) {
            decoded = tl::unexpected<Error>(record.error());
            return false;
        }
        record->hash = sha256(record->bytes);
        batch.events.push_back(std::move(*record));
        return batch.events.size() < header.count;
    });
    return decoded ? scanned : decoded;
}

Status read_batch_outcomes(const Snapshot& snapshot, const BatchHeader& header, LogBatch& batch) {
    for (const auto& id : header.commands) {
        auto row = snapshot.get(Family::command, id.value);
        if (!row) return tl::unexpected<Error>(row.error());
        if (!*row) {
            return fail(Errc::corrupt, "the outcome of command " + id.value + " is missing");
        }
        auto outcome = from_row<Outcome>(**row);
        if (!outcome) return tl::unexpected<Error>(outcome.error());
        batch.outcomes.push_back({id, std::move(*outcome), std::move(**row)});
    }
    return {};
}

}  // namespace

BatchHeader header_of(const LogBatch& batch) {
    BatchHeader header{batch.base,
                       static_cast<std::uint32_t>(batch.events.size()),
                       batch.prev_hash,
                       batch.hash,
                       {}};
    for (const auto& outcome : batch.outcomes) header.commands.push_back(outcome.id);
    return header;
}

Result<std::optional<BatchHeader>> read_header(const Snapshot& snapshot, BatchSeq seq) {
    return from_read<BatchHeader>(snapshot.get(Family::batch, batch_key(seq)));
}

Result<LogBatch> read_batch(const Snapshot& snapshot, BatchSeq seq, const BatchHeader& header) {
    LogBatch batch{seq, header.base, header.prev, {}, {}, header.hash};
    if (auto ok = read_batch_events(snapshot, header, batch); !ok) {
        return tl::unexpected<Error>(ok.error());
    }
    if (batch.events.size() != header.count) {
        return fail(Errc::corrupt, name_of(seq) + " has lost events");
    }
    if (auto ok = read_batch_outcomes(snapshot, header, batch); !ok) {
        return tl::unexpected<Error>(ok.error());
    }
    if (batch_hash(batch) != header.hash) {
        return fail(Errc::corrupt, name_of(seq) + " does not have the hash that was stored");
    }
    return batch;
}

Status read_batches(const Snapshot& snapshot, BatchSeq from,
                    const std::function<bool(LogBatch&&)>& visit) {
    for (BatchSeq seq = from;; seq = seq.next()) {
        const auto header = read_header(snapshot, seq);
        if (!header) return tl::unexpected<Error>(header.error());
        const std::optional<BatchHeader>& present = *header;
        if (!present) return {};
        auto batch = read_batch(snapshot, seq, *present);
        if (!batch) return tl::unexpected<Error>(batch.error());
        if (!visit(std::move(*batch))) return {};
    }
}

}  // namespace duban
