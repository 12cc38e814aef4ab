#include "storage/tlog/tiles.h"

#include <charconv>

namespace duban {
namespace {

constexpr std::string_view root = "tile/";
constexpr std::string_view entries = "entries";
constexpr std::string_view partial = ".p/";
constexpr std::uint64_t group = 1000;
constexpr std::size_t entry_bytes_max = 0xffff;

std::string three_digits(std::uint64_t number) {
    std::string digits = std::to_string(number);
    return std::string(3 - digits.size(), '0') + digits;
}

// Three digits each, all but the last behind an x.
std::string grouped(std::uint64_t index) {
    std::string text = three_digits(index % group);
    while (index >= group) {
        index /= group;
        text.insert(0, "x" + three_digits(index % group) + "/");
    }
    return text;
}

std::optional<std::uint64_t> tile_number(std::string_view text) {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

std::optional<std::uint64_t> index_of(std::string_view text) {
    std::string digits;
    while (text.starts_with('x')) {
        if (text.size() < 5 || text[4] != '/') return std::nullopt;
        digits += text.substr(1, 3);
        text.remove_prefix(5);
    }
    if (text.size() != 3) return std::nullopt;
    return tile_number(digits.append(text));
}

// How many hashes the level has, or how many entries there are.
std::uint64_t count_in(std::uint64_t size, const std::optional<unsigned>& level) {
    return level ? size >> (tile_height * *level) : size;
}

}  // namespace

std::string tile_path(const TileId& tile) {
    std::string path(root);
    path += tile.level ? std::to_string(*tile.level) : std::string(entries);
    path += "/" + grouped(tile.index);
    if (tile.width < tile_width) path += std::string(partial) + std::to_string(tile.width);
    return path;
}

std::optional<TileId> parse_tile_path(std::string_view path) {
    if (!path.starts_with(root)) return std::nullopt;
    std::string_view rest = path.substr(root.size());
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    TileId tile;
    if (const auto level = rest.substr(0, slash); level != entries) {
        const auto number = tile_number(level);
        if (!number || *number > tile_level_max) return std::nullopt;
        tile.level = static_cast<unsigned>(*number);
    }
    rest.remove_prefix(slash + 1);
    if (const auto at = rest.find(partial); at != std::string_view::npos) {
        const auto width = tile_number(rest.substr(at + partial.size()));
        if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
        tile.width = static_cast<unsigned>(*width);
        rest = rest.substr(0, at);
    }
    const auto index = index_of(rest);
    if (!index) return std::nullopt;
    tile.index = *index;
    if (tile_path(tile) != path) return std::nullopt;
    return tile;
}

bool has_tile(std::uint64_t size, const TileId& tile) {
    const std::uint64_t count = count_in(size, tile.level);
    const std::uint64_t full = count / tile_width;
    return tile.index < full || (tile.index == full && tile.width <= count % tile_width);
}

std::uint64_t tile_count(std::uint64_t size, std::optional<unsigned> level) {
    const std::uint64_t count = count_in(size, level);
    return count / tile_width + (count % tile_width > 0 ? 1 : 0);
}

TileId tile_at(std::uint64_t size, std::optional<unsigned> level, std::uint64_t index) {
    DUBAN_ASSERT(index < tile_count(size, level));
    const std::uint64_t rest = count_in(size, level) - index * tile_width;
    return {level, index, rest < tile_width ? static_cast<unsigned>(rest) : tile_width};
}

Result<std::string> tile_bytes(const TileId& tile, const NodeReader& read) {
    DUBAN_ASSERT(tile.level);
    const unsigned level = tile_height * tile.level.value_or(0);
    std::string bytes;
    bytes.reserve(std::size_t{tile.width} * sizeof(Hash));
    for (unsigned i = 0; i < tile.width; ++i) {
        const auto hash = read(level, tile.index * tile_width + i);
        if (!hash) return tl::unexpected(hash.error());
        bytes.append(hash->begin(), hash->end());
    }
    return bytes;
}

void add_entry(std::string& bundle, std::string_view entry) {
    DUBAN_ASSERT(entry.size() <= entry_bytes_max);
    bundle += static_cast<char>(entry.size() >> 8U);
    bundle += static_cast<char>(entry.size() & 0xffU);
    bundle += entry;
}

std::optional<std::vector<std::string_view>> entries_of(std::string_view bundle) {
    std::vector<std::string_view> found;
    while (!bundle.empty()) {
        if (bundle.size() < 2) return std::nullopt;
        const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0]))
                                     << 8U |
                                 static_cast<unsigned char>(bundle[1]);
        if (bundle.size() < 2 + size) return std::nullopt;
        found.push_back(bundle.substr(2, size));
        bundle.remove_prefix(2 + size);
    }
    return found;
}

}  // namespace duban
