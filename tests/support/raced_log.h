// RacedLog: a log to which another node appends too. Before each append of ours the test may let a
// batch of that node in.
// Refers to the log that it stands before. Thread-safety: as that log; set `other` before the first
// append that it is for.
#pragma once

#include <functional>
#include <optional>

#include "storage/log/sequenced_log.h"

namespace duban {

class RacedLog final : public SequencedLog {
public:
    explicit RacedLog(SequencedLog& log) : log_(log) {}

    // Called on the appending thread; what it returns takes the next number.
    std::function<std::optional<LogBatch>()> other;

    [[nodiscard]] Status append(BatchSeq expected, const LogBatch& batch) override {
        if (auto first = other ? other() : std::nullopt) {
            if (auto ok = log_.append(log_.head().seq, *first); !ok) return ok;
        }
        return log_.append(expected, batch);
    }
    [[nodiscard]] Result<std::vector<LogBatch>> read(BatchSeq from,
                                                     std::size_t count) const override {
        return log_.read(from, count);
    }
    [[nodiscard]] Status tail(BatchSeq from,
                              const std::function<bool(const LogBatch&)>& on_batch) const override {
        return log_.tail(from, on_batch);
    }
    [[nodiscard]] LogHead head() const override { return log_.head(); }

private:
    SequencedLog& log_;
};

}  // namespace duban
