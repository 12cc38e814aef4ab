#include "storage/log/log_batch.h"

#include <utility>

#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"

namespace duban {

Digest batch_hash(const LogBatch& batch) {
    std::vector<Hash> events;
    events.reserve(batch.events.size());
    for (const auto& record : batch.events) events.push_back(record.hash);
    return batch_hash(batch.seq, batch.base, batch.prev_hash, events, batch.outcomes);
}

Digest batch_hash(BatchSeq seq, Position base, const Digest& prev_hash,
                  const std::vector<Hash>& events, const std::vector<CommandOutcome>& outcomes) {
    std::string text = R"({"base":")" + std::to_string(base.value) + R"(","commands":[)";
    const char* separator = "";
    for (const auto& outcome : outcomes) {
        text += std::exchange(separator, ",");
        text += R"({"id":)";
        append_canonical_text(text, outcome.id.value);
        text += R"(,"outcome":")" + digest_of(outcome.row).value + "\"}";
    }
    text += R"(],"events":[)";
    separator = "";
    for (const auto& event : events) {
        text += std::exchange(separator, ",");
        text += '"' + to_digest(event).value + '"';
    }
    text += R"(],"prev":")" + prev_hash.value + R"(","seq":")" + std::to_string(seq.value) + "\"}";
    return digest_of(text);
}

Digest zero_batch_hash() {
    return Digest("sha256:" + std::string(64, '0'));
}

}  // namespace duban
