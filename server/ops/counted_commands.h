// CountedCommands: a CommandSink that counts what becomes of the commands that pass through it.
// Refers to the sink and the metrics, which outlive it.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include "commit/command_sink.h"
#include "server/ops/metrics.h"

namespace duban {

class CountedCommands final : public CommandSink {
public:
    CountedCommands(CommandSink& sink, Metrics& metrics) : sink_(sink), metrics_(metrics) {}

    void submit(CommandRequest request, CommandDone done) override;
    void record(AccessRecord access, std::function<void(Status)> done) override;

private:
    CommandSink& sink_;
    Metrics& metrics_;
};

// "ok", "duplicate", or the kind of the error.
[[nodiscard]] std::string result_kind(const Result<Outcome>& outcome, bool duplicate);

}  // namespace duban
