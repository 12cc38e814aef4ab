#include <cstdio>
#include <nlohmann/json.hpp>

#include "api/rpc/registry.h"
#include "server/ops/clock.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/remote.h"
#include "tools/cli/terminal.h"
#include "tools/cli/visible_text.h"

namespace duban {

int run(const CallConfig& config) {
    nlohmann::json params = nlohmann::json::parse(config.params, nullptr, false);
    if (!params.is_object()) {
        report_failure("the parameters are not a JSON object: " + config.params);
        return 2;
    }
    // A person at the terminal has no use for the id; a script that repeats a call gives its own.
    const Method* method = find_method(config.method);
    const bool command = method != nullptr && method->kind == MethodKind::command;
    if (command && !params.contains("command_id")) {
        params["command_id"] = RandomIds().uuid7(SystemClock().now());
    }
    Result<HttpClient> client = open_remote(config.url, config.token, config.person);
    if (!client) {
        report_failure(client.error());
        return client.error().code == Errc::unauthenticated ? 3 : 1;
    }
    const auto result = client->call(config.method, params);
    if (result) {
        std::printf("%s\n", visible_json(result->dump(2)).c_str());
        return 0;
    }
    report_failure(result.error().message +
                   (result.error().data.empty() ? "" : " " + result.error().data));
    return exit_code_of(result.error());
}

}  // namespace duban
