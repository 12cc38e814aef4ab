#include "storage/check/tree_check.h"

#include "storage/check/log_check.h"

namespace duban {

void TreeCheck::add(const EventRecord& record) {
    tree_.append(record.envelope.id, sha256(record.bytes),
                 [&](std::string_view key, std::string_view value) { compare(key, value); });
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
