#include "storage/fold/index.h"

#include <algorithm>
#include <utility>

#include "domain/approval/addressees.h"
#include "domain/report/report.h"
#include "storage/rocks/keys.h"

namespace duban {

std::vector<IndexEntry> index_entries(const Change& change) {
    const auto& envelope = change.record.envelope;
    std::vector<IndexEntry> entries;
    const auto add = [&](Dimension dimension, std::string_view value) {
        IndexEntry entry{dimension, std::string(value)};
        if (std::ranges::find(entries, entry) == entries.end()) entries.push_back(std::move(entry));
    };
    add(Dimension::actor, envelope.actor.value);
    if (!envelope.on_behalf_of.empty()) add(Dimension::actor, envelope.on_behalf_of.value);
    add(Dimension::type, change.record.event.type().name);
    // Readers of a unit find its tasks here, so the actor's own unit may not stand beside them.
    if (change.after == nullptr) add(Dimension::unit, envelope.source.value);
    if (change.to != nullptr) {
        for (const UnitCode& unit : change.to->units) add(Dimension::unit, unit.value);
        for (const Party& party : change.to->guests) add(Dimension::guest, guest_value(party));
    }
    if (const auto* files = change.record.event.subject().evidence) {
        for (const auto& file : *files) add(Dimension::blob, file.digest.value);
    }
    return entries;
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
