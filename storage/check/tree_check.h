// TreeCheck: whether the tree over the log is the one that its events make.
// Faults go into a report; only a failing disk is an error. Thread-safety: one thread at a time.
#pragma once

#include "storage/check/rebuild.h"
#include "storage/tlog/log_tree.h"

namespace duban {

class TreeCheck {
public:
    TreeCheck(const Snapshot& snapshot, CheckReport& report)
        : snapshot_(snapshot), report_(report) {}

    // Requires: the events in their order.
    void add(const EventRecord& record);
    // Rows that no event has made. Errors: storage_failed.
    [[nodiscard]] Status run();

private:
    void compare(std::string_view key, std::string_view value);

    const Snapshot& snapshot_;
    CheckReport& report_;
    LogTree tree_;
    std::uint64_t rows_ = 0;
    Status read_;
};

}  // namespace duban
