// Known digests agree with those of other implementations of tlog-tiles for the leaves "leaf-0",
// "leaf-1" and so on.
#include "storage/tlog/tiles.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

#include "tests/storage/tlog/memory_tree.h"

namespace duban {
namespace {

std::string leaf(std::uint64_t index) {
    return "leaf-" + std::to_string(index);
}

MemoryTree numbered_tree(std::uint64_t size) {
    MemoryTree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf(i));
    return tree;
}

std::string digest_of_file(const MemoryTree& tree, const std::string& path) {
    const auto tile = parse_tile_path(path);
    if (!tile || !has_tile(tree.size(), *tile)) return "none";
    if (tile->level) return to_hex(sha256(*tile_bytes(*tile, tree.reader())));
    std::string bundle;
    for (unsigned i = 0; i < tile->width; ++i) {
        add_entry(bundle, leaf(tile->index * tile_width + i));
    }
    return to_hex(sha256(bundle));
}

TEST(Tiles, HoldTheKnownBytes) {
    const auto tree = numbered_tree(70'000);
    EXPECT_EQ(digest_of_file(tree, "tile/0/000"),
              "ce3c085cd6d7319d36f186fd350976c5e95e53d273bbeede36875ef414efb450");
    EXPECT_EQ(digest_of_file(tree, "tile/0/273.p/112"),
              "5d35a9f4ba425ae4f894d1d190371c8e88846b12b6f96d85552d4c6d90016b40");
    EXPECT_EQ(digest_of_file(tree, "tile/1/001.p/17"),
              "6ab77edf582ebfc7e46fdb4c8b3dd1a551a2ee1d97b1d3485f6a8ca31c374226");
    EXPECT_EQ(digest_of_file(tree, "tile/2/000.p/1"),
              "63f26e28891ccde6187fa1336c4184add0d55fb620f9ec5f9787ed4fd0556cf9");
    EXPECT_EQ(digest_of_file(tree, "tile/entries/000"),
              "daab121300001e846571b1de45f1a0a2e16851018a706aa8232c3de9ad7c1822");
    EXPECT_EQ(digest_of_file(tree, "tile/entries/273.p/112"),
              "42037529f910974d4cba8dc2af4db62dcc15edc704b429905e98282160dc7315");
    EXPECT_EQ(digest_of_file(tree, "tile/0/000.p/255"),
              "ab29038fc0d3b061b3ed47c342d2a35f3859653b9e3df2d5d82f3e321aae718a")
        << "as it was when the tree was smaller";
    EXPECT_EQ(digest_of_file(tree, "tile/0/273.p/113"), "none");
    EXPECT_EQ(digest_of_file(tree, "tile/3/000.p/1"), "none");
}

TEST(TilePath, IsWhatItWasMadeFrom) {
    EXPECT_EQ(tile_path({0, 1'234'067, 256}), "tile/0/x001/x234/067");
    EXPECT_EQ(tile_path({{}, 5, 7}), "tile/entries/005.p/7");
    EXPECT_TRUE(rc::check([] {
        TileId tile;
        if (*rc::gen::arbitrary<bool>()) tile.level = *rc::gen::inRange(0U, tile_level_max + 1);
        tile.index = *rc::gen::inRange<std::uint64_t>(0, 5'000'000'000);
        tile.width = *rc::gen::inRange(1U, tile_width + 1);
        RC_ASSERT(parse_tile_path(tile_path(tile)) == tile);
    }));
}

TEST(TilePath, HasOneSpelling) {
    for (const char* path : {"",
                             "tile/",
                             "tile/0",
                             "tile/0/",
                             "tile/0/0",
                             "tile/0/00",
                             "tile/0/1000",
                             "tile/00/000",
                             "tile/8/000",
                             "tile/-1/000",
                             "tile/0/x000/001",
                             "tile/0/x1/000",
                             "tile/0/000.p/0",
                             "tile/0/000.p/256",
                             "tile/0/000.p/07",
                             "tile/0/000.p/",
                             "tile/0/000/",
                             "tile/0/abc",
                             "/tile/0/000",
                             "tile/entries/x",
                             "tile/0/x999/x999/x999/x999/x999/x999/x999/000"}) {
        EXPECT_FALSE(parse_tile_path(path)) << path;
    }
}

std::vector<TileId> all_of(std::uint64_t size, std::optional<unsigned> level) {
    std::vector<TileId> tiles;
    for (const TileId& tile : tiles_of(size, level)) tiles.push_back(tile);
    return tiles;
}

TEST(Tiles, OfATreeHoldEveryHashOfTheirLevelOnce) {
    EXPECT_EQ(all_of(0, 0U), std::vector<TileId>{});
    EXPECT_EQ(all_of(256, 0U), (std::vector<TileId>{{0U, 0, 256}}));
    EXPECT_EQ(all_of(256, 1U), (std::vector<TileId>{{1U, 0, 1}}));
    EXPECT_EQ(all_of(513, std::nullopt),
              (std::vector<TileId>{{{}, 0, 256}, {{}, 1, 256}, {{}, 2, 1}}));
}

TEST(Tiles, OfAClaimedSizeAreNotMadeBeforeTheyAreAskedFor) {
    const std::uint64_t size = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(tile_count(size, 0U), std::uint64_t{1} << 56U);
    EXPECT_EQ(*tiles_of(size, 0U).begin(), (TileId{0U, 0, 256}));
    EXPECT_EQ(tile_at(size, 0U, (std::uint64_t{1} << 56U) - 1),
              (TileId{0U, (std::uint64_t{1} << 56U) - 1, 255}));
    EXPECT_EQ(all_of(size, tile_level_max), (std::vector<TileId>{{tile_level_max, 0, 255}}));
}

TEST(EntryBundle, IsReadAsItWasWritten) {
    std::string bundle;
    add_entry(bundle, "a");
    add_entry(bundle, "");
    add_entry(bundle, std::string(300, 'b'));
    const auto entries = entries_of(bundle);
    ASSERT_TRUE(entries);
    EXPECT_EQ(*entries, (std::vector<std::string_view>{"a", "", std::string(300, 'b')}));
    EXPECT_FALSE(entries_of(bundle + '\0'));
    EXPECT_FALSE(entries_of(bundle.substr(0, bundle.size() - 1)));
}

}  // namespace
}  // namespace duban
