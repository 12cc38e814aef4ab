#include "storage/fold/index.h"

#include <set>

#include "domain/report/report.h"
#include "domain/task/task.h"
#include "storage/rocks/keys.h"

namespace duban {

std::vector<IndexEntry> index_entries(const Change& change) {
    const auto& envelope = change.record.envelope;
    std::set<IndexEntry> entries;
    entries.insert({Dimension::actor, envelope.actor.value});
    if (!envelope.on_behalf_of.empty()) {
        entries.insert({Dimension::actor, envelope.on_behalf_of.value});
    }
    entries.insert({Dimension::type, std::string(change.record.event.type().name)});
    // Readers of a unit find its tasks here, so the actor's own unit may not stand beside them.
    if (change.after == nullptr) entries.insert({Dimension::unit, envelope.source.value});
    if (change.after != nullptr) {
        entries.insert({Dimension::task, to_string(change.after->id)});
        for (const auto& unit : units_of(*change.after)) {
            entries.insert({Dimension::unit, unit.value});
        }
    }
    if (const auto* content = change.record.event.subject().content) {
        for (const auto& evidence : content->evidence) {
            entries.insert({Dimension::blob, evidence.digest.value});
        }
    }
    return {entries.begin(), entries.end()};
}

std::string index_prefix(ViewGeneration generation, const IndexEntry& entry) {
    std::string key = be32(generation.number);
    key.push_back(static_cast<char>(entry.dimension));
    key += entry.value;
    key.push_back('\0');
    return key;
}

RowChange index_change(ViewGeneration generation, const IndexEntry& entry, Position position) {
    std::string key = index_prefix(generation, entry);
    append_be64(key, position.value);
    return RowChange{Family::index, std::move(key), ""};
}

}  // namespace duban
