#include "tools/bench/websocket_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace duban {
namespace {

constexpr std::size_t read_bytes = 64 * 1024;
constexpr int answer_wait_ms = 30'000;
constexpr int events_max = 256;

Status system_error(const std::string& doing) {
    return fail(Errc::internal, doing + ": " + std::strerror(errno));
}

bool wait_readable(int socket) {
    pollfd readable{socket, POLLIN, 0};
    return ::poll(&readable, 1, answer_wait_ms) == 1;
}

}  // namespace

Result<std::unique_ptr<WebsocketPeer>> WebsocketPeer::connect(std::uint16_t port,
                                                              const std::string& token) {
    std::unique_ptr<WebsocketPeer> peer(
        new WebsocketPeer(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    if (Status shaken = peer->shake_hands(port, token); !shaken) {
        return tl::unexpected<Error>(shaken.error());
    }
    const auto opened =
        peer->call(R"({"jsonrpc":"2.0","id":0,"method":"session.open","params":{"token":")" +
                   token + R"("}})");
    if (!opened) return tl::unexpected<Error>(opened.error());
    if (opened->find(R"("session")") == std::string::npos) return fail(Errc::internal, *opened);
    return peer;
}

Status WebsocketPeer::shake_hands(std::uint16_t port, const std::string& token) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr general{};
    std::memcpy(&general, &address, sizeof address);
    if (socket_ < 0 || ::connect(socket_, &general, sizeof address) != 0) {
        return system_error("connecting");
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::string request =
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: ZHViYW4tYmVuY2gtMDEyMw==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: duban.v1\r\nAuthorization: Bearer " +
        token + "\r\n\r\n";
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0) {
        return system_error("asking for a WebSocket");
    }
    std::string answer;
    while (answer.find("\r\n\r\n") == std::string::npos) {
        char byte = 0;  // one at a time: what follows the head is a frame already
        if (!wait_readable(socket_) || ::recv(socket_, &byte, 1, 0) != 1) {
            return fail(Errc::internal, "no WebSocket, but: " + answer);
        }
        answer += byte;
    }
    if (answer.starts_with("HTTP/1.1 101")) return {};
    return fail(Errc::internal, "no WebSocket, but: " + answer);
}

WebsocketPeer::~WebsocketPeer() {
    if (socket_ >= 0) ::close(socket_);
}

bool WebsocketPeer::flush() {
    while (!out_.empty()) {
        const ssize_t sent = ::send(socket_, out_.data(), out_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EAGAIN) return false;
        if (sent < 0) {
            closed_ = true;
            return true;
        }
        out_.erase(0, static_cast<std::size_t>(sent));
    }
    return true;
}

void WebsocketPeer::take(const std::function<void(std::string_view)>& visit) {
    const ssize_t count = ::recv(socket_, in_.room(read_bytes), read_bytes, MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
        closed_ = true;
        return;
    }
    in_.taken(static_cast<std::size_t>(count), [&](Opcode opcode, std::string_view payload) {
        if (opcode == Opcode::text) visit(payload);
        if (opcode == Opcode::ping) append_frame(out_, Opcode::pong, payload);
        if (opcode == Opcode::close) closed_ = true;
    });
}

Result<std::string> WebsocketPeer::call(std::string_view text) {
    send(text);
    std::optional<std::string> answer;
    while (!answer) {
        (void)flush();
        if (closed_ || !wait_readable(socket_)) {
            return fail(Errc::internal, "the WebSocket was closed or is silent");
        }
        take([&](std::string_view message) {
            if (!answer) answer = std::string(message);
        });
    }
    return std::move(*answer);
}

PeerLoop::PeerLoop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

PeerLoop::~PeerLoop() {
    if (epoll_ >= 0) ::close(epoll_);
}

std::size_t PeerLoop::add(std::unique_ptr<WebsocketPeer> peer) {
    const std::size_t number = peers_.size();
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = number;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, peer->descriptor(), &event);
    peers_.push_back(std::move(peer));
    awaits_room_.push_back(false);
    return number;
}

void PeerLoop::watch(std::size_t number, bool writable) {
    if (awaits_room_[number] == writable) return;
    awaits_room_[number] = writable;
    epoll_event event{};
    event.events = EPOLLIN;
    if (writable) event.events |= EPOLLOUT;
    event.data.u64 = number;
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, peers_[number]->descriptor(), &event);
}

void PeerLoop::flush(std::size_t number) {
    watch(number, !peers_[number]->flush());
}

Status PeerLoop::run_once(int wait_ms, const Visit& visit) {
    std::array<epoll_event, events_max> events{};
    const int count = ::epoll_wait(epoll_, events.data(), events_max, wait_ms);
    for (int i = 0; i < count; ++i) {
        const auto number = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
        WebsocketPeer& ready = *peers_[number];
        ready.take([&](std::string_view text) { visit(number, text); });
        flush(number);
        if (ready.closed()) return fail(Errc::internal, "the server closed a WebSocket");
    }
    return {};
}

}  // namespace duban
