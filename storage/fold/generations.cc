#include "storage/fold/generations.h"

#include "storage/rocks/keys.h"

namespace duban {
namespace {

constexpr std::size_t number_bytes = 4;

// Where the generation's number ends: behind view id and version, or at the start.
std::size_t prefix_bytes(Family family) {
    return family == Family::view ? view_key_prefix_bytes : number_bytes;
}

Status erase_others(const Snapshot& snapshot, Family family, ViewGeneration kept,
                    WriteSet& changes) {
    std::string from;
    for (;;) {
        std::optional<std::string> found;
        auto scanned = snapshot.scan(family, "", from, [&](std::string_view key, std::string_view) {
            found = key.substr(0, prefix_bytes(family));
            return false;
        });
        if (!scanned) return scanned;
        if (!found) return {};
        if (generation_of(family, *found) != kept) changes.erase_prefix(family, *found);
        from = after_prefix(*found);
        if (from.empty()) return {};
    }
}

}  // namespace

std::vector<RowRange> ranges_of(ViewGeneration generation) {
    std::vector<RowRange> ranges;
    for (const View& view : all_views()) {
        ranges.push_back({view.name, Family::view, view_key(view.id, generation, "")});
    }
    ranges.push_back({"index", Family::index, be32(generation.number)});
    ranges.push_back({"timer", Family::timer, be32(generation.number)});
    return ranges;
}

std::optional<ViewGeneration> generation_of(Family family, std::string_view key) {
    const std::size_t end = prefix_bytes(family);
    if (key.size() < end) return std::nullopt;
    return ViewGeneration{parse_be32(key.substr(end - number_bytes)).value_or(0)};
}

void put_row(const RowChange& row, WriteSet& changes) {
    if (row.value) {
        changes.put(row.family, row.key, *row.value);
    } else {
        changes.erase(row.family, row.key);
    }
}

Status erase_other_generations(Database& database, ViewGeneration kept) {
    const Snapshot snapshot(database);
    WriteSet changes(database);
    for (const Family family : {Family::view, Family::index, Family::timer}) {
        if (auto ok = erase_others(snapshot, family, kept, changes); !ok) return ok;
    }
    return changes.empty() ? Status{} : database.write(changes);
}

}  // namespace duban
