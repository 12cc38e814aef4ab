#include "server/counted_commands.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/error_map.h"

namespace duban {

std::string result_kind(const Result<CommandOutcome>& outcome, bool duplicate) {
    if (!outcome) return error_kind(outcome.error().code);
    if (duplicate) return "duplicate";
    // An answer is canonical: its first member tells which of the two it is.
    if (outcome->reply.starts_with("{\"result\"")) return "ok";
    const auto reply = nlohmann::json::parse(outcome->reply, nullptr, false);
    const nlohmann::json::json_pointer kind("/error/data/kind");
    return reply.is_object() ? reply.value(kind, std::string("refused")) : "refused";
}

void CountedCommands::submit(CommandRequest request, CommandDone done) {
    sink_.submit(std::move(request), [&metrics = metrics_, done = std::move(done)](
                                         Result<CommandOutcome> outcome, bool duplicate) {
        metrics.command(result_kind(outcome, duplicate));
        done(std::move(outcome), duplicate);
    });
}

void CountedCommands::record(AccessRecord access, std::function<void(Status)> done) {
    sink_.record(std::move(access), std::move(done));
}

}  // namespace duban
