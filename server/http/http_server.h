// HttpServer: the whole front: listener, workers and their connections on one port.
// Owns them; refers to the RpcPort, BlobStore, Clock and pool given in ServerParts, which outlive
// it. Stops in two stages with deadlines: drain (readiness off, session.drain, running requests
// end, close 1012), then abort what is left and join. Order at the end: stop(), then stop the pool
// and the committer, then destroy. Completions that arrive in between are dropped. Thread-safety:
// wake() and ready() are safe for concurrent use, the rest by one thread. Blocking: stop().
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/http/server_context.h"
#include "server/io/bound_port.h"

namespace duban {

struct HttpServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    std::size_t threads = 1;
    std::vector<std::string> origins;
    std::shared_ptr<const WebFiles> web = std::make_shared<WebFiles>();  // the page's files
    TransportDeadlines deadlines;
    TransportLimits limits;
    std::chrono::milliseconds drain_max{15'000};  // for the whole of the drain
};

struct ServerParts {
    RpcPort& rpc;
    BlobStore& blobs;
    BlobAccess& blob_access;
    const Clock& clock;
    Metrics& metrics;
    std::function<bool(std::function<void()>)> run_blocking;
    std::function<void()> every_50ms;  // on the listener's thread; may be empty
    // What answers may take; one of its own without it.
    std::shared_ptr<MessageBudget> messages = std::make_shared<MessageBudget>();
    LogFiles* log_files = nullptr;  // without: there is nothing under /tlog/
};

class HttpServer {
public:
    HttpServer(ServerParts parts, HttpServerOptions options);
    ~HttpServer();  // stops
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    // Listens and serves. Errors: invalid_argument (address malformed or in use).
    [[nodiscard]] Status start();
    // Serves a port that is listened on already, whatever the options say.
    [[nodiscard]] Status start(BoundPort port);
    [[nodiscard]] std::uint16_t port() const;
    // New events are durable: to be called after each publish, returns at once.
    void wake();
    // Idempotent.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban
