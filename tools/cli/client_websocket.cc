#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "server/io/asio_socket.h"
#include "tools/cli/client.h"

namespace duban {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
namespace net = boost::asio;
using net::ip::tcp;
using ErrorCode = boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::uint16_t closed_without_code = 1006;

}  // namespace

struct WebsocketClient::State {
    std::chrono::milliseconds deadline{10'000};
    net::io_context io{1};
    websocket::stream<TcpSocket> stream{io};
    beast::flat_buffer in;
    bool reading = false;
    std::optional<std::string> message;
    std::optional<std::uint16_t> closed;

    bool wait(const bool& done, std::chrono::milliseconds limit);
    Status open_socket(const ServerUrl& url, int receive_buffer_bytes);
    Status handshake(const ServerUrl& url, const Options& options);
    Status write(std::string_view bytes, bool text);
    void read();
    void ended(const ErrorCode& error);
    void drop();
};

bool WebsocketClient::State::wait(const bool& done, std::chrono::milliseconds limit) {
    const auto until = steady_clock::now() + limit;
    io.restart();
    while (!done && io.run_one_until(until) > 0) {
    }
    return done;
}

void WebsocketClient::State::drop() {
    ErrorCode ignored;
    stream.next_layer().close(ignored);
    io.restart();
    io.run();
}

Status WebsocketClient::State::open_socket(const ServerUrl& url, int receive_buffer_bytes) {
    ErrorCode error;
    net::ip::basic_resolver<tcp, net::io_context::executor_type> resolver(io);
    const auto endpoints = resolver.resolve(url.host, url.port, error);
    if (error) return fail(Errc::internal, "cannot find " + url.host + ": " + error.message());
    TcpSocket& socket = stream.next_layer();
    if (receive_buffer_bytes > 0) {
        socket.open(endpoints.begin()->endpoint().protocol(), error);
        socket.set_option(net::socket_base::receive_buffer_size(receive_buffer_bytes), error);
        socket.connect(endpoints.begin()->endpoint(), error);
    } else {
        bool done = false;
        net::async_connect(socket, endpoints, [&](const ErrorCode& result, const tcp::endpoint&) {
            error = result;
            done = true;
        });
        if (!wait(done, deadline)) {
            drop();
            return fail(Errc::deadline, "no connection to " + url.authority() + " in time");
        }
    }
    if (error) {
        return fail(Errc::internal,
                    "cannot connect to " + url.authority() + ": " + error.message());
    }
    socket.set_option(tcp::no_delay(true), error);
    return {};
}

Status WebsocketClient::State::handshake(const ServerUrl& url, const Options& options) {
    stream.set_option(
        websocket::stream_base::decorator([options](websocket::request_type& request) {
            namespace http = beast::http;
            if (!options.subprotocol.empty()) {
                request.set(http::field::sec_websocket_protocol, options.subprotocol);
            }
            if (!options.origin.empty()) request.set(http::field::origin, options.origin);
            if (!options.token.empty()) {
                request.set(http::field::authorization, "Bearer " + options.token);
            }
        }));
    stream.read_message_max(client_message_bytes_max);
    stream.auto_fragment(false);
    websocket::response_type response;
    ErrorCode error;
    bool done = false;
    stream.async_handshake(response, url.authority(), "/ws", [&](const ErrorCode& result) {
        error = result;
        done = true;
    });
    if (!wait(done, deadline)) {
        drop();
        return fail(Errc::deadline, "no answer to the upgrade in time");
    }
    if (!error) return {};
    Error refused{Errc::internal, "the upgrade was refused: " + error.message(), "", "", 0};
    refused.current = response.result_int();
    return tl::unexpected(refused);
}

void WebsocketClient::State::read() {
    reading = true;
    stream.async_read(in, [this](const ErrorCode& error, std::size_t) {
        reading = false;
        if (error) return ended(error);
        message = beast::buffers_to_string(in.data());
        in.consume(in.size());
    });
}

void WebsocketClient::State::ended(const ErrorCode& error) {
    const auto code = static_cast<std::uint16_t>(stream.reason().code);
    const bool told = error == websocket::error::closed && code != 0;
    closed = told ? code : closed_without_code;
}

Status WebsocketClient::State::write(std::string_view bytes, bool text) {
    if (closed) return fail(Errc::internal, "the connection is closed");
    stream.text(text);
    ErrorCode error;
    bool done = false;
    stream.async_write(net::buffer(bytes.data(), bytes.size()),
                       [&](const ErrorCode& result, std::size_t) {
                           error = result;
                           done = true;
                       });
    if (!wait(done, deadline)) {
        drop();
        closed = closed_without_code;
        return fail(Errc::deadline, "the message could not be sent in time");
    }
    if (error) {
        if (!closed && !reading) ended(error);
        return fail(Errc::internal, "the connection broke: " + error.message());
    }
    return {};
}

WebsocketClient::WebsocketClient() : state_(std::make_unique<State>()) {}
WebsocketClient::~WebsocketClient() {
    if (state_) state_->drop();
}
WebsocketClient::WebsocketClient(WebsocketClient&&) noexcept = default;

Status WebsocketClient::connect(const ServerUrl& url, const Options& options) {
    state_->deadline = options.deadline;
    if (Status opened = state_->open_socket(url, options.receive_buffer_bytes); !opened) {
        return opened;
    }
    return state_->handshake(url, options);
}

Status WebsocketClient::send(std::string_view text) {
    return state_->write(text, true);
}
Status WebsocketClient::send_binary(std::string_view bytes) {
    return state_->write(bytes, false);
}

std::optional<std::string> WebsocketClient::receive(std::chrono::milliseconds wait) {
    const auto until = steady_clock::now() + wait;
    state_->io.restart();
    while (!state_->message) {
        if (state_->closed) return std::nullopt;
        if (!state_->reading) state_->read();
        if (state_->io.run_one_until(until) == 0) break;
    }
    return std::exchange(state_->message, std::nullopt);
}

std::optional<std::uint16_t> WebsocketClient::closed() const {
    return state_->closed;
}

void WebsocketClient::close() {
    if (state_->closed) return;
    bool done = false;
    state_->stream.async_close(websocket::close_code::normal,
                               [&](const ErrorCode&) { done = true; });
    // The handshake's answer is read by the pending read when there is one.
    if (!state_->wait(done, state_->deadline)) state_->drop();
    if (!state_->closed) state_->closed = static_cast<std::uint16_t>(websocket::close_code::normal);
}

}  // namespace duban
