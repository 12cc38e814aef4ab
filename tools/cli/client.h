// HttpClient and WebsocketClient: the other side of this server, for the command line, end-to-end
// tests and load tools. Plain HTTP only. Not a general client: it speaks to Duban.
// Thread-safety: one thread at a time. Blocking: every call, up to its deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/base/result.h"

namespace duban {

inline constexpr std::size_t client_message_bytes_max = 64 * 1024 * 1024;

// "http://host[:port]". Errors: invalid_argument.
struct ServerUrl {
    std::string host;
    std::string port;
    [[nodiscard]] std::string authority() const;
};
[[nodiscard]] Result<ServerUrl> parse_server_url(const std::string& url);

struct ClientReply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
    // Value of the field of that name (any case), "" when absent.
    [[nodiscard]] std::string field(std::string_view name) const;
};

// One connection that is kept and opened anew when the server has closed it.
class HttpClient {
public:
    explicit HttpClient(ServerUrl url,
                        std::chrono::milliseconds deadline = std::chrono::seconds(30));
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;

    struct Request {
        std::string method = "GET";
        std::string target = "/";
        std::vector<std::pair<std::string, std::string>> fields;
        std::string body;
    };
    // Errors: deadline, internal (no connection, broken answer).
    [[nodiscard]] Result<ClientReply> send(const Request& request);

    void set_token(std::string token);
    [[nodiscard]] const std::string& token() const;

    // One JSON-RPC call: its result. An error answer comes back as the whole error object.
    struct RpcFailure {
        int code = 0;  // of the error object; 0 when there was no answer
        std::string message;
        std::string data;  // JSON text, "" when none
    };
    [[nodiscard]] tl::expected<nlohmann::json, RpcFailure> call(const std::string& method,
                                                                const nlohmann::json& params);
    // auth.login; on success the token is kept.
    [[nodiscard]] tl::expected<nlohmann::json, RpcFailure> login(const std::string& person,
                                                                 const std::string& password);

private:
    struct State;
    std::unique_ptr<State> state_;
};

// A WebSocket at /ws with the subprotocol duban.v1.
class WebsocketClient {
public:
    WebsocketClient();
    ~WebsocketClient();
    WebsocketClient(WebsocketClient&&) noexcept;

    struct Options {
        std::string token;                     // Authorization, none when empty
        std::string origin;                    // Origin, none when empty
        std::string subprotocol = "duban.v1";  // none when empty
        int receive_buffer_bytes = 0;          // of the socket; 0 leaves it to the system
        std::chrono::milliseconds deadline{10'000};
    };
    // Errors: deadline; internal with the HTTP status in `current` when the upgrade was refused.
    [[nodiscard]] Status connect(const ServerUrl& url, const Options& options);

    // Errors: deadline, internal (closed).
    [[nodiscard]] Status send(std::string_view text);
    [[nodiscard]] Status send_binary(std::string_view bytes);
    // The next message; nothing when none came in time or the connection has ended (see closed()).
    [[nodiscard]] std::optional<std::string> receive(std::chrono::milliseconds wait);

    // Whether the connection has ended, and the close code (1006 when there was none).
    [[nodiscard]] std::optional<std::uint16_t> closed() const;
    void close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban
