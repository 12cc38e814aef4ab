#include "server/io/owned_socket.h"

#include <unistd.h>

namespace duban {

OwnedSocket::OwnedSocket(int descriptor, bool ipv6, std::string remote, ConnectionGate::Pass pass)
    : descriptor_(descriptor), ipv6_(ipv6), remote_(std::move(remote)), pass_(std::move(pass)) {}

OwnedSocket::OwnedSocket(OwnedSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      ipv6_(other.ipv6_),
      remote_(std::move(other.remote_)),
      pass_(std::move(other.pass_)) {}

OwnedSocket::~OwnedSocket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace duban
