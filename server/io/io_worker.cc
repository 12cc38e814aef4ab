#include "server/io/io_worker.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "server/http/http_session.h"
#include "server/http/server_context.h"

namespace duban {
namespace {

namespace net = boost::asio;
using IoExecutor = net::io_context::executor_type;

constexpr std::chrono::milliseconds tick{100};

}  // namespace

struct IoWorker::State {
    explicit State(ServerContext& server) : context(server) {}

    void run();
    void next_tick();
    void each(const std::function<void(LiveConnection&)>& visit);
    static void visit_one(LiveConnection& connection,
                          const std::function<void(LiveConnection&)>& visit);
    void compact();
    void end_if_idle();

    ServerContext& context;
    net::io_context io{1};
    std::optional<net::executor_work_guard<IoExecutor>> work;
    net::steady_timer timer{io};
    std::vector<std::shared_ptr<LiveConnection>> connections;
    int visiting = 0;
    bool holes = false;
    bool draining = false;
    bool ending = false;
    std::atomic<bool> wake_posted{false};
    std::atomic<std::size_t> live{0};
    std::thread thread;
};

void IoWorker::State::run() {
    while (true) {
        try {
            io.run();
            return;
        } catch (const std::exception& fault) {
            spdlog::error("worker: a handler ended with an exception: {}", fault.what());
        }
    }
}

void IoWorker::State::next_tick() {
    if (ending) return;
    timer.expires_after(tick);
    timer.async_wait([this](const boost::system::error_code& error) {
        if (error || ending) return;
        const auto now = context.clock.steady();
        each([now](LiveConnection& connection) { connection.on_tick(now); });
        next_tick();
    });
}

// Connections may come and go while they are visited: a place that becomes free is closed later.
void IoWorker::State::each(const std::function<void(LiveConnection&)>& visit) {
    ++visiting;
    const std::size_t count = connections.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::shared_ptr<LiveConnection> connection = connections[i];
        if (connection) visit_one(*connection, visit);
    }
    --visiting;
    compact();
}

// One that fails would fail at every visit: it goes, and the others are visited still.
void IoWorker::State::visit_one(LiveConnection& connection,
                                const std::function<void(LiveConnection&)>& visit) {
    try {
        visit(connection);
        return;
    } catch (const std::exception& fault) {
        spdlog::error("worker: a connection ended with an exception: {}", fault.what());
    }
    try {
        connection.abort();
    } catch (const std::exception& fault) {
        spdlog::error("worker: a connection was not closed: {}", fault.what());
    }
}

void IoWorker::State::compact() {
    if (visiting > 0 || !holes) return;
    holes = false;
    std::erase(connections, nullptr);
    for (std::size_t i = 0; i < connections.size(); ++i) connections[i]->slot_ = i;
}

void IoWorker::State::end_if_idle() {
    if (!ending) return;
    timer.cancel();
    work.reset();
}

IoWorker::IoWorker(ServerContext& context) : state_(std::make_shared<State>(context)) {}

IoWorker::~IoWorker() {
    join();
}

void IoWorker::start() {
    state_->work.emplace(state_->io.get_executor());
    net::post(state_->io, [state = state_.get()] { state->next_tick(); });
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

void IoWorker::adopt(OwnedSocket socket) {
    net::post(state_->io, [this, held = std::make_shared<OwnedSocket>(std::move(socket))] {
        if (!state_->draining) start_http_session(*this, std::move(*held));
    });
}

void IoWorker::wake() {
    if (state_->wake_posted.exchange(true)) return;
    net::post(state_->io, [state = state_.get()] {
        state->wake_posted.store(false);
        state->each([](LiveConnection& connection) { connection.on_published(); });
    });
}

void IoWorker::drain() {
    net::post(state_->io, [state = state_.get()] {
        state->draining = true;
        state->each([](LiveConnection& connection) { connection.on_drain(); });
    });
}

std::size_t IoWorker::live() const {
    return state_->live.load();
}

void IoWorker::abort() {
    net::post(state_->io, [state = state_.get()] {
        state->draining = true;
        state->ending = true;
        state->each([](LiveConnection& connection) { connection.abort(); });
        state->end_if_idle();
    });
}

void IoWorker::join() {
    if (state_->thread.joinable()) state_->thread.join();
}

IoWorker::Poster IoWorker::poster() const {
    return [weak = std::weak_ptr<State>(state_)](std::function<void()> work) {
        if (const std::shared_ptr<State> state = weak.lock()) net::post(state->io, std::move(work));
    };
}

boost::asio::io_context& IoWorker::io() {
    return state_->io;
}
ServerContext& IoWorker::context() {
    return state_->context;
}

void IoWorker::add(std::shared_ptr<LiveConnection> connection) {
    connection->slot_ = state_->connections.size();
    state_->connections.push_back(std::move(connection));
    state_->live.fetch_add(1);
}

void IoWorker::remove(LiveConnection& connection) {
    const std::size_t slot = connection.slot_;
    if (slot >= state_->connections.size() || state_->connections[slot].get() != &connection)
        return;
    state_->live.fetch_sub(1);
    if (state_->visiting > 0) {
        state_->connections[slot].reset();
        state_->holes = true;
        return;
    }
    const std::shared_ptr<LiveConnection> held = std::move(state_->connections[slot]);
    if (slot + 1 != state_->connections.size()) {
        state_->connections[slot] = std::move(state_->connections.back());
        state_->connections[slot]->slot_ = slot;
    }
    state_->connections.pop_back();
}

}  // namespace duban
