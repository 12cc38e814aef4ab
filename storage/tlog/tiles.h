// Tiles: the tree cut into files of at most 256 hashes, which never change once they are full, and
// bundles of as many entries. Only their geometry and names.
// Source: C2SP tlog-tiles.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "storage/tlog/merkle.h"

namespace duban {

inline constexpr unsigned tile_height = 8;
inline constexpr unsigned tile_width = 256;
// Of a tree of 2^63 leaves.
inline constexpr unsigned tile_level_max = 7;

struct TileId {
    std::optional<unsigned> level;  // nothing: a bundle of entries
    std::uint64_t index = 0;
    unsigned width = tile_width;  // 1 to 256; less: partial
    bool operator==(const TileId&) const = default;
};

// Such as "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/273.p/112".
[[nodiscard]] std::string tile_path(const TileId& tile);
// Nothing for any other text, also for another spelling of the same tile.
[[nodiscard]] std::optional<TileId> parse_tile_path(std::string_view path);

// Whether a tree of that size has the tile, or had it when it was smaller.
[[nodiscard]] bool has_tile(std::uint64_t size, const TileId& tile);
// The newest tiles of that level, or of the entries: how many there are, and the one at a place;
// the last may be partial. Requires: index < count.
[[nodiscard]] std::uint64_t tile_count(std::uint64_t size, std::optional<unsigned> level);
[[nodiscard]] TileId tile_at(std::uint64_t size, std::optional<unsigned> level,
                             std::uint64_t index);
// All of them in order. They are made one by one, because the size may be what somebody claims.
[[nodiscard]] inline auto tiles_of(std::uint64_t size, std::optional<unsigned> level) {
    return std::views::iota(std::uint64_t{0}, tile_count(size, level)) |
           std::views::transform(
               [size, level](std::uint64_t index) { return tile_at(size, level, index); });
}

// What the file of a tile of hashes holds. Requires: the tile has a level. Errors: the reader's.
[[nodiscard]] Result<std::string> tile_bytes(const TileId& tile, const NodeReader& read);
// Appends an entry to what the file of a bundle holds. Requires: fewer than 65,536 bytes.
void add_entry(std::string& bundle, std::string_view entry);
// The entries of a bundle; nothing when its lengths do not come out even.
[[nodiscard]] std::optional<std::vector<std::string_view>> entries_of(std::string_view bundle);

}  // namespace duban
