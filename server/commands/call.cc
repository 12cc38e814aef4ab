#include <cstdio>
#include <nlohmann/json.hpp>

#include "server/commands/commands.h"
#include "server/remote.h"
#include "server/terminal.h"

namespace duban {

int run(const CallConfig& config) {
    const nlohmann::json params = nlohmann::json::parse(config.params, nullptr, false);
    if (!params.is_object()) {
        report_failure("the parameters are not a JSON object: " + config.params);
        return 2;
    }
    Result<HttpClient> client = open_remote(config.url, config.token, config.person);
    if (!client) {
        report_failure(client.error());
        return client.error().code == Errc::unauthenticated ? 3 : 1;
    }
    const auto result = client->call(config.method, params);
    if (result) {
        std::printf("%s\n", result->dump(2).c_str());
        return 0;
    }
    report_failure(result.error().message +
                   (result.error().data.empty() ? "" : " " + result.error().data));
    return exit_code_of(result.error());
}

}  // namespace duban
