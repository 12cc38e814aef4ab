// OwnedSocket: the descriptor of an accepted connection on its way between threads and protocols;
// closed when nobody takes it.
// Thread-safety: one thread at a time.
#pragma once

#include <string>
#include <utility>

#include "server/io/connection_gate.h"

namespace duban {

class OwnedSocket {
public:
    OwnedSocket(int descriptor, bool ipv6, std::string remote, ConnectionGate::Pass pass);
    OwnedSocket(OwnedSocket&& other) noexcept;
    OwnedSocket& operator=(OwnedSocket&&) = delete;
    ~OwnedSocket();

    // The caller closes it from here on.
    [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }
    // Puts a descriptor back that was taken out.
    void restore(int descriptor) { descriptor_ = descriptor; }

    [[nodiscard]] bool ipv6() const { return ipv6_; }
    [[nodiscard]] const std::string& remote() const { return remote_; }
    [[nodiscard]] ConnectionGate::Pass& pass() { return pass_; }

private:
    int descriptor_;
    bool ipv6_;
    std::string remote_;
    ConnectionGate::Pass pass_;
};

}  // namespace duban
