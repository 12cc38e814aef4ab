// ApiPort: the RpcPort that is the real API: Dispatcher for requests, Connection for streams.
// Refers to the context and the dispatcher, which outlive it.
// Thread-safety: safe for concurrent use.
#pragma once

#include "server/http/rpc_port.h"

namespace duban {

class ApiPort final : public RpcPort {
public:
    ApiPort(ApiContext& context, Dispatcher& dispatcher)
        : context_(context), dispatcher_(dispatcher) {}

    void handle_body(std::string body, Caller caller, const ChargeCalls& charge,
                     AnswerDone done) override;
    [[nodiscard]] RpcAnswer refusal(const Error& error) override;
    [[nodiscard]] const std::string& openrpc() override;
    [[nodiscard]] const std::string& asyncapi() override;
    [[nodiscard]] Result<Caller> authenticate(const std::string& token,
                                              const std::string& remote) override;
    [[nodiscard]] std::shared_ptr<MessagePeer> connect(Connection::Hooks hooks,
                                                       const std::string& remote) override;

private:
    ApiContext& context_;
    Dispatcher& dispatcher_;
};

}  // namespace duban
