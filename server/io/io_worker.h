// IoWorker: one io_context and one thread, with the sockets that were dealt to it; they stay for
// life. It holds its live connections, wakes them once per publish and ticks them every 100 ms.
// Owned by HttpServer. Non-blocking except join().
// Thread-safety: adopt, wake, drain, abort and poster are safe for concurrent use; add, remove and
// io belong to the worker's own thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "server/io/live_connection.h"
#include "server/io/owned_socket.h"

namespace boost::asio {
class io_context;  // NOLINT(readability-identifier-naming): Asio's
}  // namespace boost::asio

namespace duban {

struct ServerContext;

class IoWorker {
public:
    explicit IoWorker(ServerContext& context);
    ~IoWorker();  // after join()
    IoWorker(const IoWorker&) = delete;
    IoWorker& operator=(const IoWorker&) = delete;

    void start();
    // Starts an HTTP session on the socket.
    void adopt(OwnedSocket socket);
    // New events are durable: one posted round over the connections, however often it is called.
    void wake();
    // Connections finish what is under way; new ones are closed.
    void drain();
    [[nodiscard]] std::size_t live() const;
    // Closes every connection at once and ends the thread.
    void abort();
    void join();

    // Runs functions on the worker's thread; does nothing once the worker is gone.
    using Poster = std::function<void(std::function<void()>)>;
    [[nodiscard]] Poster poster() const;

    [[nodiscard]] boost::asio::io_context& io();
    [[nodiscard]] ServerContext& context();
    void add(std::shared_ptr<LiveConnection> connection);
    void remove(LiveConnection& connection);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace duban
