#include "tools/cli/audit/log_export.h"

#include "storage/log/embedded_log.h"
#include "storage/tlog/log_tree.h"

namespace duban {
namespace {

// What was shown once stays true: the log goes on from it.
Status check_earlier(const LogFolder& folder, TreeReader& tree, const NoteVerifier& key) {
    const auto earlier = folder.checkpoint(key);
    if (!earlier) {
        return earlier.error().code == Errc::not_found ? Status{} : tl::unexpected(earlier.error());
    }
    if (earlier->size > tree.size()) {
        return fail(Errc::corrupt, "the folder was exported from " + std::to_string(earlier->size) +
                                       " events, and the log has " + std::to_string(tree.size()) +
                                       ": its end was lost");
    }
    const auto root = tree_root(earlier->size, tree.reader());
    if (!root) return tl::unexpected(root.error());
    if (*root == earlier->root) return {};
    return fail(Errc::corrupt, "the log does not begin with the " + std::to_string(earlier->size) +
                                   " events that were exported before");
}

Result<std::string> bundle_of(const TileId& tile, const TreeReader& tree) {
    std::string bundle;
    for (unsigned i = 0; i < tile.width; ++i) {
        const auto entry = tree.entry(tile.index * tile_width + i);
        if (!entry) return tl::unexpected(entry.error());
        add_entry(bundle, *entry);
    }
    return bundle;
}

Status write_tile(const LogFolder& folder, const TileId& tile, TreeReader& tree) {
    // A full one that is there is not read again; verifying the folder is for `audit verify`.
    if (tile.width == tile_width) {
        const auto present = folder.read(tile_path(tile));
        if (!present) return tl::unexpected(present.error());
        if (*present) return {};
    }
    const auto bytes = tile.level ? tile_bytes(tile, tree.reader()) : bundle_of(tile, tree);
    if (!bytes) return tl::unexpected(bytes.error());
    return folder.write_once(tile_path(tile), *bytes);
}

Status write_tiles(const LogFolder& folder, std::optional<unsigned> level, TreeReader& tree) {
    for (const TileId& tile : tiles_of(tree.size(), level)) {
        if (Status written = write_tile(folder, tile, tree); !written) return written;
    }
    return {};
}

}  // namespace

Result<Checkpoint> export_log(const Database& database, const LogFolder& folder,
                              const NoteSigner& signer) {
    const Snapshot snapshot(database);
    const auto head = read_head(snapshot);
    if (!head) return tl::unexpected(head.error());
    TreeReader tree(snapshot, head->next.value);
    if (Status whole = check_earlier(folder, tree, signer.verifier()); !whole) {
        return tl::unexpected(whole.error());
    }
    const auto root = tree_root(tree.size(), tree.reader());
    if (!root) return tl::unexpected(root.error());
    for (unsigned level = 0; level <= tile_level_max; ++level) {
        if (Status written = write_tiles(folder, level, tree); !written) {
            return tl::unexpected(written.error());
        }
    }
    if (Status written = write_tiles(folder, std::nullopt, tree); !written) {
        return tl::unexpected(written.error());
    }
    // Last, so that whatever it names is there.
    Checkpoint checkpoint{signer.verifier().name, tree.size(), *root};
    Status written = folder.replace("checkpoint", signer.sign(checkpoint_text(checkpoint)));
    if (!written) return tl::unexpected(written.error());
    return checkpoint;
}

}  // namespace duban
