#include "server/io/bound_port.h"

#include <unistd.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <utility>

#include "server/io/asio_socket.h"

namespace duban {
namespace {

namespace net = boost::asio;
using net::ip::tcp;

constexpr int backlog = 1024;

}  // namespace

Result<BoundPort> BoundPort::listen(const std::string& host, std::uint16_t port) {
    boost::system::error_code error;
    const net::ip::address address = net::ip::make_address(host, error);
    if (error) {
        return fail(Errc::invalid_argument,
                    "'" + host +
                        "' is not a numeric IP address; give one such as 127.0.0.1, ::1 or 0.0.0.0",
                    "host");
    }
    const tcp::endpoint endpoint(address, port);
    net::io_context io{1};
    net::basic_socket_acceptor<tcp, net::io_context::executor_type> acceptor{io};
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(backlog, error);
    tcp::endpoint taken;
    if (!error) taken = acceptor.local_endpoint(error);
    int descriptor = -1;
    if (!error) descriptor = acceptor.release(error);
    if (error) {
        return fail(Errc::invalid_argument, "cannot listen on " + host + " port " +
                                                std::to_string(port) + ": " + error.message());
    }
    return BoundPort(descriptor, taken.port(), address.is_v6());
}

BoundPort::BoundPort(BoundPort&& from) noexcept
    : descriptor_(from.release()), port_(from.port_), ipv6_(from.ipv6_) {}

BoundPort::~BoundPort() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

int BoundPort::release() {
    return std::exchange(descriptor_, -1);
}

}  // namespace duban
