// WebsocketPeer: one client of the server under load, over a plain non-blocking socket. PeerLoop:
// many of them on one thread, through epoll, so that the load costs little beside the server.
// Thread-safety: one thread at a time. Blocking: connect, and run_once up to its time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "tools/bench/websocket_frame.h"

namespace duban {

class WebsocketPeer {
public:
    // To 127.0.0.1; the session is open when it returns. Errors: internal.
    [[nodiscard]] static Result<std::unique_ptr<WebsocketPeer>> connect(std::uint16_t port,
                                                                        const std::string& token);
    ~WebsocketPeer();
    WebsocketPeer(const WebsocketPeer&) = delete;
    WebsocketPeer& operator=(const WebsocketPeer&) = delete;

    // Takes the message; flush() sends what was taken.
    void send(std::string_view text) { append_frame(out_, Opcode::text, text); }
    // True when all is sent. What is left goes when the socket can take it.
    bool flush();
    // Reads once and visits the whole messages. Answers pings.
    void take(const std::function<void(std::string_view text)>& visit);

    [[nodiscard]] int descriptor() const { return socket_; }
    [[nodiscard]] bool closed() const { return closed_; }
    // Sends and waits for the next message. Errors: internal.
    [[nodiscard]] Result<std::string> call(std::string_view text);

private:
    explicit WebsocketPeer(int socket) : socket_(socket) {}
    [[nodiscard]] Status shake_hands(std::uint16_t port, const std::string& token);

    int socket_;
    bool closed_ = false;
    std::string out_;
    FrameReader in_;
};

class PeerLoop {
public:
    PeerLoop();
    ~PeerLoop();
    PeerLoop(const PeerLoop&) = delete;
    PeerLoop& operator=(const PeerLoop&) = delete;

    // Its number, from 0.
    std::size_t add(std::unique_ptr<WebsocketPeer> peer);
    [[nodiscard]] WebsocketPeer& peer(std::size_t number) { return *peers_[number]; }
    [[nodiscard]] std::size_t size() const { return peers_.size(); }

    // Sends what a peer holds.
    void flush(std::size_t number);
    // Waits at most that long for any peer, then visits the messages of all that are ready. What
    // the visitor gives a visited peer to send goes at once. Errors: internal when one was closed.
    using Visit = std::function<void(std::size_t number, std::string_view text)>;
    [[nodiscard]] Status run_once(int wait_ms, const Visit& visit);

private:
    void watch(std::size_t number, bool writable);

    int epoll_;
    std::vector<std::unique_ptr<WebsocketPeer>> peers_;
    std::vector<bool> awaits_room_;
};

}  // namespace duban
