#include "storage/log_batch.h"

#include <nlohmann/json.hpp>

#include "storage/canonical_json.h"
#include "storage/digest.h"

namespace duban {

Digest batch_hash(const LogBatch& batch) {
    auto events = nlohmann::json::array();
    for (const auto& record : batch.events) events.push_back(digest_of(record.bytes).value);
    auto commands = nlohmann::json::array();
    for (const auto& outcome : batch.outcomes) {
        commands.push_back({{"id", outcome.id.value},
                            {"content", outcome.content.value},
                            {"reply", digest_of(outcome.reply).value}});
    }
    return digest_of(canonical_json({{"seq", std::to_string(batch.seq.value)},
                                     {"base", std::to_string(batch.base.value)},
                                     {"prev", batch.prev_hash.value},
                                     {"events", std::move(events)},
                                     {"commands", std::move(commands)}}));
}

Digest zero_batch_hash() {
    return Digest("sha256:" + std::string(64, '0'));
}

}  // namespace duban
