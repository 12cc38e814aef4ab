#include "server/ops/counted_commands.h"

#include <utility>

#include "api/render/error_map.h"

namespace duban {

std::string result_kind(const Result<Outcome>& outcome, bool duplicate) {
    if (!outcome) return error_kind(outcome.error().code);
    if (duplicate) return "duplicate";
    return outcome->refused ? error_kind(outcome->refused->error) : "ok";
}

void CountedCommands::submit(CommandRequest request, CommandDone done) {
    sink_.submit(std::move(request), [&metrics = metrics_, done = std::move(done)](
                                         Result<Outcome> outcome, bool duplicate) {
        metrics.command(result_kind(outcome, duplicate));
        done(std::move(outcome), duplicate);
    });
}

void CountedCommands::record(AccessRecord access, std::function<void(Status)> done) {
    sink_.record(std::move(access), std::move(done));
}

}  // namespace duban
