// RpcPort and MessagePeer: what the transports ask of the layer above. api_port.h puts Dispatcher
// and Connection behind them; tests of the transports put small fakes there.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/rpc/dispatcher.h"
#include "api/stream/connection.h"

namespace duban {

// The far side of one WebSocket: takes messages, has messages to send. The members are those of
// Connection, which see. Strand-confined. Non-blocking.
class MessagePeer {
public:
    virtual ~MessagePeer() = default;
    virtual void authenticate(std::string token) = 0;
    virtual void on_message(std::string text) = 0;
    [[nodiscard]] virtual std::size_t message_bytes_max() const = 0;
    // Whether the peer has shown who it is.
    [[nodiscard]] virtual bool authenticated() const = 0;
    [[nodiscard]] virtual std::optional<std::string> next_output() = 0;
    virtual void on_published() = 0;
    virtual void on_tick(std::chrono::steady_clock::time_point now) = 0;
    virtual void on_drain(std::chrono::milliseconds close_in,
                          std::chrono::milliseconds reconnect_after) = 0;
    // Whether a call that was taken still waits for its answer to be sent.
    [[nodiscard]] virtual bool busy() const = 0;
    virtual void on_closed() = 0;
};

// Thread-safety: safe for concurrent use.
class RpcPort {
public:
    virtual ~RpcPort() = default;
    // Answers a request body; `charge` is called at most once, before this returns, `done` once, on
    // any thread. Non-blocking.
    virtual void handle_body(std::string body, Caller caller, const ChargeCalls& charge,
                             AnswerDone done) = 0;
    // The answer to a request whose caller is not accepted.
    [[nodiscard]] virtual RpcAnswer refusal(const Error& error) = 0;
    // The published descriptions, as JSON text.
    [[nodiscard]] virtual const std::string& openrpc() = 0;
    [[nodiscard]] virtual const std::string& asyncapi() = 0;
    // The caller of a bearer token. Blocking. Errors: unauthenticated, token_expired,
    // storage_failed.
    [[nodiscard]] virtual Result<Caller> authenticate(const std::string& token,
                                                      const std::string& remote) = 0;
    [[nodiscard]] virtual std::shared_ptr<MessagePeer> connect(Connection::Hooks hooks,
                                                               const std::string& remote) = 0;
};

}  // namespace duban
