// WebsocketSocket: the socket under a WebSocket. It reads no faster than its budget of bytes
// allows, and tells whether the peer takes what is written.
// Strand-confined. Non-blocking: a read over the budget begins later. At most one read is under way
// at a time. For .cc files of the transports only.
#pragma once

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>
#include <cstdint>
#include <memory>
#include <utility>

#include "commit/clock.h"
#include "server/io/asio_socket.h"
#include "server/io/byte_budget.h"

namespace duban {

class WebsocketSocket final : public TcpSocket {
public:
    using ErrorCode = boost::system::error_code;

    // What has left our hands: the mark changes as long as the peer takes something.
    struct WriteMark {
        std::uint64_t steps = 0;  // of writing to the system
        int unsent_bytes = 0;     // in the system, not acknowledged by the peer
        bool operator==(const WriteMark&) const = default;
    };

    // The clock outlives the socket.
    WebsocketSocket(TcpSocket&& socket, ByteBudget budget, const Clock& clock)
        : TcpSocket(std::move(socket)), budget_(budget), clock_(clock), pause_(get_executor()) {}

    [[nodiscard]] WriteMark write_mark() {
        WriteMark mark{write_steps_, 0};
        (void)::ioctl(native_handle(), SIOCOUTQ, &mark.unsent_bytes);
        return mark;
    }

    void close(ErrorCode& error) {
        pause_.cancel();
        TcpSocket::close(error);
    }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_compose<Token, void(ErrorCode, std::size_t)>(
            PacedRead<Buffers>{*this, buffers}, token, get_executor());
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        ++write_steps_;
        return TcpSocket::async_write_some(buffers, std::forward<Token>(token));
    }

private:
    using Timer =
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>,
                                          boost::asio::io_context::executor_type>;

    template <class Buffers>
    struct PacedRead {
        enum class Step { begin, read, done };

        template <class Self>
        void operator()(Self& self, ErrorCode error = {}, std::size_t bytes = 0) {
            if (step == Step::begin) {
                step = Step::read;
                const auto wait = socket.budget_.wait(socket.clock_.steady());
                if (wait.count() > 0) {
                    socket.pause_.expires_after(wait);
                    return socket.pause_.async_wait(std::move(self));
                }
            }
            if (step == Step::read) {
                // After a pause that a close has ended, the closed socket gives the error.
                step = Step::done;
                TcpSocket& plain = socket;
                return plain.async_read_some(buffers, std::move(self));
            }
            socket.budget_.spend(bytes, socket.clock_.steady());
            self.complete(error, bytes);
        }

        WebsocketSocket& socket;
        Buffers buffers;
        Step step = Step::begin;
    };

    ByteBudget budget_;
    const Clock& clock_;
    Timer pause_;
    std::uint64_t write_steps_ = 0;
};

// Beast's own teardown reads at most 2 KiB of what a peer still sends and then closes, which resets
// the connection: the peer would lose the close frame. This one only says that nothing more is
// sent; the session reads the rest itself, with a deadline.
template <class Handler>
void async_teardown(boost::beast::role_type, WebsocketSocket& socket, Handler&& handler) {
    WebsocketSocket::ErrorCode ignored;
    socket.shutdown(TcpSocket::shutdown_send, ignored);
    boost::asio::post(socket.get_executor(),
                      boost::beast::bind_front_handler(std::forward<Handler>(handler),
                                                       WebsocketSocket::ErrorCode{}));
}

}  // namespace duban
