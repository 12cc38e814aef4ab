#include "server/http/http_server.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <thread>
#include <utility>

#include "server/io/io_worker.h"
#include "server/io/listener.h"

namespace duban {
namespace {

constexpr std::chrono::milliseconds timer_period{50};
constexpr std::chrono::milliseconds drain_poll{10};

// Connections whose calls do not end must still be told so before the drain ends.
HttpServerOptions fitting_drain(HttpServerOptions options) {
    TransportDeadlines& deadlines = options.deadlines;
    const auto left = options.drain_max - deadlines.drain_notice - deadlines.close;
    deadlines.drain_calls = std::clamp(deadlines.drain_calls, std::chrono::milliseconds::zero(),
                                       std::max(left, std::chrono::milliseconds::zero()));
    return options;
}

}  // namespace

struct HttpServer::State {
    State(ServerParts parts, HttpServerOptions settings)
        : options(fitting_drain(std::move(settings))),
          gate(options.limits.connections_max, options.limits.unauthenticated_per_address_max),
          rpc_rates(options.limits.rpc_per_s, options.limits.rpc_burst),
          every_50ms(std::move(parts.every_50ms)),
          messages(std::move(parts.messages)),
          context{parts.rpc,       parts.blobs,     parts.blob_access,
                  parts.clock,     parts.metrics,   gate,
                  rpc_rates,       *messages,       std::move(parts.run_blocking),
                  parts.log_files, options.origins, options.deadlines,
                  options.limits,  options.web},
          listener([this](Accepted accepted) { deal(std::move(accepted)); },
                   [this] {
                       if (every_50ms) every_50ms();
                   },
                   timer_period) {}

    void deal(Accepted accepted);
    std::size_t live() const;
    void drain();

    HttpServerOptions options;
    ConnectionGate gate;
    RpcRates rpc_rates;
    std::function<void()> every_50ms;
    std::shared_ptr<MessageBudget> messages;
    ServerContext context;
    std::vector<std::unique_ptr<IoWorker>> workers;
    Listener listener;
    std::size_t next_worker = 0;
    std::uint16_t port = 0;
    bool running = false;
};

void HttpServer::State::deal(Accepted accepted) {
    std::optional<ConnectionGate::Pass> pass = gate.enter(accepted.remote);
    if (!pass) {
        context.metrics.connection_refused();
        ::close(accepted.descriptor);
        return;
    }
    workers[next_worker]->adopt(OwnedSocket(accepted.descriptor, accepted.ipv6,
                                            std::move(accepted.remote), std::move(*pass)));
    next_worker = (next_worker + 1) % workers.size();
}

std::size_t HttpServer::State::live() const {
    return std::accumulate(
        workers.begin(), workers.end(), std::size_t{0},
        [](std::size_t sum, const auto& worker) { return sum + worker->live(); });
}

void HttpServer::State::drain() {
    for (const auto& worker : workers) worker->drain();
    const auto deadline = context.clock.steady() + options.drain_max;
    while (live() > 0 && context.clock.steady() < deadline) {
        std::this_thread::sleep_for(drain_poll);
        // The listener's timer has stopped, but what requests wait for must still end in time.
        if (every_50ms) every_50ms();
    }
    if (const std::size_t left = live(); left > 0) {
        spdlog::warn("server: {} connections did not end in time and are closed", left);
    }
}

HttpServer::HttpServer(ServerParts parts, HttpServerOptions options)
    : state_(std::make_unique<State>(std::move(parts), std::move(options))) {}

HttpServer::~HttpServer() {
    stop();
}

Status HttpServer::start() {
    Result<BoundPort> port = BoundPort::listen(state_->options.host, state_->options.port);
    if (!port) return tl::unexpected(port.error());
    return start(std::move(*port));
}

Status HttpServer::start(BoundPort port) {
    state_->port = port.port();
    const std::size_t threads = std::max<std::size_t>(1, state_->options.threads);
    for (std::size_t i = 0; i < threads; ++i) {
        state_->workers.push_back(std::make_unique<IoWorker>(state_->context));
        state_->workers.back()->start();
    }
    state_->running = true;
    state_->context.ready.store(true);
    if (Status listens = state_->listener.start(std::move(port)); !listens) return listens;
    spdlog::info("server: listening on {} port {} with {} threads", state_->options.host,
                 state_->port, threads);
    return {};
}

std::uint16_t HttpServer::port() const {
    return state_->port;
}

void HttpServer::wake() {
    if (!state_->context.ready.load()) return;
    for (const auto& worker : state_->workers) worker->wake();
}

void HttpServer::stop() {
    if (!std::exchange(state_->running, false)) return;
    state_->context.ready.store(false);
    spdlog::info("server: draining {} connections", state_->live());
    state_->listener.stop();
    state_->drain();
    for (const auto& worker : state_->workers) worker->abort();
    for (const auto& worker : state_->workers) worker->join();
    spdlog::info("server: stopped");
}

}  // namespace duban
