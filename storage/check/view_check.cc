#include "storage/check/view_check.h"

#include <functional>

#include "storage/check/log_check.h"
#include "storage/codec/digest.h"
#include "storage/fold/generations.h"

namespace duban {
namespace {

const char* name_of(Family family) {
    if (family == Family::index) return "index";
    return family == Family::timer ? "timer" : "view";
}

}  // namespace

ViewCheck::ViewCheck(ViewGeneration present, CheckReport& report, std::size_t bytes_max)
    : present_(present), report_(report), fold_(World::empty(), present), bytes_max_(bytes_max) {}

void ViewCheck::add(const EventRecord& record, BatchSeq seq) {
    if (failed_) return;
    if (const auto ok = fold_.add(record, seq); !ok) {
        failed_ = ok.error();
        return;
    }
    for (RowChange& row : fold_.take()) {
        if (mine(row.family, row.key)) keep(std::move(row));
    }
    while (bytes_ > bytes_max_ && part_ == 0 && rows_.size() > 1) halve();
}

void ViewCheck::keep(RowChange row) {
    const auto found = rows_.find({row.family, row.key});
    if (found != rows_.end()) {
        bytes_ -= found->first.second.size() + found->second.size();
        rows_.erase(found);
    }
    if (!row.value) return;
    bytes_ += row.key.size() + row.value->size();
    rows_[{row.family, std::move(row.key)}] = std::move(*row.value);
}

bool ViewCheck::mine(Family family, std::string_view key) const {
    const std::size_t hash = std::hash<std::string_view>{}(key) + static_cast<std::size_t>(family);
    return hash % parts_ == part_;
}

void ViewCheck::halve() {
    parts_ *= 2;
    std::erase_if(rows_, [&](const auto& row) {
        if (mine(row.first.first, row.first.second)) return false;
        bytes_ -= row.first.second.size() + row.second.size();
        return true;
    });
}

bool ViewCheck::next_part() {
    if (failed_ || ++part_ >= parts_) return false;
    rows_.clear();
    bytes_ = 0;
    fold_ = Fold(World::empty(), present_);
    return true;
}

Status ViewCheck::compare(const Snapshot& snapshot) {
    if (failed_) {
        add_fault(report_, "view", "all views", "the log does not fold: " + failed_->detail);
        return {};
    }
    for (const Family family : {Family::view, Family::index, Family::timer}) {
        if (auto ok = compare_family(snapshot, family); !ok) return ok;
    }
    for (const auto& [key, value] : rows_) blame(key.first, key.second, "the row is missing");
    return {};
}

Status ViewCheck::compare_family(const Snapshot& snapshot, Family family) {
    return snapshot.scan(family, "", "", [&](std::string_view key, std::string_view value) {
        const auto generation = generation_of(family, key);
        // What an interrupted rebuild left behind is nobody's.
        if (generation && *generation != present_) return true;
        if (!mine(family, key)) return true;
        const auto expected = rows_.extract({family, std::string(key)});
        if (!expected) {
            blame(family, std::string(key), "the row is superfluous");
        } else if (expected.mapped() != value) {
            blame(family, std::string(key), "the row is not what the log folds to");
        }
        return true;
    });
}

void ViewCheck::blame(Family family, const std::string& key, const std::string& detail) {
    add_fault(report_, name_of(family), to_hex(key), detail);
}

}  // namespace duban
