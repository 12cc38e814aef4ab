#include "server/io/asio_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace duban {
namespace {

// Keeps what a slow reader has not taken yet out of the kernel's buffers.
constexpr int unsent_bytes_max = 96 * 1024;
constexpr unsigned int unacknowledged_ms_max = 30'000;

}  // namespace

TcpSocket open_socket(boost::asio::io_context& io, OwnedSocket& owned, int send_buffer_bytes) {
    using boost::asio::ip::tcp;
    TcpSocket socket(io.get_executor());
    const int descriptor = owned.release();
    boost::system::error_code error;
    socket.assign(owned.ipv6() ? tcp::v6() : tcp::v4(), descriptor, error);
    if (error) {
        owned.restore(descriptor);
        return socket;
    }
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent_bytes_max,
                 sizeof unsent_bytes_max);
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms_max,
                 sizeof unacknowledged_ms_max);
    if (send_buffer_bytes > 0) {
        ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &send_buffer_bytes,
                     sizeof send_buffer_bytes);
    }
    return socket;
}

void return_socket(TcpSocket& socket, OwnedSocket& owned) {
    boost::system::error_code error;
    const int descriptor = socket.release(error);
    if (!error) owned.restore(descriptor);
}

}  // namespace duban
