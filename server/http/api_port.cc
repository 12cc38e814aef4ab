#include "server/http/api_port.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/schema/openrpc.h"

namespace duban {
namespace {

class ConnectionPeer final : public MessagePeer {
public:
    ConnectionPeer(std::shared_ptr<Connection> connection, std::size_t unauthenticated_bytes)
        : connection_(std::move(connection)), unauthenticated_bytes_(unauthenticated_bytes) {}

    void authenticate(std::string token) override { connection_->authenticate(std::move(token)); }
    void on_message(std::string text) override { connection_->on_message(std::move(text)); }
    std::size_t message_bytes_max() const override { return connection_->message_bytes_max(); }
    bool authenticated() const override {
        return connection_->message_bytes_max() > unauthenticated_bytes_;
    }
    std::optional<std::string> next_output() override { return connection_->next_output(); }
    void on_published() override { connection_->on_published(); }
    void on_tick(std::chrono::steady_clock::time_point now) override { connection_->on_tick(now); }
    void on_drain(std::chrono::milliseconds close_in,
                  std::chrono::milliseconds reconnect_after) override {
        connection_->on_drain(close_in, reconnect_after);
    }
    bool busy() const override { return connection_->busy(); }
    void on_closed() override { connection_->on_closed(); }

private:
    std::shared_ptr<Connection> connection_;
    std::size_t unauthenticated_bytes_;
};

}  // namespace

void ApiPort::handle_body(std::string body, Caller caller, const ChargeCalls& charge,
                          AnswerDone done) {
    dispatcher_.handle_body(std::move(body), std::move(caller), charge, std::move(done));
}

RpcAnswer ApiPort::refusal(const Error& error) {
    return error_answer(nlohmann::json(), error);
}

const std::string& ApiPort::openrpc() {
    return openrpc_document();
}
const std::string& ApiPort::asyncapi() {
    return asyncapi_document();
}

Result<Caller> ApiPort::authenticate(const std::string& token, const std::string& remote) {
    return dispatcher_.authenticate(token, remote);
}

std::shared_ptr<MessagePeer> ApiPort::connect(Connection::Hooks hooks, const std::string& remote) {
    auto connection = std::make_shared<Connection>(context_, dispatcher_, std::move(hooks), remote);
    return std::make_shared<ConnectionPeer>(std::move(connection),
                                            context_.limits.message_bytes_unauthenticated_max);
}

}  // namespace duban
