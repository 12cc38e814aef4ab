#include "tools/cli/remote.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "tools/cli/terminal.h"

namespace duban {

Result<HttpClient> open_remote(const std::string& url, const std::string& token,
                               const std::string& person) {
    const Result<ServerUrl> parsed = parse_server_url(url);
    if (!parsed) return tl::unexpected(parsed.error());
    HttpClient client(*parsed);
    if (!token.empty()) {
        client.set_token(token);
        return client;
    }
    if (person.empty()) return client;
    const Result<std::string> password = read_password("DUBAN_PASSWORD", "Password for " + person);
    if (!password) return tl::unexpected(password.error());
    const auto login = client.login(person, *password);
    if (login) return client;
    const bool refused = login.error().code != 0;
    return fail(refused ? Errc::unauthenticated : Errc::internal,
                (refused ? "cannot log in as " + person + ": " : "") + login.error().message);
}

int exit_code_of(const HttpClient::RpcFailure& failure) {
    switch (failure.code < 0 ? failure.code : failure.code / 100) {
        case -32700:
        case -32600:
        case -32601:
        case -32602:
        case 400:
            return 2;
        case 401:
            return 3;
        case 403:
            return 4;
        case 404:
            return 5;
        case 409:
            return 6;
        case 422:
            return 7;
        case 429:
        case 503:
        case 504:
            return 8;
        default:
            return 1;
    }
}

}  // namespace duban
