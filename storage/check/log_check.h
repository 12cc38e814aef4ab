// LogCheck: whether the record agrees with itself: batches, positions, hashes, streams, heads and
// answers. Faults go into a report; only a failing disk is an error.
// Thread-safety: one thread at a time.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "storage/check/rebuild.h"
#include "storage/log/batch_reader.h"
#include "storage/log/sequenced_log.h"

namespace duban {

// Notes the fault unless the report is full.
void add_fault(CheckReport& report, std::string what, std::string where, std::string detail);

class LogCheck {
public:
    // `on_event` gets every event that could be decoded, in order.
    LogCheck(const Snapshot& snapshot, CheckReport& report,
             std::function<void(const EventRecord&, BatchSeq)> on_event);

    // Errors: storage_failed.
    [[nodiscard]] Status run();

private:
    struct StreamEnd {
        std::uint64_t revisions = 0;
        std::string hash;
        std::string row;  // what the family `head` has to hold
    };

    [[nodiscard]] Status check_batch(BatchSeq seq, const BatchHeader& header);
    [[nodiscard]] Status collect_events(BatchSeq seq, const BatchHeader& header,
                                        std::vector<Hash>& events);
    [[nodiscard]] Status collect_outcomes(BatchSeq seq, const BatchHeader& header,
                                          std::vector<CommandOutcome>& outcomes);
    [[nodiscard]] Status check_event(BatchSeq seq, Position position, const std::string& bytes,
                                     const Hash& hash);
    [[nodiscard]] Status check_stream_entry(const EventRecord& record);
    void check_chain(const EventRecord& record);
    [[nodiscard]] Status check_stream_heads();
    [[nodiscard]] Status check_log_head();
    [[nodiscard]] Status check_counts();
    void blame(const char* what, const std::string& where, const std::string& detail);

    const Snapshot& snapshot_;
    CheckReport& report_;
    std::function<void(const EventRecord&, BatchSeq)> on_event_;
    LogHead end_;  // as far as checked
    std::unordered_map<std::string, StreamEnd> streams_;
    std::uint64_t outcomes_ = 0;
    std::uint64_t entries_ = 0;
};

}  // namespace duban
