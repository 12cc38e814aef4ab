#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <nlohmann/json.hpp>

#include "server/http/http_guard.h"
#include "server/io/asio_socket.h"
#include "tools/cli/client.h"

namespace duban {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using net::ip::tcp;
using ErrorCode = boost::system::error_code;
using nlohmann::json;

HttpClient::RpcFailure failure_of(const json& error) {
    HttpClient::RpcFailure failure;
    failure.code = error.value("code", 0);
    failure.message = error.value("message", std::string());
    if (error.contains("data")) failure.data = error["data"].dump();
    return failure;
}

}  // namespace

std::string ServerUrl::authority() const {
    return host + ":" + port;
}

Result<ServerUrl> parse_server_url(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    if (url.substr(0, scheme.size()) != scheme) {
        return fail(Errc::invalid_argument, "'" + url + "' is not of the form http://host:port",
                    "url");
    }
    std::string rest = url.substr(scheme.size());
    while (!rest.empty() && rest.back() == '/') rest.pop_back();
    const std::size_t bracket = rest.find(']');
    const std::size_t colon = rest.find(':', bracket == std::string::npos ? 0 : bracket);
    ServerUrl parsed;
    parsed.host = rest.substr(0, colon);
    parsed.port = colon == std::string::npos ? "80" : rest.substr(colon + 1);
    if (parsed.host.empty() || parsed.port.empty() || rest.find('/') != std::string::npos) {
        return fail(Errc::invalid_argument, "'" + url + "' is not of the form http://host:port",
                    "url");
    }
    return parsed;
}

std::string ClientReply::field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
        if (equal_ignoring_case(key, name)) return value;
    }
    return "";
}

struct HttpClient::State {
    ServerUrl url;
    std::chrono::milliseconds deadline;
    std::string token;
    int next_id = 1;
    net::io_context io{1};
    std::optional<TcpSocket> socket;
    beast::flat_buffer buffer;

    bool wait(bool& done);
    Status connect();
    Result<ClientReply> exchange(const Request& request);
};

// Runs the context until `done` or the deadline; on the deadline the socket is closed.
bool HttpClient::State::wait(bool& done) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    io.restart();
    while (!done && std::chrono::steady_clock::now() < until) {
        if (io.run_one_until(until) == 0 && !done) break;
    }
    if (done) return true;
    ErrorCode ignored;
    socket->close(ignored);
    io.restart();
    io.run();
    return false;
}

Status HttpClient::State::connect() {
    buffer.clear();
    socket.emplace(io);
    ErrorCode error;
    net::ip::basic_resolver<tcp, net::io_context::executor_type> resolver(io);
    const auto endpoints = resolver.resolve(url.host, url.port, error);
    if (error) return fail(Errc::internal, "cannot find " + url.host + ": " + error.message());
    bool done = false;
    net::async_connect(*socket, endpoints, [&](const ErrorCode& result, const tcp::endpoint&) {
        error = result;
        done = true;
    });
    if (!wait(done))
        return fail(Errc::deadline, "no connection to " + url.authority() + " in time");
    if (error) {
        return fail(Errc::internal,
                    "cannot connect to " + url.authority() + ": " + error.message());
    }
    socket->set_option(tcp::no_delay(true), error);
    return {};
}

Result<ClientReply> HttpClient::State::exchange(const Request& request) {
    http::request<http::string_body> message;
    message.method_string(request.method);
    message.target(request.target);
    message.version(11);
    message.set(http::field::host, url.authority());
    if (!token.empty()) message.set(http::field::authorization, "Bearer " + token);
    for (const auto& [name, value] : request.fields) message.set(name, value);
    message.body() = request.body;
    if (request.method == "POST") message.content_length(request.body.size());

    ErrorCode error;
    bool done = false;
    http::async_write(*socket, message, [&](const ErrorCode& result, std::size_t) {
        error = result;
        done = true;
    });
    if (!wait(done)) return fail(Errc::deadline, "the request could not be sent in time");
    if (error) return fail(Errc::internal, "the connection broke: " + error.message());

    http::response_parser<http::string_body> parser;
    parser.body_limit(client_message_bytes_max * 4);
    if (request.method == "HEAD") parser.skip(true);
    done = false;
    http::async_read(*socket, buffer, parser, [&](const ErrorCode& result, std::size_t) {
        error = result;
        done = true;
    });
    if (!wait(done)) return fail(Errc::deadline, "no answer in time");
    if (error) return fail(Errc::internal, "the connection broke: " + error.message());

    ClientReply reply;
    reply.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get()) {
        reply.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    if (!parser.keep_alive()) socket.reset();
    reply.body = std::move(parser.get().body());
    return reply;
}

HttpClient::HttpClient(ServerUrl url, std::chrono::milliseconds deadline)
    : state_(std::make_unique<State>()) {
    state_->url = std::move(url);
    state_->deadline = deadline;
}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

Result<ClientReply> HttpClient::send(const Request& request) {
    const bool fresh = !state_->socket || !state_->socket->is_open();
    if (fresh) {
        if (Status connected = state_->connect(); !connected) {
            return tl::unexpected(connected.error());
        }
    }
    Result<ClientReply> reply = state_->exchange(request);
    if (reply) return reply;
    state_->socket.reset();
    if (fresh || reply.error().code == Errc::deadline) return reply;
    // The server may have closed the kept connection just then; every call is safe to repeat.
    if (Status connected = state_->connect(); !connected) return tl::unexpected(connected.error());
    return state_->exchange(request);
}

const std::string& HttpClient::token() const {
    return state_->token;
}

void HttpClient::set_token(std::string token) {
    state_->token = std::move(token);
}

tl::expected<json, HttpClient::RpcFailure> HttpClient::call(const std::string& method,
                                                            const json& params) {
    const json body = {
        {"jsonrpc", "2.0"}, {"id", state_->next_id++}, {"method", method}, {"params", params}};
    Request request;
    request.method = "POST";
    request.target = "/rpc";
    request.fields = {{"Content-Type", "application/json"}};
    request.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
    Result<ClientReply> reply = send(request);
    if (!reply) return tl::unexpected(RpcFailure{0, reply.error().detail, ""});
    const json answer = json::parse(reply->body, nullptr, false);
    if (answer.is_object() && answer.contains("result")) return answer["result"];
    if (answer.is_object() && answer.contains("error") && answer["error"].is_object()) {
        return tl::unexpected(failure_of(answer["error"]));
    }
    return tl::unexpected(RpcFailure{
        0, "the server answered HTTP " + std::to_string(reply->status) + " without a result", ""});
}

tl::expected<json, HttpClient::RpcFailure> HttpClient::login(const std::string& person,
                                                             const std::string& password) {
    auto result = call("auth.login", {{"person", person}, {"password", password}});
    if (result && result->contains("token")) set_token((*result)["token"].get<std::string>());
    return result;
}

}  // namespace duban
