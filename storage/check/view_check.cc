#include "storage/check/view_check.h"

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

ViewCheck::ViewCheck(ViewGeneration present, CheckReport& report)
    : present_(present), report_(report), projection_(World::empty(), present) {}

void ViewCheck::add(const EventRecord& record, BatchSeq seq) {
    if (failed_) return;
    if (const auto ok = projection_.fold(record, seq); !ok) {
        failed_ = ok.error();
        return;
    }
    for (RowChange& row : projection_.take()) {
        if (row.value) {
            rows_[{row.family, std::move(row.key)}] = std::move(*row.value);
        } else {
            rows_.erase({row.family, row.key});
        }
    }
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
