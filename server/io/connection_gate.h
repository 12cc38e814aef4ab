// ConnectionGate: how many connections there may be: in all, and of one address before it has
// shown who it is. Each open connection holds a Pass, which gives its place back when it goes.
// Thread-safety: safe for concurrent use; a Pass belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace duban {

class ConnectionGate {
public:
    ConnectionGate(std::size_t connections_max, std::size_t unauthenticated_per_address_max)
        : connections_max_(connections_max), per_address_max_(unauthenticated_per_address_max) {}

    class Pass {
    public:
        Pass(Pass&& other) noexcept;
        Pass& operator=(Pass&&) = delete;
        ~Pass();
        // The connection has shown who it is: it no longer counts for its address.
        void authenticated();

    private:
        friend class ConnectionGate;
        Pass(ConnectionGate& gate, std::string address);
        ConnectionGate* gate_;
        std::string address_;  // "" once authenticated
    };

    // Nothing when there is no place. The gate outlives its passes.
    [[nodiscard]] std::optional<Pass> enter(const std::string& address);
    [[nodiscard]] std::size_t open() const;

private:
    void leave_address(const std::string& address);

    std::size_t connections_max_;
    std::size_t per_address_max_;
    mutable std::mutex mutex_;
    std::size_t open_ = 0;
    std::map<std::string, std::size_t> unauthenticated_;
};

}  // namespace duban
