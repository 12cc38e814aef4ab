#include "server/io/connection_gate.h"

#include <utility>

namespace duban {

ConnectionGate::Pass::Pass(ConnectionGate& gate, std::string address)
    : gate_(&gate), address_(std::move(address)) {}

ConnectionGate::Pass::Pass(Pass&& other) noexcept
    : gate_(std::exchange(other.gate_, nullptr)), address_(std::move(other.address_)) {
    other.address_.clear();
}

ConnectionGate::Pass::~Pass() {
    if (gate_ == nullptr) return;
    const std::lock_guard lock(gate_->mutex_);
    --gate_->open_;
    gate_->leave_address(address_);
}

void ConnectionGate::Pass::authenticated() {
    if (address_.empty()) return;
    const std::lock_guard lock(gate_->mutex_);
    gate_->leave_address(address_);
    address_.clear();
}

std::optional<ConnectionGate::Pass> ConnectionGate::enter(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (open_ >= connections_max_) return std::nullopt;
    std::size_t& count = unauthenticated_[address];
    if (count >= per_address_max_) return std::nullopt;
    ++count;
    ++open_;
    return Pass(*this, address);
}

std::size_t ConnectionGate::open() const {
    const std::lock_guard lock(mutex_);
    return open_;
}

void ConnectionGate::leave_address(const std::string& address) {
    if (address.empty()) return;
    const auto found = unauthenticated_.find(address);
    if (found != unauthenticated_.end() && --found->second == 0) unauthenticated_.erase(found);
}

}  // namespace duban
