#include "api/guard/message_budget.h"

#include <map>
#include <mutex>
#include <utility>

namespace duban {
namespace {

constexpr std::uint64_t retry_ms = 500;

Error too_much_of(const char* whose, std::size_t bytes_max) {
    return Error{Errc::rate_limited,
                 std::string("messages of at most ") + std::to_string(bytes_max) +
                     " bytes are kept for one " + whose +
                     "; read the answers that wait, then ask again",
                 {},
                 {},
                 retry_ms};
}

}  // namespace

struct MessageBudget::State {
    explicit State(const Limits& given) : limits(given) {}

    // Requires: the lock is held.
    Status fits(const Owner& owner, std::size_t bytes) const;
    void give_back(const Owner& owner, std::size_t bytes);

    const Limits limits;
    mutable std::mutex mutex;
    std::map<std::string, std::size_t> owners;
    std::map<std::uint64_t, std::size_t> connections;
    std::size_t all = 0;
};

namespace {

template <class Key>
std::size_t taken_by(const std::map<Key, std::size_t>& taken, const Key& key) {
    const auto found = taken.find(key);
    return found == taken.end() ? 0 : found->second;
}

template <class Key>
void reduce(std::map<Key, std::size_t>& taken, const Key& key, std::size_t bytes) {
    const auto found = taken.find(key);
    DUBAN_ASSERT(found != taken.end() && found->second >= bytes);
    found->second -= bytes;
    if (found->second == 0) taken.erase(found);
}

}  // namespace

Status MessageBudget::State::fits(const Owner& owner, std::size_t bytes) const {
    if (owner.connection != 0 &&
        taken_by(connections, owner.connection) + bytes > limits.connection_bytes_max) {
        return tl::unexpected<Error>(too_much_of("connection", limits.connection_bytes_max));
    }
    if (taken_by(owners, owner.name) + bytes > limits.owner_bytes_max) {
        return tl::unexpected<Error>(
            too_much_of("person, and for one address without a session", limits.owner_bytes_max));
    }
    if (all + bytes > limits.all_bytes_max) {
        return tl::unexpected<Error>(
            Error{Errc::overloaded, "too many answers wait to be read; ask again", {}, {}, 0});
    }
    return {};
}

void MessageBudget::State::give_back(const Owner& owner, std::size_t bytes) {
    const std::lock_guard lock(mutex);
    all -= bytes;
    reduce(owners, owner.name, bytes);
    if (owner.connection != 0) reduce(connections, owner.connection, bytes);
}

namespace {

struct Taken {
    Taken(std::shared_ptr<MessageBudget::State> from, MessageBudget::Owner by)
        : state(std::move(from)), owner(std::move(by)) {}
    ~Taken() {
        if (bytes > 0) state->give_back(owner, bytes);
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;

    std::shared_ptr<MessageBudget::State> state;
    MessageBudget::Owner owner;
    std::size_t bytes = 0;
};

}  // namespace

MessageBudget::MessageBudget() : MessageBudget(Limits{}) {}

MessageBudget::MessageBudget(const Limits& limits) : state_(std::make_shared<State>(limits)) {}

Result<MessageBudget::Share> MessageBudget::take(const Owner& owner, std::size_t bytes) {
    if (bytes <= state_->limits.small_bytes) return Share{};
    const auto taken = std::make_shared<Taken>(state_, owner);
    const std::lock_guard lock(state_->mutex);
    if (auto fit = state_->fits(owner, bytes); !fit) return tl::unexpected<Error>(fit.error());
    std::size_t& of_owner = state_->owners[owner.name];
    if (owner.connection != 0) state_->connections[owner.connection] += bytes;
    of_owner += bytes;
    state_->all += bytes;
    taken->bytes = bytes;
    return Share(taken);
}

Status MessageBudget::admit(const Owner& owner) const {
    const std::lock_guard lock(state_->mutex);
    return state_->fits(owner, state_->limits.small_bytes + 1);
}

std::size_t MessageBudget::taken() const {
    const std::lock_guard lock(state_->mutex);
    return state_->all;
}

}  // namespace duban
