// TreeCheck: whether the tree over the log is the one that its events make, and the checkpoints
// speak of it. Whether they are signed is for who has the key (`duban audit verify`).
// Faults go into a report; only a failing disk is an error. Thread-safety: one thread at a time.
#pragma once

#include <vector>

#include "storage/check/rebuild.h"
#include "storage/tlog/checkpoint.h"
#include "storage/tlog/log_tree.h"

namespace duban {

class TreeCheck {
public:
    TreeCheck(const Snapshot& snapshot, CheckReport& report);

    // Requires: the events in their order.
    void add(const EventRecord& record);
    // Rows that no event has made, and checkpoints beyond the last event. Errors: storage_failed.
    [[nodiscard]] Status run();

private:
    void compare(std::string_view key, std::string_view value);
    void load_checkpoints();
    // Those of the tree as it stands.
    void compare_checkpoints();

    const Snapshot& snapshot_;
    CheckReport& report_;
    LogTree tree_;
    std::uint64_t rows_ = 0;
    std::vector<Checkpoint> signed_;  // by size
    std::size_t next_signed_ = 0;
    Status read_;
};

}  // namespace duban
