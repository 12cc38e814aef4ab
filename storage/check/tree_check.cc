#include "storage/check/tree_check.h"

#include "storage/check/log_check.h"
#include "storage/tlog/checkpoint_rows.h"

namespace duban {

TreeCheck::TreeCheck(const Snapshot& snapshot, CheckReport& report)
    : snapshot_(snapshot), report_(report) {
    load_checkpoints();
    compare_checkpoints();
}

void TreeCheck::load_checkpoints() {
    const auto loaded = read_checkpoints(
        snapshot_, [&](const StoredCheckpoint& one) { signed_.push_back(one.checkpoint); });
    if (loaded) return;
    if (loaded.error().code == Errc::corrupt) {
        add_fault(report_, "tree", "checkpoints", loaded.error().detail);
    } else {
        read_ = loaded;
    }
}

void TreeCheck::compare_checkpoints() {
    for (; next_signed_ < signed_.size(); ++next_signed_) {
        const Checkpoint& one = signed_[next_signed_];
        if (one.size != tree_.size()) return;
        if (one.root == tree_.root()) continue;
        add_fault(report_, "tree", "checkpoint " + std::to_string(one.size),
                  "it was signed for other events");
    }
}

void TreeCheck::add(const EventRecord& record) {
    tree_.append(record.envelope.id, sha256(record.bytes),
                 [&](std::string_view key, std::string_view value) { compare(key, value); });
    compare_checkpoints();
}

void TreeCheck::compare(std::string_view key, std::string_view value) {
    ++rows_;
    const auto stored = snapshot_.get(Family::tree, key);
    if (!stored) {
        read_ = tl::unexpected(stored.error());
    } else if (!*stored) {
        add_fault(report_, "tree", to_hex(key), "the row is missing");
    } else if (**stored != value) {
        add_fault(report_, "tree", to_hex(key), "the row is not what the events make");
    }
}

Status TreeCheck::run() {
    if (!read_) return read_;
    for (; next_signed_ < signed_.size(); ++next_signed_) {
        add_fault(report_, "tree", "checkpoint " + std::to_string(signed_[next_signed_].size),
                  "it was signed for more events than the log has");
    }
    std::uint64_t stored = 0;
    for (const auto kind : {tile_rows, tile_root_rows}) {
        const auto scanned =
            snapshot_.scan(Family::tree, kind, "", [&](std::string_view, std::string_view) {
                ++stored;
                return true;
            });
        if (!scanned) return scanned;
    }
    if (stored > rows_ && report_.faults.empty()) {
        add_fault(report_, "tree", "rows",
                  std::to_string(stored - rows_) + " rows are of no event");
    }
    return {};
}

}  // namespace duban
