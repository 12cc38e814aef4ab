#include "server/io/listener.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <utility>

#include "server/io/asio_socket.h"

namespace duban {
namespace {

namespace net = boost::asio;
using net::ip::tcp;
using Acceptor = net::basic_socket_acceptor<tcp, net::io_context::executor_type>;

constexpr std::chrono::milliseconds accept_pause{100};

}  // namespace

struct Listener::State {
    OnAccept on_accept;
    OnTimer on_timer;
    std::chrono::milliseconds period;
    net::io_context io{1};
    Acceptor acceptor{io};
    net::steady_timer timer{io};
    net::steady_timer pause{io};
    bool stopped = false;
    std::thread thread;

    void accept();
    void accepted(TcpSocket socket);
    void tick();
};

void Listener::State::accept() {
    acceptor.async_accept([this](const boost::system::error_code& error, TcpSocket socket) {
        if (stopped) return;
        if (!error) {
            accepted(std::move(socket));
            accept();
            return;
        }
        spdlog::warn("listener: accept failed: {}", error.message());
        pause.expires_after(accept_pause);
        pause.async_wait([this](const boost::system::error_code& cancelled) {
            if (!cancelled && !stopped) accept();
        });
    });
}

void Listener::State::accepted(TcpSocket socket) {
    boost::system::error_code error;
    const tcp::endpoint peer = socket.remote_endpoint(error);
    if (error) return;
    Accepted connection;
    connection.ipv6 = acceptor.local_endpoint(error).protocol() == tcp::v6();
    connection.remote = peer.address().to_string();
    connection.descriptor = socket.release(error);
    if (!error) on_accept(std::move(connection));
}

void Listener::State::tick() {
    timer.expires_after(period);
    timer.async_wait([this](const boost::system::error_code& error) {
        if (error || stopped) return;
        on_timer();
        tick();
    });
}

Listener::Listener(OnAccept on_accept, OnTimer on_timer, std::chrono::milliseconds timer_period)
    : state_(std::make_unique<State>()) {
    state_->on_accept = std::move(on_accept);
    state_->on_timer = std::move(on_timer);
    state_->period = timer_period;
}

Listener::~Listener() {
    stop();
}

Status Listener::start(BoundPort port) {
    boost::system::error_code error;
    const tcp protocol = port.ipv6() ? tcp::v6() : tcp::v4();
    const int descriptor = port.release();
    state_->acceptor.assign(protocol, descriptor, error);
    if (error) {
        ::close(descriptor);
        return fail(Errc::internal, "the port cannot be served: " + error.message());
    }
    net::post(state_->io, [state = state_.get()] {
        state->accept();
        state->tick();
    });
    state_->thread = std::thread([state = state_.get()] { state->io.run(); });
    return {};
}

void Listener::stop() {
    if (!state_->thread.joinable()) return;
    net::post(state_->io, [state = state_.get()] {
        boost::system::error_code ignored;
        state->stopped = true;
        state->acceptor.close(ignored);
        state->timer.cancel();
        state->pause.cancel();
    });
    state_->thread.join();
}

}  // namespace duban
