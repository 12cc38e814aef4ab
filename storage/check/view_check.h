// ViewCheck: whether views, index and timers are what the log folds to. Folds in memory and writes
// nothing.
// Thread-safety: one thread at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "storage/check/rebuild.h"
#include "storage/fold/projection.h"

namespace duban {

class ViewCheck {
public:
    ViewCheck(ViewGeneration present, CheckReport& report);

    void add(const EventRecord& record, BatchSeq seq);
    // After the last event. Errors: storage_failed.
    [[nodiscard]] Status compare(const Snapshot& snapshot);

private:
    [[nodiscard]] Status compare_family(const Snapshot& snapshot, Family family);
    void blame(Family family, const std::string& key, const std::string& detail);

    ViewGeneration present_;
    CheckReport& report_;
    Projection projection_;
    std::map<std::pair<Family, std::string>, std::string> rows_;
    std::optional<Error> failed_;  // why the log does not fold
};

}  // namespace duban
