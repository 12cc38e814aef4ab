#include "commit/local_command.h"

#include <future>
#include <memory>
#include <utility>

#include "domain/directory/directory.h"
#include "storage/codec/digest.h"

namespace duban {

std::string command_uuid(const std::string& text) {
    std::string hex = digest_of(text).value.substr(7, 32);
    hex[12] = '8';
    hex[16] = "89ab"[static_cast<std::size_t>(hex[16]) % 4];
    for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, 1, '-');
    return hex;
}

Result<AcceptedOutcome> run_local(CommandSink& sink, const Clock& clock, LocalCommand command) {
    const std::string text = command.method + "\n" + command.name + "\n" + command.content;
    CommandRequest request;
    request.id = CommandId(command_uuid(text + "\n" + command.run));
    request.content = digest_of(text);
    request.content_digest = command.content_digest;
    request.actor = PersonId(system_actor);
    request.command = std::move(command.command);
    request.access.time = clock.now();
    request.access.person = request.actor;
    request.access.remote = "local";
    request.access.method = command.method;
    request.access.command = request.id;

    // Shared, since the sink may still be inside set_value when the answer is taken.
    auto promise = std::make_shared<std::promise<Result<Outcome>>>();
    auto answered = promise->get_future();
    sink.submit(std::move(request), [promise](Result<Outcome> outcome, bool) {
        promise->set_value(std::move(outcome));
    });
    const Result<Outcome> outcome = answered.get();
    if (!outcome) return tl::unexpected(outcome.error());
    if (outcome->accepted) return *outcome->accepted;
    const RefusedOutcome& refused = *outcome->refused;
    return fail(Errc::rule_violation,
                command.method + " " + command.name + " was refused: " + refused.detail,
                refused.field);
}

}  // namespace duban
