// ViewCheck: whether views, index and timers are what the log folds to. Folds in memory and writes
// nothing. Of the rows at most about `rows_bytes_max` are in memory: when a log makes more, they
// are compared in parts, for each of which the log has to be read once more. The states of all
// tasks are in memory as well. Thread-safety: one thread at a time.
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
    static constexpr std::size_t rows_bytes_max = 256ULL * 1024 * 1024;

    ViewCheck(ViewGeneration present, CheckReport& report, std::size_t bytes_max = rows_bytes_max);

    void add(const EventRecord& record, BatchSeq seq);
    // After the last event. Errors: storage_failed.
    [[nodiscard]] Status compare(const Snapshot& snapshot);
    // Begins anew with rows that were not compared yet: every event has to be added once more.
    // False when all were.
    [[nodiscard]] bool next_part();

private:
    [[nodiscard]] Status compare_family(const Snapshot& snapshot, Family family);
    // Whether the row belongs to the part that is being compared.
    [[nodiscard]] bool mine(Family family, std::string_view key) const;
    void keep(RowChange row);
    // Twice as many parts, of which this is the first.
    void halve();
    void blame(Family family, const std::string& key, const std::string& detail);

    ViewGeneration present_;
    CheckReport& report_;
    Fold fold_;
    std::map<std::pair<Family, std::string>, std::string> rows_;
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;  // of rows_
    std::size_t parts_ = 1;  // a power of two
    std::size_t part_ = 0;
    std::optional<Error> failed_;  // why the log does not fold
};

}  // namespace duban
