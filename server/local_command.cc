#include "server/local_command.h"

#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "domain/directory.h"
#include "storage/digest.h"

namespace duban {

using nlohmann::json;

std::string command_uuid(const std::string& text) {
    std::string hex = digest_of(text).value.substr(7, 32);
    hex[12] = '8';
    hex[16] = "89ab"[static_cast<std::size_t>(hex[16]) % 4];
    for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, 1, '-');
    return hex;
}

Result<json> run_local(CommandSink& sink, const Clock& clock, LocalCommand command) {
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
    auto promise = std::make_shared<std::promise<Result<CommandOutcome>>>();
    auto answered = promise->get_future();
    sink.submit(std::move(request), [promise](Result<CommandOutcome> outcome, bool) {
        promise->set_value(std::move(outcome));
    });
    const Result<CommandOutcome> outcome = answered.get();
    if (!outcome) return tl::unexpected(outcome.error());
    const json reply = json::parse(outcome->reply, nullptr, false);
    if (reply.is_object() && reply.contains("result")) return reply["result"];
    std::string reason = command.method + " " + command.name + " was refused";
    std::string field;
    if (reply.is_object() && reply.contains("error")) {
        const json& error = reply["error"];
        reason += ": " + error.value("message", std::string());
        field = error.value("data", json::object()).value("field", std::string());
    }
    return fail(Errc::rule_violation, reason, field);
}

}  // namespace duban
