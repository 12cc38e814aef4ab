#include "storage/log/log_batch.h"

#include <nlohmann/json.hpp>

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
    auto digests = nlohmann::json::array();
    for (const auto& event : events) digests.push_back(to_digest(event).value);
    auto commands = nlohmann::json::array();
    for (const auto& outcome : outcomes) {
        commands.push_back({{"id", outcome.id.value}, {"outcome", digest_of(outcome.row).value}});
    }
    return digest_of(canonical_json({{"seq", std::to_string(seq.value)},
                                     {"base", std::to_string(base.value)},
                                     {"prev", prev_hash.value},
                                     {"events", std::move(digests)},
                                     {"commands", std::move(commands)}}));
}

Digest zero_batch_hash() {
    return Digest("sha256:" + std::string(64, '0'));
}

}  // namespace duban
