// The socket type of all sessions: a plain stream on a concrete executor, without a strand (one
// thread runs each io_context) and without Beast's timers, whose executors are at fault in the
// version in use. For .cc files of the transports only.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/io/owned_socket.h"

namespace duban {

using TcpSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

// Takes the descriptor over; no_delay, TCP_NOTSENT_LOWAT and TCP_USER_TIMEOUT are set.
// A socket that is not open means that the system refused it.
[[nodiscard]] TcpSocket open_socket(boost::asio::io_context& io, OwnedSocket& owned,
                                    int send_buffer_bytes);
// Gives the descriptor back to `owned`. Requires: no operation is under way.
void return_socket(TcpSocket& socket, OwnedSocket& owned);

}  // namespace duban
