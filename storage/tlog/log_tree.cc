#include "storage/tlog/log_tree.h"

#include <algorithm>

#include "storage/rocks/keys.h"
#include "storage/tlog/checkpoint.h"

namespace duban {
namespace {

std::string row_key(std::string_view kind, unsigned level, std::uint64_t index) {
    std::string key(kind);
    key += static_cast<char>(level);
    append_be64(key, index);
    return key;
}

// Visits the rows of a kind that a tree with so many elements below each does not have.
Status erase_rows(const Snapshot& snapshot, std::string_view kind, unsigned height,
                  std::uint64_t size, WriteSet& changes) {
    return snapshot.scan(Family::tree, kind, "", [&](std::string_view key, std::string_view) {
        const auto index = key.size() == 10 ? parse_be64(key.substr(2)) : std::nullopt;
        const auto level = key.size() == 10 ? static_cast<unsigned char>(key[1]) : 0U;
        const unsigned shift = tile_height * level + height;
        const std::uint64_t count = shift < 64 ? size >> shift : 0;
        if (!index || *index >= count) changes.erase(Family::tree, key);
        return true;
    });
}

Hash hash_at(std::string_view bytes, std::size_t at) {
    Hash hash{};
    std::copy_n(reinterpret_cast<const std::uint8_t*>(bytes.data()) + at * hash.size(), hash.size(),
                hash.begin());
    return hash;
}

std::string_view row_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

tl::unexpected<Error> missing(const std::string& what) {
    return fail(Errc::corrupt, "the tree over the log lacks " + what + "; run `duban rebuild`");
}

}  // namespace

std::string tile_key(unsigned level, std::uint64_t index) {
    return row_key(tile_rows, level, index);
}

std::string tile_root_key(unsigned level, std::uint64_t index) {
    return row_key(tile_root_rows, level, index);
}

Result<LogTree> LogTree::load(const Snapshot& snapshot, Position size) {
    LogTree tree;
    TreeReader reader(snapshot, size.value);
    for (unsigned level = 0; level <= tile_level_max; ++level) {
        const std::uint64_t count = size.value >> (tile_height * level);
        for (std::uint64_t i = count - count % tile_width; i < count; ++i) {
            const auto hash = reader.node(tile_height * level, i);
            if (!hash) return tl::unexpected(hash.error());
            tree.open_[level].push_back(*hash);
        }
    }
    auto edge = TreeEdge::of(size.value, reader.reader());
    if (!edge) return tl::unexpected(edge.error());
    tree.edge_ = std::move(*edge);
    return tree;
}

void LogTree::append(const LogBatch& batch, const PutRow& put) {
    DUBAN_ASSERT(batch.events.empty() || batch.base.value == size());
    for (const EventRecord& record : batch.events) append(record.envelope.id, record.hash, put);
}

void LogTree::append(std::string_view event_id, const Hash& event_hash, const PutRow& put) {
    const auto complete = [&](unsigned height, std::uint64_t index, const Hash& hash) {
        if (height % tile_height != 0) return;
        const unsigned level = height / tile_height;
        if (level > tile_level_max) return;
        if (level > 0) put(tile_root_key(level, index), row_of(hash));
        auto& open = open_[level];
        open.push_back(hash);
        if (open.size() < tile_width) return;
        std::string tile;
        tile.reserve(open.size() * sizeof(Hash));
        for (const Hash& one : open) tile += row_of(one);
        put(tile_key(level, index / tile_width), tile);
        open.clear();
    };
    edge_.append(leaf_hash(log_entry(event_id, event_hash)), complete);
}

Status erase_tree_beyond(const Snapshot& snapshot, Position size, WriteSet& changes) {
    if (auto ok = erase_rows(snapshot, tile_rows, tile_height, size.value, changes); !ok) return ok;
    return erase_rows(snapshot, tile_root_rows, 0, size.value, changes);
}

Result<std::string> TreeReader::entry(std::uint64_t position) const {
    const auto bytes = snapshot_.get(Family::event, event_key(Position(position)));
    if (!bytes) return tl::unexpected(bytes.error());
    if (!*bytes) return missing("the event at position " + std::to_string(position));
    const auto record = decode_event(**bytes);
    if (!record) return tl::unexpected(record.error());
    return log_entry(record->envelope.id, sha256(**bytes));
}

Result<Hash> TreeReader::element(unsigned level, std::uint64_t index) {
    const std::uint64_t tile = index / tile_width;
    const std::uint64_t count = size_ >> (tile_height * level);
    DUBAN_ASSERT(index < count);
    if (tile < count / tile_width) {
        const auto key = tile_key(level, tile);
        auto known = tiles_.find(key);
        if (known == tiles_.end()) {
            auto row = snapshot_.get(Family::tree, key);
            if (!row) return tl::unexpected(row.error());
            if (!*row || (*row)->size() != tile_width * sizeof(Hash)) {
                return missing("tile " + std::to_string(tile) + " of level " +
                               std::to_string(level));
            }
            known = tiles_.emplace(key, std::move(**row)).first;
        }
        return hash_at(known->second, index % tile_width);
    }
    if (level > 0) {
        const auto row = snapshot_.get(Family::tree, tile_root_key(level, index));
        if (!row) return tl::unexpected(row.error());
        if (*row && (*row)->size() == sizeof(Hash)) return hash_at(**row, 0);
        return missing("the root of tile " + std::to_string(index) + " below level " +
                       std::to_string(level));
    }
    const auto known = leaves_.find(index);
    if (known != leaves_.end()) return known->second;
    const auto entry = this->entry(index);
    if (!entry) return tl::unexpected(entry.error());
    return leaves_.emplace(index, leaf_hash(*entry)).first->second;
}

Result<Hash> TreeReader::node(unsigned level, std::uint64_t index) {
    const unsigned within = level % tile_height;
    if (within == 0) return element(level / tile_height, index);
    const auto left = node(level - 1, 2 * index);
    if (!left) return tl::unexpected(left.error());
    const auto right = node(level - 1, 2 * index + 1);
    if (!right) return tl::unexpected(right.error());
    return node_hash(*left, *right);
}

}  // namespace duban
