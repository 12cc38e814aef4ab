#include "storage/tlog/checkpoint_rows.h"

#include "storage/tlog/log_tree.h"
#include "storage/tlog/signed_note.h"

namespace duban {
namespace {

// What the keys of these rows begin with, in the family `tree`.
constexpr std::string_view checkpoint_rows = "c";

std::string row_key(std::uint64_t size) {
    std::string key(checkpoint_rows);
    for (int shift = 56; shift >= 0; shift -= 8) {
        key.push_back(static_cast<char>((size >> shift) & 0xff));
    }
    return key;
}

Result<StoredCheckpoint> stored(std::string_view key, std::string_view note) {
    const auto parsed =
        parse_note(note).and_then([](const SignedNote& one) { return parse_checkpoint(one.text); });
    if (parsed && row_key(parsed->size) == key) return StoredCheckpoint{*parsed, std::string(note)};
    return fail(Errc::corrupt, "the checkpoint row " + to_hex(key) +
                                   " holds no checkpoint of its "
                                   "size; run `duban check`");
}

}  // namespace

void put_checkpoint(WriteSet& changes, std::uint64_t size, std::string_view note) {
    changes.put(Family::tree, row_key(size), note);
}

Result<std::optional<StoredCheckpoint>> checkpoint_of(const Snapshot& snapshot,
                                                      std::uint64_t size) {
    const std::string key = row_key(size);
    const auto row = snapshot.get(Family::tree, key);
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::optional<StoredCheckpoint>();
    auto found = stored(key, **row);
    if (!found) return tl::unexpected(found.error());
    return std::optional(std::move(*found));
}

Result<std::optional<StoredCheckpoint>> newest_checkpoint(const Snapshot& snapshot) {
    Result<std::optional<StoredCheckpoint>> found;
    const auto read = snapshot.scan_back(Family::tree, checkpoint_rows, row_key(~std::uint64_t{0}),
                                         [&](std::string_view key, std::string_view note) {
                                             found =
                                                 stored(key, note).map([](StoredCheckpoint&& one) {
                                                     return std::optional(std::move(one));
                                                 });
                                             return false;
                                         });
    if (!read) return tl::unexpected(read.error());
    return found;
}

Result<std::optional<StoredCheckpoint>> checkpoint_over(const Snapshot& snapshot,
                                                        std::uint64_t position) {
    Result<std::optional<StoredCheckpoint>> found;
    const auto read = snapshot.scan(Family::tree, checkpoint_rows, row_key(position + 1),
                                    [&](std::string_view key, std::string_view note) {
                                        found = stored(key, note).map([](StoredCheckpoint&& one) {
                                            return std::optional(std::move(one));
                                        });
                                        return false;
                                    });
    if (!read) return tl::unexpected(read.error());
    return found;
}

Status read_checkpoints(const Snapshot& snapshot,
                        const std::function<void(const StoredCheckpoint&)>& visit) {
    Status faulty;
    const auto read = snapshot.scan(Family::tree, checkpoint_rows, "",
                                    [&](std::string_view key, std::string_view note) {
                                        const auto one = stored(key, note);
                                        if (one) {
                                            visit(*one);
                                        } else if (faulty) {
                                            faulty = tl::unexpected(one.error());
                                        }
                                        return true;
                                    });
    return read ? faulty : read;
}

Status erase_checkpoints_beyond(const Snapshot& snapshot, std::uint64_t size, WriteSet& changes) {
    return snapshot.scan(Family::tree, checkpoint_rows, row_key(size + 1),
                         [&](std::string_view key, std::string_view) {
                             changes.erase(Family::tree, key);
                             return true;
                         });
}

Status check_newest_checkpoint(const Snapshot& snapshot, std::uint64_t size) {
    const auto newest = newest_checkpoint(snapshot);
    if (!newest) return tl::unexpected(newest.error());
    if (!*newest) return {};
    const Checkpoint& signed_one = (*newest)->checkpoint;
    const std::string words =
        "a checkpoint was signed for " + std::to_string(signed_one.size) + " events";
    if (signed_one.size > size) {
        return fail(Errc::corrupt, words + ", and the log has " + std::to_string(size) +
                                       ": its end was lost. Restore a copy that has it; going on "
                                       "from here would be another log under the same name");
    }
    TreeReader tree(snapshot, size);
    const auto root = tree_root(signed_one.size, tree.reader());
    if (!root) return tl::unexpected(root.error());
    if (*root == signed_one.root) return {};
    return fail(Errc::corrupt,
                words + ", and the first " + std::to_string(signed_one.size) +
                    " events of this log are others. Run `duban check` and restore a copy");
}

}  // namespace duban
