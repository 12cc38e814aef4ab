// Connection: the protocol of one WebSocket session without its socket: session.open, calls,
// subscriptions, heartbeats, limits. The transport feeds it messages and ticks and takes its
// output. Strand-confined: every member function is called on the connection's own thread;
// completions that arrive elsewhere come back through Hooks::post. Owned by the transport through
// shared_ptr; completions hold weak_ptr. Non-blocking. Memory per connection is bounded: replies
// are bounded by calls_in_flight_max, events are never queued (a subscription is a cursor; the next
// frame is made when the transport asks for it).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/rpc/context.h"
#include "api/rpc/dispatcher.h"

namespace duban {

// Close codes of the protocol. 4000-4099: do not come back unchanged; 4100-4199: with backoff.
enum class CloseCode : std::uint16_t {
    normal = 1000,
    restart = 1012,
    policy = 1008,
    too_big = 1009,
    internal = 1011,
    bad_protocol = 4001,
    forbidden = 4003,
    open_timeout = 4008,
    token_expired = 4101,
    no_heartbeat = 4108,
    write_deadline = 4109,
    rate = 4129,
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    struct Hooks {
        std::function<void(std::function<void()>)> post;  // runs on the connection's thread
        std::function<void()> wake;                       // next_output() may have something
        std::function<void(CloseCode, std::string reason)> close;  // after pending output is sent
    };

    Connection(ApiContext& context, Dispatcher& dispatcher, Hooks hooks, std::string remote);
    ~Connection();

    // A token from the Authorization header of the upgrade request, checked on a pool thread.
    void authenticate(std::string token);

    // One complete text message. Bad input is answered; the connection lives on.
    void on_message(std::string text);
    // A message of this size is still taken (4 KiB before session.open, then 256 KiB).
    [[nodiscard]] std::size_t message_bytes_max() const;

    // The next text message to send, or nothing when there is none at present. Replies go first,
    // then subscriptions in turn, each with as many events as are ready (up to frame_bytes_soft).
    [[nodiscard]] std::optional<std::string> next_output();

    // New events are durable.
    void on_published();
    // About every 100 ms: heartbeats, checkpoints, deadlines, token expiry.
    void on_tick(std::chrono::steady_clock::time_point now);
    // The server drains: no new calls, session.drain is sent.
    void on_drain(std::chrono::milliseconds close_in, std::chrono::milliseconds reconnect_after);
    // Whether a call that was taken still waits for its answer, or the answer for being taken.
    [[nodiscard]] bool busy() const;
    // The socket is gone.
    void on_closed();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban
